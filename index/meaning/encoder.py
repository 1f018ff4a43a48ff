"""What turns texts into vectors: which encoders there are, which one to take.

none      no vectors
minilm    all-MiniLM-L6-v2, which comes inside a Python package; 384 dimensions
static    a vector a token, trained on the dump itself (index/meaning/training.py)
…         any other sentence-transformers model, by name or path
auto      minilm for a small collection or where there is a GPU, else static
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.papers.paper import Paper

if TYPE_CHECKING:
    from index.meaning.vector_files import Floats

NONE, MINILM, STATIC, AUTO = "none", "minilm", "static", "auto"

SMALL = 10_000
"""Papers that MiniLM encodes on a CPU in about five minutes."""

_MINILM_RATE = 30  # papers a second on two cores
_MINILM_GPU_RATE = 2_000
_STATIC_RATE = 3_000
_TRAINING_S = 420


class Encoder(Protocol):
    """Turns texts into vectors. Safe to share between threads."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode(self, texts: Sequence[str]) -> "Floats":
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The encoder a build will use, and the seconds it is expected to take.

    `reason` is "asked", "small", "gpu" or "large".
    """

    name: str
    reason: str
    papers: int
    seconds: float | None


def paper_text(paper: Paper) -> str:
    """Return what an encoder reads of a paper."""
    return f"{paper.title}. {paper.abstract}"


def choose(wanted: str, papers: int) -> Choice:
    """Return the encoder for so many papers that are to be encoded."""
    gpu = wanted not in (NONE, STATIC) and has_gpu()
    if wanted != AUTO:
        name, reason = wanted, "asked"
    elif gpu:
        name, reason = MINILM, "gpu"
    else:
        name, reason = (MINILM, "small") if papers <= SMALL else (STATIC, "large")
    return Choice(
        name=name, reason=reason, papers=papers, seconds=_expected_s(name, papers, gpu=gpu)
    )


def has_gpu() -> bool:
    """Tell whether CUDA can be used."""
    from index.meaning.sentences import cuda_is_there  # noqa: PLC0415  it needs torch

    return cuda_is_there()


def _expected_s(name: str, papers: int, *, gpu: bool) -> float | None:
    if name == STATIC:
        return _TRAINING_S + papers / _STATIC_RATE
    if name == MINILM:
        return papers / (_MINILM_GPU_RATE if gpu else _MINILM_RATE)
    return 0.0 if name == NONE else None


def load(name: str) -> tuple[Encoder, EncoderRecord]:
    """Return a sentence-transformers model to build with, and what it is.

    The name is MINILM, or a model's name or path. Raises EncoderMissing.
    """
    from index.meaning import sentences  # noqa: PLC0415  it needs torch

    return sentences.load_minilm() if name == MINILM else sentences.load_named(name)


def reopen(record: EncoderRecord, directory: Path) -> Encoder:
    """Return the encoder that a snapshot was made with; STATIC lies in a directory.

    Raises EncoderMissing where it is not installed, BrokenSnapshot where it is another.
    """
    if record.name == STATIC:
        from index.meaning.static import StaticEncoder  # noqa: PLC0415  it needs numpy

        return StaticEncoder.open(directory, record)
    return _lazy(record)


@lru_cache(2)
def _lazy(record: EncoderRecord) -> Encoder:
    """Return one encoder for all snapshots that were made with it."""
    from index.meaning.sentences import LazyEncoder  # noqa: PLC0415  it needs numpy

    return LazyEncoder(record)
