"""The feeds that a digest follows: listed, added, removed, taken from an OPML file, given to one."""

import sys
from pathlib import Path

import click

from digest.cli.common import CONFIG, explained


@click.group()
def feeds() -> None:
    """List the feeds that are followed, add or remove one, or exchange them with other readers as OPML."""


@feeds.command("list")
@CONFIG
def list_feeds(file: Path | None) -> None:
    """Print name and address of every feed."""
    from digest.build.workplace import find

    with explained():
        followed = find(file).settings.feeds
    for feed in followed:
        click.echo(f"{feed.name}  {feed.url}" if feed.name else feed.url)


@feeds.command("add")
@click.argument("url")
@CONFIG
def add_feed(url: str, file: Path | None) -> None:
    """Follow the feed at URL, or the one that the page at URL declares."""
    from digest.build.subscriptions import add
    from digest.build.workplace import find

    with explained():
        added = add(find(file), url)
    click.echo(f"added {added[0]}" if added else "is followed already")


@feeds.command("remove")
@click.argument("feed", metavar="URL|NAME")
@CONFIG
def remove_feed(feed: str, file: Path | None) -> None:
    """Stop following the feed at URL, or the one that is called NAME; what it brought stays."""
    from digest.build.subscriptions import remove
    from digest.build.workplace import find

    with explained():
        url = remove(find(file), feed)
    click.echo(f"removed {url}")


@feeds.command("import")
@click.argument("opml", type=click.Path(path_type=Path))
@CONFIG
def import_feeds(opml: Path, file: Path | None) -> None:
    """Follow the feeds of the file OPML too: they are written behind the settings."""
    from digest.build.subscriptions import add_from_opml
    from digest.build.workplace import find

    with explained():
        added = add_from_opml(find(file), opml)
    for url in added:
        click.echo(f"added {url}")


@feeds.command("export")
@CONFIG
def export_feeds(file: Path | None) -> None:
    """Print the feeds as OPML."""
    from digest.build.subscriptions import as_opml
    from digest.build.workplace import find

    with explained():
        body = as_opml(find(file))
    sys.stdout.buffer.write(body)
