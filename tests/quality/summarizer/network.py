"""
The networks of `digest.summarize.expecting` in torch, and how they are trained: all three at once.

The loss is the cross-entropy of words and of pairs, the squared error of what sentences are worth, and how far the
networks are from preferring the sets of sentences that are like the wanted summary: of some sets drawn by lot of every
story, the odds by what is expected of each are held against those by its ROUGE. The weights that are kept are a moving
average.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from digest.summarize.covering import PAIRS
from digest.summarize.expecting import BOUND, USUAL
from digest.summarize.grams import Ints, Numbers

HIDDEN = {"words": 24, "sentences": 12, "pairs": 24}
DYNAMIC = {"words": 0, "sentences": 9, "pairs": 6}
"""Features that hang on what another network says."""
EPOCHS = 12
STORIES = 32
"""Stories of a step."""
RATE = 8e-3
DECAY = 0.02
DROPPED = 0.1
SETS = 0.3
"""Weight of the sets in the loss."""
SHARPNESS = 20.0
"""Of the odds of sets, for a whole point of ROUGE-1 and ROUGE-2 together."""
SEED = 1
_KEPT = 0.98
"""Share of the moving average that stays at each step."""
_LEAST = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A story with the right answers."""

    words: Numbers
    sentences: Numbers
    pairs: Numbers
    cells: tuple[Ints, Ints]
    """Sentence and word of each cell."""
    pair_cells: tuple[Ints, Ints]
    first: Ints
    second: Ints
    """Words of each pair."""
    introduced: Ints
    """The sentence that has each word first."""
    content: Numbers
    lengths: Numbers
    has_word: Numbers
    has_pair: Numbers
    worth: Numbers
    sets: tuple[Ints, Ints]
    """Set and word of each cell."""
    pair_sets: tuple[Ints, Ints]
    set_lengths: Numbers
    set_scores: Numbers
    usual: float
    """Words of a summary of its kind."""
    weight: float


class Network(nn.Module):
    """See `digest.summarize.expecting.Network`."""

    def __init__(self, mean: Numbers, deviation: Numbers, hidden: int, dynamic: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean))
        # What never differs says nothing.
        scale = np.where(deviation > _LEAST, 1 / np.maximum(deviation, _LEAST), 0)
        self.register_buffer("scale", torch.tensor(scale, dtype=torch.float32))
        self.norm = nn.BatchNorm1d(dynamic, affine=False, momentum=0.05) if dynamic else None
        self.hidden = nn.Linear(len(mean) + dynamic, hidden)
        self.out = nn.Linear(hidden, 1)

    def forward(self, static: Tensor, dynamic: Tensor | None = None) -> Tensor:
        """Return the answer for each row."""
        known = ((static - self.mean) * self.scale).clamp(-BOUND, BOUND)
        if dynamic is not None and self.norm is not None:
            known = torch.cat([known, self.norm(dynamic).clamp(-BOUND, BOUND)], 1)
        if self.training:
            known = known * (torch.rand(1, known.shape[1]) > DROPPED / 2)
        hidden = self.hidden(known).relu()
        return self.out(functional.dropout(hidden, DROPPED, self.training))[:, 0]

    def arrays(self, name: str) -> Mapping[str, Numbers]:
        """Return the weights by the names that the packaged network knows them by."""
        mean, scale = self.mean.numpy(), self.scale.numpy()
        if self.norm is not None:
            mean = np.append(mean, self.norm.running_mean.numpy())
            scale = np.append(scale, 1 / np.sqrt(self.norm.running_var.numpy() + self.norm.eps))
        parts = {
            "mean": mean, "scale": scale,
            "hidden": self.hidden.weight.detach().numpy().T, "hidden_bias": self.hidden.bias.detach().numpy(),
            "out": self.out.weight.detach().numpy()[0], "out_bias": self.out.bias.detach().numpy()[0],
        }  # fmt: skip
        return {f"{name} {part}": np.array(array, dtype=np.float32) for part, array in parts.items()}


class Networks(nn.Module):
    """All three."""

    def __init__(self, examples: Sequence[Example]) -> None:
        super().__init__()
        made = {}
        for name, hidden in HIDDEN.items():
            table = np.vstack([getattr(e, name) for e in examples])
            made[name] = Network(table.mean(0), table.std(0), hidden, DYNAMIC[name])
        self.of = nn.ModuleDict(made)

    def forward(self, batch: "Batch") -> tuple[Tensor, Tensor, Tensor]:
        """Return the log-odds of words and pairs, and the worth of sentences."""
        odds = self.of["words"](batch.words)
        chance = torch.sigmoid(odds)
        worth = self.of["sentences"](batch.sentences, batch.held(chance))
        return odds, self.of["pairs"](batch.pairs, batch.paired(chance, worth)), worth

    def arrays(self) -> Mapping[str, Numbers]:
        """Return all weights."""
        return {key: array for name, each in self.of.items() for key, array in each.arrays(name).items()}


