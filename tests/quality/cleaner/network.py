"""
The network in torch, as `digest.extract.trained.network` computes it, and how it is trained.

Each page is seen once an epoch, in a dump of a kind drawn by lot. The loss is the cross-entropy of the lines, each
weighted by its words (none more than a fifth of the article), and the expected F1 of the page. Whole channels are
dropped at random, and the weights that are kept are a moving average.
"""

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from digest.extract.trained.arrays import Floats, Ints
from digest.extract.trained.network import AROUND, FIRST, LIMIT, OPENING, OWN, SECOND

WIDTH = 64
EPOCHS = 20
PAGES = 12
"""Pages of a step."""
RATE = 3e-3
DROPPED = 0.1
MOST = 600
"""Lines of a page that are seen at once."""
SHARES = {"block": 0.6, "soup": 0.2, "html2text": 0.2}
"""How often a page is seen in each kind of dump."""
_UNSEEN = ("gap", "heading", "item", "cited", "row")
"""Features that plain dumps do not have: their scale is set by hand."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One page in one kind of dump."""

    features: Floats
    words: Floats
    line: Ints
    """Lines of the meaningful words."""
    code: Ints
    """Their codes, counted from 0."""
    place: Ints
    """Where each line stands, see `linear.places`."""

    @property
    def weight(self) -> Floats:
        """How much each line counts."""
        own = self.place == OWN
        article = max(30.0, float(self.words[own].sum()))
        weight: Floats = np.minimum(self.words / article, 0.2) + 0.3 / len(self.words) + 0.002
        return weight


