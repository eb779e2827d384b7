"""
Features of lines in, the article's lines out.

Each line is scored on its own by a logistic model, then the whole page is decoded at once: the chosen lines are those
whose expected gain, words times the probability of belonging to the article less a threshold, sums to the most, with a
price for every gap inside the article and for every heading that says that the article is over. It is the best segment
of Pasternack and Roth (2009, "Extracting article text from the web with maximum subsequence segmentation") with gaps,
found by dynamic programming in linear time.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from digest.extract.features import Features
from digest.extract.lexicon import NO_PHRASES
from digest.extract.lines import Line

Scorer = Callable[[Line, Features], float]
"""Gives the log-odds that a line belongs to the article, by what the line itself shows."""

# Weights of a logistic regression on lines of pages whose articles are known, rounded. Shares are of the
# line's words; refit all of them when one of the features changes its meaning.
BIAS = -2.4
WEIGHTS: Mapping[str, float] = {
    "words": 0.04,  # a word, up to 50
    "ends as a sentence": 1.3,
    "stop words": 1.4,  # share, up to a half
    "long without an end": -0.035,  # a word, up to 30
    "commas": 0.17,  # each, up to 5
    "repeats": -0.3,  # each, up to 2
    "ask": -8.3,  # share
    "legal": -15.0,  # share
    "credit": -1.0,  # share
    "notice": -1.7,  # share
    "error": -3.0,  # share
    "heading": -3.7,
    "inset": -2.0,
    "reaction": -2.0,
    "button": -1.2,
    "stamp": -2.5,
    "teaser": -1.3,  # share
    "address": -0.4,
    "bars": -0.33,  # each, up to 3
    "copyright": -3.3,
    "colon": 2.4,  # at the end
    "quotation": 1.1,  # at the beginning
    "small letter": -0.35,  # at the beginning
    "question": -0.7,
    "tiny": -0.5,  # one word or two
}

# Tuned together on one half of the labelled pages.
THRESHOLD = 0.37
"""Probability from which a line gains; near half of the F1 that can be had (Lipton et al. 2014)."""
MAX_GAIN = 22.0
"""What a line can gain at most, in words, so that no single paragraph pays for a menu."""
GAP = 16.0
"""Price of a gap, in words."""
GAP_LINE = 1.5
"""Price of each line in a gap."""
STOPS: Mapping[str | None, float] = {"heading": 50.0, "reaction": 15.0, "inset": 10.0, "button": 6.0}
"""Price of going on behind a heading over other things, or a button."""
STAMP = 8.0
"""Price of going on behind a line that says who speaks, or when."""


def score(line: Line, known: Features) -> float:
    """Return the log-odds that *line* belongs to the article."""
    weights = WEIGHTS
    said = known.phrases
    text = line.text
    total = BIAS + weights["words"] * min(known.words, 50.0) + weights["stop words"] * min(known.stops, 0.5)
    if known.ends:
        total += weights["ends as a sentence"]
    else:
        total += weights["long without an end"] * min(known.words, 30.0)
    total += weights["commas"] * min(known.commas, 5) + weights["repeats"] * min(known.repeats, 2)
    total += weights["bars"] * min(known.bars, 3)
    if said is not NO_PHRASES:
        count = max(1, len(known.tokens))
        total += sum(weights[role] * min(1.0, words / count) for role, words in said.covered.items())
        total += weights["teaser"] * said.teaser / count + (weights[said.alone] if said.alone else 0.0)
    shown = (
        ("stamp", known.stamp),
        ("address", known.address),
        ("tiny", known.words <= 2),
        ("copyright", "©" in text or text[:3] == "(c)"),
        ("colon", text[-1] in ":："),
        ("question", text[-1] in "?？"),
        ("quotation", text[0] in '"“„«「'),
        ("small letter", text[0].islower()),
    )
    return total + sum(weights[name] for name, is_so in shown if is_so)


def choose(lines: Sequence[Line], known: Sequence[Features], *, scorer: Scorer = score) -> tuple[bool, ...]:
    """
    Return for each line whether it belongs to the article.

    Args:
        lines: All lines of the page, in order.
        known: Their features.
        scorer: Judges a line on its own.
    """
    gains = []
    prices = []
    for line, found in zip(lines, known, strict=True):
        probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, scorer(line, found)))))
        gains.append(round(min(MAX_GAIN, found.words * (probability - THRESHOLD)), 6))
        prices.append(STOPS.get(found.phrases.alone, STAMP if found.stamp else 0.0))
    return _decode(gains, prices)


_BEFORE, _BODY, _GAP, _AFTER = range(4)


def _decode(gains: Sequence[float], prices: Sequence[float]) -> tuple[bool, ...]:
    """
    Return the lines of the best path through the states before, body, gap, after.

    Args:
        gains: What each line adds when it is in the body.
        prices: What it costs to pass each line on the way to more body.
    """
    body = gap = after = -math.inf
    steps: list[tuple[int, int, int]] = []
    for gain, price in zip(gains, prices, strict=True):
        # Ties go to the simpler path: no gap, an earlier end.
        into_body, from_body = max((body, _BODY), (0.0, _BEFORE), (gap, _GAP), key=lambda option: option[0])
        into_gap, from_gap = (body - GAP, _BODY) if body - GAP >= gap else (gap, _GAP)
        into_after, from_after = (after, _AFTER) if after >= body else (body, _BODY)
        steps.append((from_body, from_gap, from_after))
        body = into_body + gain - price
        gap = into_gap - price - GAP_LINE
        after = into_after
    state = _BODY if body > after else _AFTER
    chosen = [False] * len(steps)
    for at in range(len(steps) - 1, -1, -1):
        if state == _BEFORE:
            break
        chosen[at] = state == _BODY
        state = steps[at][state - 1]
    return tuple(chosen)