class Batch:
    """Some stories, one behind the other."""

    def __init__(self, examples: Sequence[Example]) -> None:
        def joined(name: str) -> Tensor:
            return torch.from_numpy(np.concatenate([np.asarray(getattr(e, name)) for e in examples]))

        def counted(values: Sequence[int]) -> list[int]:
            return [0, *np.cumsum(values)[:-1].tolist()]

        words, sentences = [len(e.words) for e in examples], [len(e.sentences) for e in examples]
        pairs, sets = [len(e.pairs) for e in examples], [len(e.set_lengths) for e in examples]
        word_at, sentence_at, pair_at, set_at = map(counted, (words, sentences, pairs, sets))

        def moved(name: str, offsets: Sequence[int], part: int | None = None) -> Tensor:
            found = [getattr(e, name) if part is None else getattr(e, name)[part] for e in examples]
            return torch.from_numpy(np.concatenate([f + o for f, o in zip(found, offsets, strict=True)])).long()

        self.words, self.sentences, self.pairs = joined("words"), joined("sentences"), joined("pairs")
        self.content, self.lengths = joined("content"), joined("lengths")
        self.has_word, self.has_pair, self.worth = joined("has_word"), joined("has_pair"), joined("worth")
        self.cells = moved("cells", sentence_at, 0), moved("cells", word_at, 1)
        self.pair_cells = moved("pair_cells", sentence_at, 0), moved("pair_cells", pair_at, 1)
        self.first, self.second = moved("first", word_at), moved("second", word_at)
        self.introduced = moved("introduced", sentence_at)
        self.sets = moved("sets", set_at, 0), moved("sets", word_at, 1)
        self.pair_sets = moved("pair_sets", set_at, 0), moved("pair_sets", pair_at, 1)
        self.set_lengths, self.set_scores = joined("set_lengths"), joined("set_scores")
        self.set_story = torch.repeat_interleave(torch.arange(len(examples)), torch.tensor(sets))
        self.starts = torch.tensor(sentence_at)
        weight = torch.tensor([e.weight for e in examples])
        self.usual = torch.tensor([e.usual for e in examples])
        self.stories, self.story_weight = len(examples), weight
        self.word_weight = torch.repeat_interleave(weight / torch.tensor(words), torch.tensor(words))
        self.sentence_weight = torch.repeat_interleave(weight / torch.tensor(sentences), torch.tensor(sentences))
        self.pair_weight = torch.repeat_interleave(weight / torch.tensor(pairs), torch.tensor(pairs))

    def held(self, chance: Tensor) -> Tensor:
        """See `expecting.held_columns`."""
        sentence, word = self.cells
        content = chance * self.content
        zero = torch.zeros(len(self.lengths))
        coverage, whole = zero.index_add(0, sentence, content[word]), zero.index_add(0, sentence, chance[word])
        best = zero.scatter_reduce(0, sentence, content[word], "amax")
        new = zero.index_add(0, self.introduced, content)
        before, after = functional.pad(coverage[:-1], (1, 0)), functional.pad(coverage[1:], (0, 1))
        begins = zero.index_fill(0, self.starts, 1.0)
        before, after = before * (1 - begins), after * (1 - functional.pad(begins[1:], (0, 1)))
        size = self.lengths
        return torch.stack(
            [coverage, whole, coverage / size, whole / size, whole / (size + USUAL), best, new, before, after], 1
        )

    def paired(self, chance: Tensor, worth: Tensor) -> Tensor:
        """See `expecting.pair_columns`."""
        sentence, pair = self.pair_cells
        a, b = chance[self.first], chance[self.second]
        count = len(a)
        most = torch.full((count,), -1e4).scatter_reduce(0, pair, worth[sentence], "amax")
        often = torch.zeros(count).index_add(0, pair, torch.ones(len(pair)))
        mean = torch.zeros(count).index_add(0, pair, worth[sentence]) / often
        return torch.stack([a, b, torch.minimum(a, b), a * b, most, mean], 1)

    def preferred(self, word_odds: Tensor, pair_odds: Tensor) -> Tensor:
        """Return the cross-entropy between the sets that are preferred and those that should be."""
        zero = torch.zeros(len(self.set_lengths))
        said = zero.index_add(0, self.sets[0], torch.sigmoid(word_odds)[self.sets[1]])
        said = said.index_add(0, self.pair_sets[0], PAIRS * torch.sigmoid(pair_odds)[self.pair_sets[1]])
        value = 2 * said / (self.set_lengths + self.usual[self.set_story])
        right, ours = self._odds(self.set_scores), self._odds(value)
        return -(self.story_weight[self.set_story] * right.exp() * ours).sum()

    def _odds(self, value: Tensor) -> Tensor:
        """Return the logarithm of each set's share among those of its story."""
        sharp = SHARPNESS * value
        total = torch.zeros(self.stories).index_add(0, self.set_story, sharp.exp())
        return sharp - total.log()[self.set_story]


def train(examples: Sequence[Example]) -> Mapping[str, Numbers]:
    """Return the weights that fit the examples."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    lots = np.random.default_rng(SEED)
    networks = Networks(examples)
    kept = copy.deepcopy(networks)
    steps = EPOCHS * (len(examples) // STORIES)
    optimizer = torch.optim.AdamW(networks.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1, pct_start=0.15)
    order = lots.permutation(len(examples))
    batches = [Batch([examples[i] for i in order[at::step]]) for step in [len(order) // STORIES] for at in range(step)]
    for _ in range(EPOCHS):
        for at in lots.permutation(len(batches)):
            loss = _loss(networks, batches[at])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for ours, theirs in zip(kept.state_dict().values(), networks.state_dict().values(), strict=True):
                    if ours.is_floating_point():
                        ours.mul_(_KEPT).add_(theirs, alpha=1 - _KEPT)
    return kept.arrays()


def _loss(networks: Networks, batch: Batch) -> Tensor:
    word_odds, pair_odds, worth = networks(batch)
    entropy = functional.binary_cross_entropy_with_logits
    words = (batch.word_weight * entropy(word_odds, batch.has_word, reduction="none")).sum()
    pairs = (batch.pair_weight * entropy(pair_odds, batch.has_pair, reduction="none")).sum()
    sentences = (batch.sentence_weight * (worth - batch.worth) ** 2).sum()
    total = 4 * words + 8 * pairs + 20 * sentences
    if SETS:
        total = total + SETS * batch.preferred(word_odds, pair_odds)
    loss: Tensor = total / batch.story_weight.sum()
    return loss
