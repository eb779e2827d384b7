"""A phrase of an owner's settings in, a form in which it is found in texts out."""

from digest.text.identity import plain
from digest.text.words import words


def phrase(text: str) -> str:
    """
    Return the words of *text* without case and accents, with a space before, between and behind them.

    One phrase stands in another in whole words then; of a script that is written without spaces every
    character is a word. An apostrophe parts words: `Holm's` and `l'Holm` speak of `Holm`.
    """
    spoken = words(plain(text).replace("'", " "))
    return f" {' '.join(spoken)} "
