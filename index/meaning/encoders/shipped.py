"""The static model that comes with Winnow: it needs no training, no torch, no download.

Its files lie in `winnow-static-256/`, with a README that says how `python -m benchmarks
shipped` made them.
"""

import hashlib
from pathlib import Path

from index.errors import EncoderMissing
from index.meaning.encoders.encoder import SHIPPED, EncoderRecord
from index.meaning.encoders.static import StaticEncoder

MODEL = Path(__file__).parent / "winnow-static-256"
"""Where the files lie; sentence-transformers opens the folder, too."""

SHA256 = {
    "config.json": "4556dde13a626bb2501da7a2619bdc73c24e104e03fd1453a374c85fb915fbd0",
    "model.safetensors": "08dc66c1943b2b1453fdfc84cdf0a214a0fd43ac3ddf655202ea2b7e0132ef52",
    "modules.json": "a8f94fa98d81f96adef5e3ab74dd2b4786033f29cb6628bcae21554efe110563",
    "tokenizer.json": "bc384bf4e97e7569b908920ff6f0959f7f213c6ffd7da96f7503bfa668e5c0fd",
}
"""The checksums of the files."""

RECORD = EncoderRecord(
    name=SHIPPED,
    model="winnow-static-256",
    version="1",
    dimensions=256,
    sha256=SHA256["model.safetensors"],
)


def open_shipped(directory: Path = MODEL) -> StaticEncoder:
    """Open the model, its files checked; half a second. Raises EncoderMissing."""
    check_files(directory)
    return StaticEncoder.open(directory)


def check_files(directory: Path = MODEL) -> None:
    """Check that the files are those of this version. Raises EncoderMissing."""
    for name, expected in SHA256.items():
        _check(directory / name, expected)


def _check(file: Path, expected: str) -> None:
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise EncoderMissing(
            f"cannot read {file}: {error.strerror}; install Winnow again"
        ) from error
    if found != expected:
        raise EncoderMissing(
            f"{file} is not the file that this version comes with; install Winnow again"
        )
