"""``k2l fields``: what becomes of each field of a kind."""

from __future__ import annotations

import click

from k2l import completion
from k2l.fields import listing
from k2l.listing import render
from k2l.options import listed


@click.command("fields")
@click.argument("kind", metavar="KIND", shell_complete=completion.kinds)
@listed
def COMMAND(kind: str, form: str) -> None:  # noqa: N802
    """Say what becomes of each field of KIND on Lambda.

    KIND is a kind such as Deployment, one version of it such as "autoscaling/v1 HorizontalPodAutoscaler", or a type within one such as
    Container.
    """
    click.echo(render(listing(kind, form), form), nl=False)
