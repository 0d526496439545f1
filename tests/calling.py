"""The command line as tests call it."""

from __future__ import annotations

from click.testing import CliRunner, Result

from trucewatch.cli import main


def call(*arguments: object, columns: int = 160, given: str = "", **environment: str) -> Result:
    """A command's result on so wide a terminal without colours; an error that is not meant to be shown is raised."""
    runner = CliRunner(env={"COLUMNS": f"{columns}", "NO_COLOR": "1"} | environment)
    result = runner.invoke(main, list(map(str, arguments)), input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
