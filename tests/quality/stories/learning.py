"""
Evidence on pairs of articles and whether they tell of one event in, a bench of judges out.

Needs lightgbm and torch. One thread and fixed seeds, so that the same evidence makes the same bench.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.cluster.sections import Floats
from digest.cluster.verdict import DEPTH, Bench

TREES = 300
NETWORKS = 4
WIDTHS = (48, 24)
EPOCHS = 8
BATCH = 256
RATE = 4e-3
DROPPED = 0.1
DECAY = 3e-3

Same = NDArray[np.bool_]


def learn(evidence: Floats, same: Same, weights: Floats) -> Bench:
    """
    Return a bench.

    Args:
        evidence: Shape (pairs, columns), nothing missing.
        same: Shape (pairs,).
        weights: Shape (pairs,), how much each counts.
    """
    centre, spread = evidence.mean(axis=0), evidence.std(axis=0) + np.float32(1e-6)
    columns, bounds, leaves = _trees(evidence, same, weights)
    standard = np.clip((evidence - centre) / spread, -5, 5)
    found = [_network(standard, same, weights, seed) for seed in range(NETWORKS)]
    return Bench(
        columns=columns,
        bounds=bounds,
        leaves=leaves,
        centre=centre,
        spread=spread,
        layers=tuple(
            (np.stack([weights for weights, _ in layer]), np.stack([biases[None] for _, biases in layer]))
            for layer in zip(*found, strict=True)
        ),
    )


def _trees(evidence: Floats, same: Same, weights: Floats) -> tuple[NDArray[np.uint8], Floats, Floats]:
    import lightgbm

    model = lightgbm.LGBMClassifier(
        n_estimators=TREES, num_leaves=2**DEPTH, max_depth=DEPTH, learning_rate=0.05, min_child_samples=20,
        subsample=0.8, subsample_freq=1, colsample_bytree=0.4, reg_lambda=10, random_state=0, n_jobs=1,
        deterministic=True, force_row_wise=True, verbose=-1,
    )  # fmt: skip
    model.fit(evidence, same, sample_weight=weights)
    columns = np.zeros((TREES, 2**DEPTH - 1), np.uint8)
    bounds = np.full((TREES, 2**DEPTH - 1), np.inf, np.float32)
    leaves = np.zeros((TREES, 2**DEPTH), np.float32)

    def lay(tree: int, node: int, grown: dict[str, Any]) -> None:
        """Write a branch into the complete tree; a leaf that comes early fills all the leaves below it."""
        inner = node < 2**DEPTH - 1
        if "split_feature" in grown:
            columns[tree, node], bounds[tree, node] = grown["split_feature"], grown["threshold"]
            lay(tree, 2 * node + 1, grown["left_child"])
            lay(tree, 2 * node + 2, grown["right_child"])
        elif inner:
            lay(tree, 2 * node + 1, grown)
            lay(tree, 2 * node + 2, grown)
        else:
            leaves[tree, node - (2**DEPTH - 1)] = grown["leaf_value"]

    for number, tree in enumerate(model.booster_.dump_model()["tree_info"]):
        lay(number, 0, tree["tree_structure"])
    return columns, bounds, leaves


def _network(evidence: Floats, same: Same, weights: Floats, seed: int) -> list[tuple[Floats, Floats]]:
    """Return weights and biases of each layer."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    given, wanted, counts = (torch.from_numpy(each.astype(np.float32)) for each in (evidence, same, weights))
    parts: list[Any] = []
    inputs = evidence.shape[1]
    for width in WIDTHS:
        parts += [torch.nn.Linear(inputs, width), torch.nn.ReLU(), torch.nn.Dropout(DROPPED)]
        inputs = width
    network = torch.nn.Sequential(*parts, torch.nn.Linear(inputs, 1))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(given) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(given)).split(BATCH):
            odds = network(given[batch])[:, 0]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, wanted[batch], counts[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return [
        (layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy())
        for layer in network
        if isinstance(layer, torch.nn.Linear)
    ]
