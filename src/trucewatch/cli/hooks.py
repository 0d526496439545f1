"""The command ``hooks``: which hooks a desk has, and a look at what they wait for."""

from __future__ import annotations

import click

from trucewatch.cli.options import desk_option, examples, existing
from trucewatch.errors import MissingExtraError


@click.command(epilog=examples("hooks --send --desk my.desk"))
@click.option("--send", is_flag=True, help="Send what is due, once, instead of listing the hooks.")
@click.option("--to-private", is_flag=True, help="Send to private networks and to this machine, too.")
@desk_option
def hooks(send: bool, to_private: bool, desk: str) -> None:
    """List the hooks of a desk, or send what is due, as a cron job does. `serve` sends by itself."""
    try:
        from trucewatch.web.hooks import Patience, Sender
        from trucewatch.web.ledgers import Ledgers
    except ModuleNotFoundError as error:
        raise MissingExtraError("hooks need the web desk: pip install 'trucewatch[web]'") from error
    from trucewatch.desk import ShareKind

    with existing(desk) as opened:
        if send:
            delivered = Sender(opened, Ledgers(opened, None), Patience(to_private=to_private)).send()
            click.echo(f"{delivered} delivered", err=True)
            return
        every = opened.shares.every(ShareKind.HOOK)
        if not every:
            click.echo(f"no hook on {opened.where}", err=True)
        for one in every:
            ended = f"  ended {one.ended:%Y-%m-%d} {one.why}".rstrip() if one.ended else ""
            click.echo(f"{one.number}  {one.content['url']}{ended}")
            for step in opened.shares.tries(one.number, 5):
                click.echo(f"    {step.at:%Y-%m-%d %H:%M} {step.outcome.value} {step.said}".rstrip())
