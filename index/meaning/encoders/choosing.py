"""Which encoder a build takes, and how one is opened.

none      no vectors
minilm    all-MiniLM-L6-v2, which comes inside a Python package; 384 dimensions
static    a vector a token, trained on the dump itself (index/meaning/encoders/training.py)
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
    """The encoder a build will use, and the seconds it is expected to take.

    `reason` is "asked", "small", "gpu" or "large".
    """

    name: str
    reason: str
    papers: int
    seconds: float | None


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
    return sentences.cuda_is_there()


def _expected_s(name: str, papers: int, *, gpu: bool) -> float | None:
    if name == STATIC:
        return _TRAINING_S + papers / _STATIC_RATE
    if name == MINILM:
        return papers / (_MINILM_GPU_RATE if gpu else _MINILM_RATE)
    return 0.0 if name == NONE else None


def load(name: str, *, allow_download: bool = False) -> tuple[Encoder, EncoderRecord]:
    """Return a sentence-transformers model to build with, and what it is.

    The name is MINILM, or a model's name or path. A model that is not on this machine is
    fetched from its hub only with `allow_download`. Raises EncoderMissing.
    """
    if name == MINILM:
        return sentences.load_minilm()
    return sentences.load_named(name, allow_download=allow_download)


def reopen(record: EncoderRecord, directory: Path) -> Encoder:
    """Return the encoder that a snapshot was made with; STATIC lies in a directory.

    Raises EncoderMissing where it is not installed, BrokenSnapshot where it is another.
    """
    if record.name == STATIC:
        return StaticEncoder.open(directory, record)
    return _lazy(record)


@lru_cache(2)
def _lazy(record: EncoderRecord) -> Encoder:
    """Return one encoder for all snapshots that were made with it."""
    return sentences.LazyEncoder(record)
