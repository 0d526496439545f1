"""The command ``serve``: the desk in a browser."""

from __future__ import annotations

import ipaddress
import secrets
from pathlib import Path

import click

from trucewatch.cli.options import desk_option
from trucewatch.cli.truces import tables_option
from trucewatch.errors import MissingExtraError


@click.command()
@desk_option
@tables_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8470, show_default=True, help="0: any that is free.")
@click.option("--open/--no-open", "opens", default=True, help="Open a browser.")
def serve(desk: str, tables: Path | None, host: str, port: int, opens: bool) -> None:
    """Show the desk in a browser.

    On this machine alone, it prints a link that lets one browser in, once.
    """
    try:
        import uvicorn

        from trucewatch.web import Settings, create_app
    except ModuleNotFoundError as error:
        raise MissingExtraError("the web desk is not installed: pip install 'trucewatch[web]'") from error
    if not _is_loopback(host):
        raise click.ClickException(f"{host} can be reached from other machines; that takes accounts: --team")
    link = secrets.token_urlsafe(24)
    app = create_app(Settings(desk=desk, link=link, truces=tables))
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False)
    server = uvicorn.Server(config)
    socket = config.bind_socket()
    address = f"http://{host}:{socket.getsockname()[1]}/enter?link={link}"
    click.echo(f"The desk is at\n\n    {address}\n\nThe link works once. Ctrl-C ends the desk.")
    if opens:
        click.launch(address)
    server.run(sockets=[socket])


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
