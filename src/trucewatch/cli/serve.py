"""The command ``serve``: the desk in a browser, for one person or a team."""

from __future__ import annotations

import datetime as dt
import getpass
import ipaddress
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
import msgspec

from trucewatch.cli.options import desk_option, examples, existing, words
from trucewatch.cli.truces import tables_option
from trucewatch.errors import MissingExtraError

if TYPE_CHECKING:
    from trucewatch.web.settings import OpenId, Settings

SECRET = "TRUCEWATCH_OPENID_SECRET"
"""An option would show it to everybody who lists processes."""


@click.command(epilog=examples("serve --desk my.desk", "serve --team --host 0.0.0.0 --url https://desk.example.org"))
@desk_option
@tables_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8470, show_default=True, help="0 takes any free one.")
@click.option("--open/--no-open", "opens", default=True, help="Open a browser.")
@click.option("--hooks-to-private", is_flag=True, help="Let hooks send to private networks and to this machine, too.")
@click.option("--team", is_flag=True, help="People sign in with accounts; see `person add`.")
@click.option(
    "--by",
    type=words,
    metavar="NAME",
    envvar="TRUCEWATCH_NAME",
    show_envvar=True,
    help="Who judges, without a team; by default the login name.",
)
@click.option("--url", metavar="URL", help="The address by which browsers reach the desk: https://desk.example.org")
@click.option("--proxy", metavar="ADDRESS", help="The reverse proxy that may say where a request comes from.")
@click.option("--openid", metavar="ISSUER", help="The URL of an OpenID provider that vouches for people.")
@click.option("--openid-client", metavar="ID", help="What the provider calls this desk.")
def serve(desk: str, tables: Path | None, host: str, port: int, opens: bool, **given: Any) -> None:
    """Show the desk in a browser.

    For one person on this machine, it prints a link that lets one browser in, once. For a team, people sign in.
    """
    try:
        import uvicorn

        from trucewatch import derive
        from trucewatch.web import Settings, create_app
    except ModuleNotFoundError as error:
        raise MissingExtraError("the web desk is not installed: pip install 'trucewatch[web]'") from error
    _check(host, given)
    proxy, owner = given["proxy"], given["by"] or getpass.getuser()
    bound = Settings(desk=desk, truces=tables, owner=owner, hooks_to_private=given["hooks_to_private"])
    link = secrets.token_urlsafe(24)
    settings = _team(bound, given) if given["team"] else msgspec.structs.replace(bound, link=link)
    app = create_app(settings)
    # What another version has left is made again before anybody comes: else whoever rules first would wait for it.
    derive.catch_up(app.state.desk)
    app.state.standings.begin(dt.date.today())  # the first page asks for them
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
    )
    try:
        socket = config.bind_socket()
    except SystemExit as error:  # the reason has been said by then
        raise click.ClickException(f"cannot listen on {host}, port {port}; --port 0 takes any that is free") from error
    socket.listen()  # a browser that is quick waits, and is not refused
    here = f"http://{f'[{host}]' if ':' in host else host}:{socket.getsockname()[1]}"
    address = f"{here}/enter?link={settings.link}" if settings.link else given["url"] or here
    click.echo(f"The desk is at\n\n    {address}\n")
    click.echo("Ctrl-C ends it." if given["team"] else "The link works once. Ctrl-C ends the desk.")
    if opens and not given["team"]:
        click.launch(address)
    uvicorn.Server(config).run(sockets=[socket])


def _check(host: str, given: dict[str, Any]) -> None:
    """Raise for what would leave the desk open, or nobody a way in."""
    if given["team"]:
        if not _is_loopback(host) and not given["url"]:
            raise click.UsageError("say by which address browsers reach the desk: --url https://desk.example.org")
        if given["openid"] and not (given["openid_client"] and given["url"]):
            raise click.UsageError("--openid takes --openid-client, and --url, to which the provider sends people back")
    elif not _is_loopback(host):
        raise click.UsageError(f"{host} can be reached from other machines, and that takes accounts: --team")
    elif given["url"] or given["proxy"] or given["openid"]:
        raise click.UsageError("--url, --proxy and --openid are for a desk with accounts: --team")
    if given["url"] and not (urlsplit(given["url"]).hostname and given["url"].startswith(("http://", "https://"))):
        raise click.UsageError(f"{given['url']!r} is no address of a site; write https://desk.example.org")


def _team(bound: Settings, given: dict[str, Any]) -> Settings:
    from trucewatch.desk import Role

    with existing(bound.desk) as desk:
        if not any(one.role is Role.LEAD and one.closed is None for one in desk.people.every()):
            raise click.ClickException("nobody leads this desk yet: `trucewatch person add NAME --role lead`")
    url = given["url"] or bound.url
    if url.startswith("http://") and not _is_loopback(urlsplit(url).hostname or ""):
        click.echo("warning: without https, passwords cross the network for all to read", err=True)
    return msgspec.structs.replace(bound, team=True, url=url, openid=_openid(given))


def _openid(given: dict[str, Any]) -> OpenId | None:
    from trucewatch.web.settings import OpenId

    if not given["openid"]:
        return None
    return OpenId(issuer=given["openid"], client=given["openid_client"], secret=os.environ.get(SECRET, ""))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
