"""What an extractor finds on a page, before it is joined with what is declared of the item."""

from dataclasses import dataclass

from digest.model import Metadata, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An article as its page gives it."""

    stated: Metadata
    """What the page says of it."""
    standfirst: str | None = None
    paragraphs: tuple[Paragraph, ...]
    """In the order of the page, at least one."""
