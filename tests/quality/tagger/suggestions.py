"""
Draw what is suggested of the second level, to be read: `python -m tests.quality.tagger.suggestions FOLDER [SEED]`.

FOLDER holds articles, which have no labels of the second level. For so many of them it is printed what is suggested and
why, a few for each subject at most; whoever reads them counts those that are wrong.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from digest.model import Article
from digest.one_stage import article_of
from digest.topics import suggestion_reasons, tag
from tests.quality.__main__ import read

ARTICLES = 6000
OF_A_SUBJECT = 5
SHOWN = 160  # characters


def main(folder: Path, seed: int) -> None:
    """Print suggestions, and how often there is one."""
    drawn = list(_articles(folder))
    random.Random(seed).shuffle(drawn)
    told = 0
    given: Counter[str] = Counter()
    for article in drawn[:ARTICLES]:
        topics = tag([article])
        told += bool(topics)
        found = suggestion_reasons([article], topics[0], limit=4) if topics else None
        if found is None:
            continue
        subject, reasons = found
        given[subject.label] += 1
        if given[subject.label] <= OF_A_SUBJECT:
            said = " ".join(f"{article.headline} | {article.text}".split())[:SHOWN]
            print(f"{subject.label}: {said} + {', '.join(reason.words for reason in reasons)}")
    print(f"{told} of {min(len(drawn), ARTICLES)} have a topic, {given.total()} of these a suggestion")
    print(*(f"{label} {amount}" for label, amount in given.most_common()), sep=", ")


def _articles(folder: Path) -> Iterator[Article]:
    """Yield English articles of newspapers."""
    for name in ("topics/dev", "stories/dev", "stories/neardup_base", "summaries/dev"):
        for row in read(folder / "data" / f"{name}.jsonl.gz"):
            if row.get("source") not in ("20ng", "reuters") and (name, row.get("source")) != ("summaries/dev", "bbc"):
                text = row.get("text") or "\n\n".join(row.get("paragraphs") or ())
                if text or row.get("title"):
                    asked = {"id": row["id"], "title": row.get("title") or "", "text": text or row["title"]}
                    yield replace(article_of(asked), language="en")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7)
