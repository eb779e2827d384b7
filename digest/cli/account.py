"""What a build says of itself: progress while it runs, an account when it is done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from digest.build import Outcome
    from digest.build.status import Status

Report = Callable[[str], None]


@contextmanager
def progress(*, on_terminal: bool, verbose: bool) -> Iterator[Report]:
    """Give a reporter: one line that renews itself on a terminal, lines with *verbose*, else nothing."""
    if verbose:
        yield lambda line: click.echo(line, err=True)
    elif on_terminal:
        try:
            yield lambda line: click.echo(f"\r\x1b[K{line[:79]}", err=True, nl=False)
        finally:
            click.echo("\r\x1b[K", err=True, nl=False)
            sys.stderr.flush()
    else:
        yield lambda _: None


def account(outcome: "Outcome", *, site: str) -> str:
    """Sum up a build in a line or two."""
    if outcome.made is None:
        return f"Nothing new to write in {site}."
    edition = outcome.edition
    new = sum(story.change.kind == "new" for story in edition.stories)
    others = sum(story.change.kind in ("grown", "corrected") for story in edition.stories)
    told = f"{edition.title}: {_count(new, 'new story', 'new stories')}"
    if others:
        told += f", {others} grown or corrected"
    told += f" from {_count(outcome.sources, 'source', 'sources')}"
    if edition.left_out:
        told += f", {len(edition.left_out)} left out"
    if outcome.dropped:
        told += f", {len(outcome.dropped)} dropped by rules"
    if outcome.rejections:
        told += f", {len(outcome.rejections)} set aside"
    published = outcome.published
    if published is None or not (published.written or published.removed):
        return f"{told}. Nothing new to write in {site}."
    return f"{told}. {_count(len(published.written), 'file', 'files')} written in {site}."


def listing(outcome: "Outcome") -> str:
    """List what an edition would show, leave out or never see, and why, a line each."""
    edition = outcome.edition
    lines = [f"{story.change.kind:9}  {story.headline}" for story in edition.stories]
    lines += [f"{'going on':9}  {mention.headline}" for mention in edition.still_going]
    lines += [f"{'left out':9}  {line.headline} ({line.reason})" for line in edition.left_out]
    lines += [f"{'dropped':9}  {each.headline} ({each.rule})" for each in outcome.dropped]
    lines += [f"{'set aside':9}  {r.locator}: {r.reason}" for r in outcome.rejections]
    return "\n".join(lines) if lines else "nothing new"


def described(status: "Status") -> str:
    """Tell how a digest is, a line each for its edition, its sources and what was set aside."""
    edition = f"{status.edition}, {_count(status.stories, 'story', 'stories')}" if status.edition else "none yet"
    lines = [f"last edition: {edition}"]
    if status.built:
        lines.append(f"last news:    {_moment(status.built)}")
    width = max((len(source.name) for source in status.sources), default=0)
    for source in status.sources:
        said = source.health
        if source.failing_since:
            said += f" since {_moment(source.failing_since)}: {source.reason}"
        if source.due:
            said += f"; asked again after {_moment(source.due)}"
        lines.append(f"{source.name:{width}}  {said}")
    lines += [f"set aside: {locator}: {reason}" for locator, reason in status.set_aside]
    return "\n".join(lines)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