class Convolution(nn.Module):
    """What each line makes of itself and two others."""

    def __init__(self, reach: int) -> None:
        super().__init__()
        self.linear = nn.Linear(3 * WIDTH, WIDTH)
        self.reach = reach

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Return the lines as they are after this layer."""
        length, reach = hidden.shape[1], self.reach
        above = functional.pad(hidden, (0, 0, reach, 0))[:, :length]
        below = functional.pad(hidden, (0, 0, 0, reach))[:, reach:]
        found: Tensor = (hidden + self.linear(torch.cat((above, hidden, below), -1)).relu()) * mask
        return found


class Network(nn.Module):
    """The network; see `digest.extract.trained.network`."""

    def __init__(self, mean: Floats, deviation: Floats) -> None:
        super().__init__()
        self.mean, self.deviation = mean, deviation
        self.enter = nn.Linear(len(mean), WIDTH)
        self.first = nn.ModuleList(Convolution(reach) for reach in FIRST)
        self.page = nn.Linear(2 * WIDTH, WIDTH)
        self.opinion = nn.Linear(WIDTH, 4)
        self.again = nn.Linear(2 * WIDTH + 10, WIDTH)
        self.second = nn.ModuleList(Convolution(reach) for reach in SECOND)
        self.mix = nn.Linear(2 * WIDTH, WIDTH)
        self.verdict = nn.Linear(WIDTH, 4)

    def forward(self, x: Tensor, mask: Tensor, words: Tensor, line: Tensor, code: Tensor) -> tuple[Tensor, Tensor]:
        """Return the first and the last opinion of every line, shape (pages, lines, 4)."""
        one = mask[..., None]
        hidden = self.enter(self._dropped(x)).relu() * one
        for at, layer in enumerate(self.first):
            hidden = layer(hidden, one)
            if at == 1:
                whole = torch.cat((hidden.sum(1) / one.sum(1), hidden.max(1)[0]), -1)
                hidden = (hidden + self.page(whole).relu()[:, None]) * one
        hidden = self._dropped(hidden)
        opinion = self.opinion(hidden)
        odds = own_odds(opinion)
        mass = torch.sigmoid(odds) * mask * words
        total = mass.sum(1, keepdim=True) + 1
        body = ((hidden * mass[..., None]).sum(1) / total)[:, None].expand_as(hidden)
        told = torch.cat((hidden, body, _told(odds, mask, mass, line, code)), -1)
        hidden = (hidden + self.again(told).relu()) * one
        for layer in self.second:
            hidden = layer(hidden, one)
        hidden = self._dropped(hidden)
        body = ((hidden * mass[..., None]).sum(1) / total)[:, None].expand_as(hidden)
        return opinion, self.verdict(self.mix(torch.cat((hidden, body), -1)).relu())

    def _dropped(self, hidden: Tensor) -> Tensor:
        if not self.training:
            return hidden
        kept = torch.rand(hidden.shape[0], 1, hidden.shape[2]) > DROPPED
        return hidden * kept / (1 - DROPPED)

    def arrays(self) -> Mapping[str, Floats]:
        """Return the weights by the names that the packaged network knows them by."""
        named: dict[str, nn.Linear] = {"in": self.enter, "page": self.page, "opinion": self.opinion}
        named |= {"again": self.again, "mix": self.mix, "verdict": self.verdict}
        for stage, layers in (("first", self.first), ("second", self.second)):
            named |= {f"{stage} {at}": cast("Convolution", layer).linear for at, layer in enumerate(layers)}
        found = {"mean": self.mean, "scale": 1 / self.deviation}
        for name, layer in named.items():
            found[name] = layer.weight.detach().numpy().T.copy()
            found[f"{name} bias"] = layer.bias.detach().numpy().copy()
        return found


def own_odds(opinion: Tensor) -> Tensor:
    """Return the log-odds of OWN against all other columns."""
    rest = [column for column in range(opinion.shape[-1]) if column != OWN]
    return opinion[..., OWN] - torch.logsumexp(opinion[..., rest], -1)


def _told(odds: Tensor, mask: Tensor, mass: Tensor, line: Tensor, code: Tensor) -> Tensor:
    pages, length = odds.shape
    likely = torch.sigmoid(odds) * mask
    total = mass.sum(1, keepdim=True) + 1
    upto = mass.cumsum(1)
    above, below = (upto - mass) / total, (total - 1 - upto) / total
    flat = pages * length
    counts = torch.zeros(flat).index_add(0, line, torch.ones(len(line)))
    window = torch.ones(1, 1, 2 * AROUND + 1)
    columns = []
    for belongs in (likely, likely * torch.sigmoid(12 * (OPENING - above))):
        carried = belongs.reshape(-1)[line]
        others = torch.zeros(int(code.max()) + 1).index_add(0, code, carried)[code] - carried
        shared = torch.zeros(flat).index_add(0, line, others / (others + 0.5))
        columns.append((shared / (counts + 1)).reshape(pages, length))
        near = functional.conv1d(shared.reshape(pages, 1, length), window, padding=AROUND)[:, 0]
        columns.append(near / (functional.conv1d(counts.reshape(pages, 1, length), window, padding=AROUND)[:, 0] + 2))
    size = (total.log() / 4).expand(pages, length)
    columns += [odds.clamp(-6, 6) / 3, likely, above, below, size, (mass / total + 1e-4).sqrt()]
    return torch.stack(columns, -1)


def trained(samples: Sequence[Mapping[str, Sample]], names: Sequence[str], *, seed: int = 0) -> Network:
    """
    Return a network trained on *samples*.

    Args:
        samples: The dumps of each page by their kinds, `block` among them.
        names: Of the features.
        seed: Of all that is drawn by lot.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    lot = np.random.default_rng(seed)
    seen = np.concatenate([sample["block"].features for sample in samples])
    mean, deviation = seen.mean(axis=0), np.maximum(seen.std(axis=0), 0.05)
    for at, name in enumerate(names):
        if name in _UNSEEN:
            mean[at], deviation[at] = 0.0, 0.4
    network = Network(mean.astype(np.float32), deviation.astype(np.float32))
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.02)
    steps = EPOCHS * math.ceil(len(samples) / PAGES)
    step = 0
    for _ in range(EPOCHS):
        network.train()
        for batch in _batches(samples, lot):
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / 50) * 0.5 * (1 + math.cos(math.pi * min(1, step / steps)))
            loss = _loss(network, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            with torch.no_grad():
                share = 1 - min(0.99, (step + 1) / (step + 20))
                for kept, now in zip(average.parameters(), network.parameters(), strict=True):
                    kept.lerp_(now, share)
    return average.eval()


def _batches(
    samples: Sequence[Mapping[str, Sample]], lot: np.random.Generator
) -> Sequence[Sequence[tuple[Sample, slice]]]:
    """Return all pages in steps, pages of about the same length together."""
    kinds, shares = list(SHARES), np.array(list(SHARES.values()))
    jobs = []
    for at in lot.permutation(len(samples)):
        kind = kinds[lot.choice(len(kinds), p=shares / shares.sum())]
        sample = samples[at].get(kind, samples[at]["block"])
        jobs.append((sample, _cut(sample, lot)))
    batches = []
    for start in range(0, len(jobs), 8 * PAGES):
        some = sorted(jobs[start : start + 8 * PAGES], key=lambda job: job[1].stop - job[1].start)
        batches += [some[at : at + PAGES] for at in range(0, len(some), PAGES)]
    return [batches[at] for at in lot.permutation(len(batches))]


def _cut(sample: Sample, lot: np.random.Generator) -> slice:
    """Return at most MOST lines of a page, the article among them."""
    size = len(sample.words)
    own = np.flatnonzero(sample.place == OWN)
    if size <= MOST:
        return slice(0, size)
    low, high = 0, size - MOST
    if len(own):
        low, high = sorted((max(0, min(high, own[-1] - MOST + 20)), min(high, max(0, own[0] - 20))))
    start = int(lot.integers(low, high + 1))
    return slice(start, start + MOST)


def _loss(network: Network, batch: Sequence[tuple[Sample, slice]]) -> Tensor:
    pages, length = len(batch), max(cut.stop - cut.start for _, cut in batch)
    x = np.zeros((pages, length, len(network.mean)), np.float32)
    place = np.zeros((pages, length), np.int64)
    weight, words, mask = (np.zeros((pages, length), np.float32) for _ in range(3))
    lines: list[Ints] = []
    codes: list[Ints] = []
    known = 0
    for at, (sample, cut) in enumerate(batch):
        size = cut.stop - cut.start
        x[at, :size] = np.clip((sample.features[cut] - network.mean) / network.deviation, -LIMIT, LIMIT)
        place[at, :size] = sample.place[cut]
        here = sample.weight[cut]
        weight[at, :size] = here / here.sum()
        words[at, :size] = sample.words[cut]
        mask[at, :size] = 1
        inside = (sample.line >= cut.start) & (sample.line < cut.stop)
        lines.append(sample.line[inside] - cut.start + at * length)
        codes.append(sample.code[inside] + known)
        known += int(sample.code.max(initial=-1)) + 1
    tensors = [torch.from_numpy(array) for array in (x, mask, words, np.concatenate(lines), np.concatenate(codes))]
    target, share = torch.from_numpy(place), torch.from_numpy(weight)
    own = (target == OWN).float()
    total = torch.zeros(())
    for opinion, importance in zip(network(*tensors), (0.4, 1.0), strict=True):
        odds = own_odds(opinion)
        by_line = functional.binary_cross_entropy_with_logits(odds, own, reduction="none")
        by_place = functional.cross_entropy(opinion.transpose(1, 2), target, reduction="none")
        mass = torch.sigmoid(odds) * tensors[1] * tensors[2]
        truth = own * tensors[2]
        missed = 1 - 2 * (mass * own).sum(1) / (mass.sum(1) + truth.sum(1) + 1)
        total = total + importance * (((by_line + 0.3 * by_place) * share).sum(1) + 0.5 * missed).mean()
    return total
