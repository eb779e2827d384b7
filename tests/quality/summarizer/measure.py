"""
Samples in, a table out: what summaries are worth, ours made with weights that never saw the story, and what they cost.

The gain is over the lead: the first three sentences, or as many whole ones from the start as the words allow, of the
article that leads the story. Its interval holds 95 % of what samples drawn again would show.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from digest.model import Cluster, Coverage, Paragraph
from digest.summarize import Limit, summarizer
from digest.summarize.expecting import Weights, learned, weights_of
from digest.summarize.grams import Tables
from digest.summarize.methods import chosen, covering
from digest.summarize.ours import DigestSummarizer
from tests.quality.summarizer.learn import learn
from tests.quality.summarizer.network import Example
from tests.quality.summarizer.peers import PEERS, document, lex_rank
from tests.quality.summarizer.samples import FOLDS, Sample
from tests.quality.summarizer.scores import interval, rouge

BANNED = re.compile(
    r"\W*(?:he|she|it|they|his|her|their|its|this|these|those|that|such|but|however|also|meanwhile|and)\b",
    re.IGNORECASE,
)
"""How a summary opens that opens badly."""
_SIZES = {20: 40, 50: 20, 200: 8}
"""Sentences of an article, and how many such articles are timed."""
_ROUNDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is asked for."""

    kind: str
    limit: Limit

    @property
    def name(self) -> str:
        """Its name in the table."""
        return (
            f"{self.kind}, {self.limit.sentences} sentences"
            if self.limit.sentences
            else f"{self.kind}, {self.limit.words} words"
        )


TASKS = (
    Task(kind="article", limit=Limit(sentences=3)),
    Task(kind="article", limit=Limit(words=60)),
    Task(kind="article", limit=Limit(words=100)),
    Task(kind="story", limit=Limit(words=70)),
)


def out_of_fold(found: Sequence[Sample], shown: Sequence[Example], known: Tables) -> list[Weights]:
    """Return for each fold the weights that are learned from the others."""
    weights = []
    for fold in range(FOLDS):
        others = [i for i, sample in enumerate(found) if sample.fold != fold]
        weights.append(weights_of(learn([found[i] for i in others], [shown[i] for i in others], known)))
    return weights


def measure(found: Sequence[Sample], weights: Sequence[Weights]) -> None:
    """Print the tables, summaries being made with the weights of each sample's fold."""
    print("| task | method | ROUGE-1 | ROUGE-2 | gain over the lead | words | open badly |")
    print("|---|---|---|---|---|---|---|")
    for task in TASKS:
        own = [sample for sample in found if sample.kind == task.kind]
        first = [lead(sample, task.limit) for sample in own]
        rows = {"digest": [ours(sample, weights[sample.fold], task.limit) for sample in own], "lead": first}
        if task.limit.sentences:
            rows |= {name: [peer(sample) for sample in own] for name, peer in PEERS.items()}
        for name, told in rows.items():
            print(f"| {task.name} | {name} | {row(told, first, [sample.wanted for sample in own])} |", flush=True)
    print("\n| sentences | digest, ms | as sumy's summarizer, ms | sumy's LexRank, ms | ratio to both |")
    print("|---|---|---|---|---|")
    for size, count in _SIZES.items():
        whole, bare, theirs = speed(found, size, count)
        ratios = f"{theirs / whole:.2f}, {theirs / bare:.2f}"
        print(f"| {size} | {1e3 * whole:.2f} | {1e3 * bare:.2f} | {1e3 * theirs:.2f} | {ratios} |", flush=True)
    print(f"\nWeights are loaded once, in {1e3 * loading():.0f} ms.")


def row(told: Sequence[Sequence[str]], first: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> str:
    """Return the cells of summaries, told beside the lead of each story and what was wanted of it."""
    scores = np.array([rouge(*each) for each in zip(told, wanted, strict=True)])
    gains = scores - np.array([rouge(*each) for each in zip(first, wanted, strict=True)])
    (low1, low2), (high1, high2) = interval(gains)
    (one, two), (gain1, gain2) = scores.mean(axis=0), gains.mean(axis=0)
    size = np.mean([sum(len(sentence.split()) for sentence in said) for said in told])
    bad = sum(bool(said) and BANNED.match(said[0]) is not None for said in told)
    gain = f"{gain1:+.2f} [{low1:+.2f}, {high1:+.2f}] / {gain2:+.2f} [{low2:+.2f}, {high2:+.2f}]"
    return f"{one:.2f} | {two:.2f} | {gain} | {size:.0f} | {bad} of {len(told)}"


def ours(sample: Sample, weights: Weights, limit: Limit) -> list[str]:
    """Return our summary of a story by these weights."""
    choice = chosen(sample.reading, limit, lambda reading, most, budget: covering(reading, weights, most, budget))
    return [sample.text.sentences[i] for i in choice.taken]


def lead(sample: Sample, limit: Limit) -> list[str]:
    """Return the first sentences."""
    first = [s.text for s in sample.reading.sentences if s.article == 0]
    if limit.words is None:
        return first[: limit.sentences]
    sizes = np.cumsum([len(sentence.split()) for sentence in first])
    return first[: max(1, int((sizes <= limit.words).sum()))]


def speed(found: Sequence[Sample], size: int, count: int) -> tuple[float, float, float]:
    """
    Return the seconds of one processor for an article of so many sentences: ours twice, and those of sumy's LexRank.

    The first of ours begin with paragraphs and end with quotations and their links. The second are of our method as
    one of sumy's summarizers: like LexRank it is given sentences, and returns some of them.
    """
    everything = [text for sample in found if sample.kind == "article" for text in sample.text.sentences]
    articles = [everything[i * size : (i + 1) * size] for i in range(count)]
    base = found[0].reading.articles[0]
    clusters = [
        Cluster(id="timed", coverage=(Coverage(article=replace(base, paragraphs=tuple(
            Paragraph(kind="text", text=text, raw=text) for text in article
        ))),))
        for article in articles
    ]  # fmt: skip
    tell, bare = summarizer("digest"), DigestSummarizer()
    # In turn, so that what else the machine does slows both down alike.
    rounds = [
        (
            _timed(lambda: [tell(cluster, Limit(sentences=3)) for cluster in clusters]),
            _timed(lambda: [bare(document(article), 3) for article in articles]),
            _timed(lambda: [lex_rank(article, 3) for article in articles]),
        )
        for _ in range(_ROUNDS)
    ]
    whole, ours, theirs = (min(each) / count for each in zip(*rounds, strict=True))
    return whole, ours, theirs


def loading() -> float:
    """Return the seconds of one processor that it takes to load the weights of the package."""
    learned.cache_clear()
    return _timed(learned)


def _timed(work: Callable[[], object]) -> float:
    """Return the processor time of some work, in seconds."""
    started = time.process_time()
    work()
    return time.process_time() - started
