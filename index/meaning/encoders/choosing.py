"""The choice of an encoder for a build, and opening encoders.

none      no vectors
shipped   the static model that comes with Winnow; 256 dimensions
auto      shipped
static    the shipped model, trained further on the dump (training.py)
minilm    all-MiniLM-L6-v2, which comes in a Python package; 384 dimensions
…         any other sentence-transformers model, by name or path

The last three need the extra `neural`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.errors import EncoderMissing
from index.meaning.encoders import neural, sentences
from index.meaning.encoders.deferred import DeferredEncoder
from index.meaning.encoders.encoder import (
    AUTO,
    CARRIED,
    MINILM,
    NAMES,
    NONE,
    SHIPPED,
    STATIC,
    Encoder,
    EncoderRecord,
)
from index.meaning.encoders.shipped import RECORD, check_files, open_shipped
from index.meaning.encoders.static import StaticEncoder

LIGHT = frozenset({AUTO, NONE, SHIPPED})
"""What needs no extra."""

SMALL = 10_000
"""Papers that MiniLM encodes on a CPU in about five minutes."""

_OTHER = "install the extra `neural` again, or rebuild with --encoder shipped"
_MINILM_RATE = 30  # papers a second on two cores
_MINILM_GPU_RATE = 2_000
_STATIC_RATE = 3_000
_TRAINING_RATE = 1_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The encoder that a build will use, and the seconds it will probably take.

    `is_default` is false where somebody asked for it. `gains` is true where MiniLM
    would be quick enough and was left to be asked for.
    """

    name: str
    is_default: bool
    papers: int
    seconds: float | None
    gains: bool = False


def choose(wanted: str, papers: int) -> Choice:
    """Choose the encoder for a number of papers."""
    is_default = wanted == AUTO
    name = SHIPPED if is_default else wanted
    return Choice(
        name=name,
        is_default=is_default,
        papers=papers,
        seconds=_estimate_seconds(name, papers),
        gains=is_default and (papers <= SMALL or neural.sees_gpu()),
    )


def _estimate_seconds(name: str, papers: int) -> float | None:
    if name in CARRIED:
        training = papers / _TRAINING_RATE if name == STATIC else 0.0
        return papers / _STATIC_RATE + training
    if name == MINILM:
        has_gpu = papers > SMALL and sentences.has_cuda()
        return papers / (_MINILM_GPU_RATE if has_gpu else _MINILM_RATE)
    return 0.0 if name == NONE else None


def check(wanted: str, *, allow_download: bool = False) -> None:
    """Raise EncoderMissing if an encoder cannot be had, before a build reads anything."""
    _check_name(wanted)
    if wanted in (AUTO, SHIPPED):
        check_files()
    elif wanted == STATIC:
        neural.require(wanted)
        sentences.check_torch(wanted)
    elif wanted != NONE:
        load(wanted, allow_download=allow_download)


def _check_name(wanted: str) -> None:
    """Raise EncoderMissing for a name that no encoder can have, whatever is installed."""
    meant = wanted.strip().lower()
    give = f"give {', '.join(NAMES)}, or the name or path of a sentence-transformers model"
    if not meant:
        raise EncoderMissing(f"the name of the encoder is empty; {give}")
    if meant in NAMES and meant != wanted:
        raise EncoderMissing(
            f"there is no encoder {wanted!r}: {meant} is written in lower case, without "
            f"spaces; {give}"
        )
    if _is_path(wanted) and not Path(wanted).is_dir():
        raise EncoderMissing(f"there is no model in {wanted!r}, no such directory; {give}")


def _is_path(name: str) -> bool:
    """Tell whether a name can only be a path: no model of a hub has such a name."""
    return name in (".", "..") or name.startswith(("/", "./", "../", "~"))


def load(name: str, *, allow_download: bool = False) -> tuple[Encoder, EncoderRecord]:
    """Load an encoder for a build, and its record.

    The name is SHIPPED, MINILM, or a sentence-transformers model's name or path. One
    that is not on this machine is fetched from its hub only with `allow_download`.
    Raises EncoderMissing.
    """
    if name == SHIPPED:
        return open_shipped().speed_up(), RECORD
    neural.require(name)
    with neural.refuse_what_fails(f"cannot open the encoder {name}", _OTHER):
        if name == MINILM:
            return sentences.load_minilm()
        return sentences.load_named(name, allow_download=allow_download)


def reopen(record: EncoderRecord, directory: Path) -> DeferredEncoder:
    """Return the encoder that made a snapshot, to be opened when it is needed.

    The model of SHIPPED or STATIC lies in a directory.
    """
    return DeferredEncoder(record, _choose_opener(record, directory))


def _choose_opener(record: EncoderRecord, directory: Path) -> Callable[[], Encoder]:
    if record.name in CARRIED:
        return partial(StaticEncoder.open, directory, record)
    return partial(_load_again, record)


def find_obstacle(record: EncoderRecord) -> EncoderMissing | None:
    """Return why queries cannot be encoded as papers were, if that is so.

    Looks for packages, and opens nothing.
    """
    if record.name in CARRIED or record.name == NONE:
        return None
    try:
        neural.require(record.name)
    except EncoderMissing as error:
        return error
    return None


def try_to_open(record: EncoderRecord, directory: Path) -> None:
    """Open the encoder of a snapshot and encode with it: half a second, or some seconds.

    Raises EncoderMissing, BrokenSnapshot.
    """
    what = f"cannot open the encoder {record.name}"
    with neural.refuse_what_fails(what, "run `winnow rebuild DUMP`"):
        _choose_opener(record, directory)().encode(["a query"])


def _load_again(record: EncoderRecord) -> Encoder:
    """Load the encoder of a record. Raises EncoderMissing."""
    neural.require(record.name)
    encoder, found = load(record.name)
    if found != record:
        helps = "install that version, or run `winnow rebuild DUMP`"
        raise EncoderMissing(
            f"the vectors are of {record.model} {record.version}, but {found.model} "
            f"{found.version} is installed, or has other weights; {helps}",
            helps=f"its model has another version, or other weights; {helps}",
        )
    return encoder
