"""Writes a static model into a folder that model2vec and sentence-transformers open.

A row of int8 has a scale of its own, which both libraries multiply it with. The unknown
token is of zeros: one of them leaves it out of the mean, the other does not.
"""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
from model2vec.persistence import save_pretrained
from tokenizers import Tokenizer

from index.meaning.encoders.static import RECIPE
from index.meaning.vectors.files import Floats

_GREATEST = 127
_LONGEST = 512  # tokens of a text that count
_UNKNOWN = "[UNK]"


def pack(vectors: Floats, tokenizer: Tokenizer, directory: Path, version: str) -> None:
    """Write the model's files into an empty or new directory."""
    shutil.rmtree(directory, ignore_errors=True)
    rows = vectors.astype(np.float32)
    rows[tokenizer.token_to_id(_UNKNOWN)] = 0.0
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9) / _GREATEST
    tokenizer = Tokenizer.from_str(tokenizer.to_str())
    tokenizer.enable_truncation(_LONGEST)
    save_pretrained(
        directory,
        np.rint(rows / scales[:, None]).astype(np.int8),
        tokenizer,
        {"normalize": True, "max_length": _LONGEST, RECIPE: version},
        weights=scales.astype(np.float32),
        create_model_card=False,
    )
    (directory / "model.safetensors").chmod(0o644)
    for name in ("config.json", "modules.json"):
        file = directory / name
        file.write_text(json.dumps(json.loads(file.read_text()), indent=2) + "\n")


def compute_checksums(directory: Path) -> dict[str, str]:
    """Return the SHA-256 of each of the model's files."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(directory.iterdir())
        if file.suffix in {".json", ".safetensors"}
    }
