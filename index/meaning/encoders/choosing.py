"""The choice of an encoder for a build, and opening encoders.

none      no vectors
minilm    all-MiniLM-L6-v2, which comes in a Python package; 384 dimensions
static    a vector per token, trained on the dump (index/meaning/encoders/training.py)
…         any other sentence-transformers model, by name or path
auto      minilm for a small collection or where there is a GPU, else static
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.meaning.encoders import sentences
from index.meaning.encoders.encoder import MINILM, NONE, STATIC, Encoder, EncoderRecord
from index.meaning.encoders.static import StaticEncoder

AUTO = "auto"


SMALL = 10_000
"""Papers that MiniLM encodes on a CPU in about five minutes."""

_MINILM_RATE = 30  # papers a second on two cores
_MINILM_GPU_RATE = 2_000
_STATIC_RATE = 3_000
_TRAINING_S = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The encoder that a build will use, and the seconds it will probably take.

    `reason` is "asked", "small", "gpu" or "large".
    """

    name: str
    reason: str
    papers: int
    seconds: float | None


def choose(wanted: str, papers: int) -> Choice:
    """Choose the encoder for a number of papers."""
    gpu = wanted not in (NONE, STATIC) and has_gpu()
    if wanted != AUTO:
        name, reason = wanted, "asked"
    elif gpu:
        name, reason = MINILM, "gpu"
    else:
        name, reason = (MINILM, "small") if papers <= SMALL else (STATIC, "large")
    return Choice(
        name=name,
        reason=reason,
        papers=papers,
        seconds=_estimate_seconds(name, papers, gpu=gpu),
    )


def has_gpu() -> bool:
    """Tell whether CUDA can be used."""
    return sentences.has_cuda()


def _estimate_seconds(name: str, papers: int, *, gpu: bool) -> float | None:
    if name == STATIC:
        return _TRAINING_S + papers / _STATIC_RATE
    if name == MINILM:
        return papers / (_MINILM_GPU_RATE if gpu else _MINILM_RATE)
    return 0.0 if name == NONE else None


def load(name: str, *, allow_download: bool = False) -> tuple[Encoder, EncoderRecord]:
    """Load a sentence-transformers model for a build, and its record.

    The name is MINILM, or a model's name or path. A model that is not on this machine is
    fetched from its hub only with `allow_download`. Raises EncoderMissing.
    """
    if name == MINILM:
        return sentences.load_minilm()
    return sentences.load_named(name, allow_download=allow_download)


def reopen(record: EncoderRecord, directory: Path) -> Encoder:
    """Reopen the encoder that made a snapshot; STATIC lies in a directory.

    Raises EncoderMissing if it is not installed, BrokenSnapshot if it has changed.
    """
    if record.name == STATIC:
        return StaticEncoder.open(directory, record)
    return _make_lazy(record)


@lru_cache(2)
def _make_lazy(record: EncoderRecord) -> Encoder:
    """Return one encoder for all snapshots that it made."""
    return sentences.LazyEncoder(record)
