"""The encoder interface, and the record that identifies an encoder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.meaning.vectors.files import Floats
from index.papers.paper import Paper

NONE, MINILM, STATIC, SHIPPED = "none", "minilm", "static", "shipped"

AUTO = "auto"

NAMES = (AUTO, SHIPPED, STATIC, MINILM, NONE)
"""What may be asked for; any other name is a model of sentence-transformers."""

CARRIED = frozenset({STATIC, SHIPPED})
"""Encoders whose model lies in the snapshots that it encoded."""


class Encoder(Protocol):
    """Turns texts into vectors. Safe to share between threads."""

    @property
    def dimensions(self) -> int:
        """The number of dimensions of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return float32 of (n, dimensions), rows of unit length; zeros for no words."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderRecord:
    """The identity of an encoder. With the name `none`, all other fields are empty.

    `model` is its name, `version` that of its package or recipe, `sha256` the checksum
    of its weights.
    """

    name: str = NONE
    model: str = ""
    version: str = ""
    dimensions: int = 0
    sha256: str = ""


def compose_text(paper: Paper) -> str:
    """Return the text of a paper that an encoder reads."""
    return f"{paper.title}. {paper.abstract}"
