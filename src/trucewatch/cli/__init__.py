"""What is typed: the command line. Its terminal output lives here too, for nothing else has a terminal."""

from __future__ import annotations

import click

from trucewatch import __version__
from trucewatch.cli.briefing import brief
from trucewatch.cli.compare import compare
from trucewatch.cli.datasets import datasets, import_, series
from trucewatch.cli.expected import expected
from trucewatch.cli.exporting import bundle, export
from trucewatch.cli.hooks import hooks
from trucewatch.cli.incidents import incident, incidents
from trucewatch.cli.intake import ingest, watch
from trucewatch.cli.judging import (
    accept,
    adopt,
    agreement,
    correct,
    corrections,
    judgements,
    merge,
    reject,
    split,
    undo,
)
from trucewatch.cli.keeping import copy, diff, rebuild, retry, search
from trucewatch.cli.looking import claims, codebook, explain, show
from trucewatch.cli.monitors import monitors
from trucewatch.cli.options import Commands
from trucewatch.cli.outlook import outlook
from trucewatch.cli.person import person
from trucewatch.cli.reading import code, read
from trucewatch.cli.scenarios import scenario
from trucewatch.cli.serve import serve
from trucewatch.cli.status import status
from trucewatch.cli.stories import stories
from trucewatch.cli.truces import ledger, overrule, truce


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="trucewatch")
def main() -> None:
    """Read reports of a war and its truce, and keep a record in which every value is traced to its words.

    Exit status: 0 all went well; 1 an input failed, or what was asked for is not there; 2 the call itself was
    wrong; 130 stopped by Ctrl-C.
    """


main.add_sections(
    {
        "Take reports in": (read, ingest, watch, code, retry),
        "See what they say": (show, claims, explain, search, stories, expected),
        "See what happened": (incidents, incident),
        "Rule on it": (accept, correct, reject, merge, split, undo, judgements, adopt, agreement, corrections),
        "Hold it against a truce": (truce, ledger, overrule, status, monitors, brief),
        "Look ahead": (outlook, scenario),
        "Compare and give away": (export, bundle, compare, import_, datasets, series),
        "Share a desk": (serve, person, hooks),
        "Keep a desk in order": (copy, diff, rebuild, codebook),
    }
)
