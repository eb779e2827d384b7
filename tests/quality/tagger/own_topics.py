"""
What an owner's topic is worth that is told by examples alone: `python -m tests.quality.tagger.own_topics FOLDER`.

FOLDER holds articles. A word that some of them keep using stands for a topic: it is struck out of them, a few are taken
for examples, and the others are to be found among thousands that do not have the word. That is harder than what an
owner does, whose topic has its words; and some of those thousands are on it in other words.
"""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from digest.topics.own import ALIKE, own_topic
from digest.topics.weights import vector
from tests.quality.__main__ import read

WORDS = (
    "rugby", "tennis", "oil", "film", "album", "virus", "earthquake", "iraq", "ukraine", "israel", "nigeria",
    "broadband", "doping", "hostage", "tsunami", "ebola", "covid", "airline", "climate", "abortion", "shutdown",
    "immigration", "tax", "nuclear", "syria", "drug", "vaccine", "gun", "marriage", "coup", "flood", "train", "bank",
)  # fmt: skip
EXAMPLES = (3, 5, 10)
DRAWS = 2
FEWEST = 4  # articles that are left to be found
SEED = 7

Text = tuple[str, str]


def main(folder: Path) -> None:
    """Print precision and recall by the number of examples."""
    texts = list(_texts(folder))
    vectors = [vector(*text) for text in texts]
    found: dict[int, list[tuple[int, int, int]]] = {amount: [] for amount in EXAMPLES}
    chance = random.Random(SEED)
    for word in WORDS:
        uses = re.compile(rf"\b{word}\w*", re.IGNORECASE)
        amounts = [len(uses.findall(" ".join(text))) for text in texts]
        others = [found for found, amount in zip(vectors, amounts, strict=True) if not amount]
        about = [
            (uses.sub("", title), uses.sub("", text))
            for (title, text), amount in zip(texts, amounts, strict=True)
            if amount >= 3 or (amount and uses.search(title))
        ]
        for amount in EXAMPLES:
            for _ in range(DRAWS if len(about) >= amount + FEWEST else 0):
                chance.shuffle(about)
                profile = own_topic("own:a", "a", examples=about[:amount]).profile
                right, wrong = (
                    sum(sum(weight * profile.get(term, 0.0) for term, weight in v.items()) >= ALIKE for v in some)
                    for some in ([vector(*text) for text in about[amount:]], others)
                )
                found[amount].append((right, wrong, len(about) - amount))
    for amount, counts in found.items():
        precision = sum(right for right, _, _ in counts) / sum(right + wrong for right, wrong, _ in counts)
        each = mean(right / (right + wrong) for right, wrong, _ in counts if right + wrong)
        recall = mean(right / total for right, _, total in counts)
        print(f"{amount} examples: precision {precision:.3f}, mean of topics {each:.3f}; recall {recall:.3f}")


def _texts(folder: Path) -> Iterator[Text]:
    """Yield title and text of English articles."""
    for name in ("topics/dev", "stories/dev", "summaries/dev"):
        for row in read(folder / "data" / f"{name}.jsonl.gz"):
            if row.get("source") not in ("20ng", "reuters", "huffpost") and (name, row["source"]) != (
                "summaries/dev",
                "bbc",
            ):
                yield row.get("title") or "", row.get("text") or "\n".join(row.get("paragraphs") or ())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
