"""Bags of tokens: many short lists in little memory, two bytes a token."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

LONGEST = 256
"""Tokens of a text that are kept."""

Ids = NDArray[np.int64]


class TokenBags:
    """The tokens of texts, as numbers below 65,536, text by text."""

    def __init__(self) -> None:
        """Start empty."""
        self._parts: list[NDArray[np.uint16]] = []
        self._lengths: list[int] = []
        self._flat: NDArray[np.uint16] | None = None
        self._starts = np.zeros(0, dtype=np.int64)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._lengths)

    def add(self, texts: Sequence[Sequence[int]]) -> None:
        """Append texts, each as a list of token numbers."""
        kept = [text[:LONGEST] for text in texts]
        self._lengths.extend(map(len, kept))
        self._parts.append(np.fromiter(chain.from_iterable(kept), dtype=np.uint16))
        self._flat = None

    def count_tokens(self, vocabulary: int) -> Ids:
        """Count the occurrences of each token."""
        return np.bincount(self._flatten(), minlength=vocabulary)

    def join(self, texts: Ids, beside: "TokenBags | None" = None) -> tuple[Ids, Ids]:
        """Join the tokens of some texts into one array; return it and each text's start.

        With `beside`, the same text of another collection follows each text.
        """
        both = [self, beside] if beside else [self]
        parts = [some.get(text) for text in texts.tolist() for some in both]
        lengths = (
            np.array([len(part) for part in parts]).reshape(len(texts), -1).sum(axis=1)
        )
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
        return np.concatenate(parts).astype(np.int64), starts

    def get(self, text: int) -> NDArray[np.uint16]:
        """Return the tokens of a text."""
        flat, start = self._flatten(), self._starts[text]
        return flat[start : start + self._lengths[text]]

    def _flatten(self) -> NDArray[np.uint16]:
        if self._flat is None:
            self._flat = np.concatenate([np.zeros(0, np.uint16), *self._parts])
            self._parts = [self._flat]
            ends = np.cumsum(self._lengths, dtype=np.int64)
            self._starts = ends - np.array(self._lengths, dtype=np.int64)
        return self._flat
