"""
A text in, what its front matter says and the text behind it out.

Front matter is a block of YAML between lines of three hyphens, as Jekyll has it, or of TOML between lines of three
plus signs, as Hugo has it, at the very beginning. Two rules with text between them are none.
"""

import re
from typing import Literal, NamedTuple

_BLOCK = re.compile(
    r"\s*(?:---[ \t]*\n(?P<yaml>.{0,65536}?)^(?:---|\.\.\.)|\+\+\+[ \t]*\n(?P<toml>.{0,65536}?)^\+\+\+)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_KEY = re.compile(r"""\s*(?:\#.*\n\s*)*["']?\w[\w .-]{0,60}["']?\s*[:=]|\s*\Z""")


class FrontMatter(NamedTuple):
    """The block at the beginning of a text."""

    form: Literal["yaml", "toml"]
    text: str
    """Without its fences."""
    end: int
    """Offset of the text behind it."""


def front_matter(text: str) -> FrontMatter | None:
    """Return the front matter of *text*, which has line feeds only; `None` if it has none."""
    block = _BLOCK.match(text)
    if block is None:
        return None
    form: Literal["yaml", "toml"] = "toml" if block["yaml"] is None else "yaml"
    said = block[form]
    return FrontMatter(form, said, block.end()) if _KEY.match(said) else None
