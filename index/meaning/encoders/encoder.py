"""The seam to an encoder: text in, vectors out, and a record of which encoder it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.meaning.vectors.files import Floats
from index.papers.paper import Paper

NONE, MINILM, STATIC = "none", "minilm", "static"


class Encoder(Protocol):
    """Turns texts into vectors. Safe to share between threads."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return float32 of (n, dimensions), rows of unit length; zeros for no words."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderRecord:
    """Which encoder made a snapshot's vectors. With `none` all else is empty.

    `model` is what it is called, `version` that of its package or recipe, `sha256` the
    checksum of its weights.
    """

    name: str = NONE
    model: str = ""
    version: str = ""
    dimensions: int = 0
    sha256: str = ""


def compose_text(paper: Paper) -> str:
    """Return what an encoder reads of a paper."""
    return f"{paper.title}. {paper.abstract}"
