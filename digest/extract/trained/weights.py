"""
The packaged weights in, arrays out: `weights.npz`, see `weights.md`.

Matrices are kept as whole numbers of 8 bits with a scale for each column, which costs nothing that can be measured.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np

from digest.extract.trained.arrays import Floats

_SCALE = " scale"


@cache
def weights() -> Mapping[str, Floats]:
    """Return the packaged weights by their names."""
    return unpacked((resources.files("digest.extract.trained") / "weights.npz").read_bytes())


def unpacked(data: bytes) -> Mapping[str, Floats]:
    """Return the arrays of a file that `packed` made."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        kept = {name: file[name] for name in file.files}
    return {
        name: array.astype(np.float32) * kept[name + _SCALE].astype(np.float32)
        if name + _SCALE in kept
        else array.astype(np.float32)
        for name, array in kept.items()
        if not name.endswith(_SCALE)
    }


def packed(arrays: Mapping[str, Floats]) -> bytes:
    """Return *arrays* as the bytes of a file; matrices lose precision, vectors do not."""
    kept: dict[str, Any] = {}
    for name, array in arrays.items():
        if array.ndim < 2:
            kept[name] = array.astype(np.float32)
            continue
        scale = np.maximum(np.abs(array).max(axis=0), 1e-8) / 127
        kept[name] = np.round(array / scale).astype(np.int8)
        kept[name + _SCALE] = scale.astype(np.float32)
    file = BytesIO()
    np.savez_compressed(file, **kept)
    return file.getvalue()
