"""The static encoder: a text's vector is the mean of its tokens'. Needs no torch.

The model is model2vec's, in a directory: model.safetensors, tokenizer.json, config.json.
"""

import hashlib
import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Self

import numpy as np
import orjson

from index.errors import BrokenSnapshot
from index.meaning.encoders.encoder import STATIC, EncoderRecord
from index.meaning.vectors.files import Floats

if TYPE_CHECKING:
    from model2vec import StaticModel
    from tokenizers import Tokenizer

VERSION = "3"
"""The version of the recipe in index/meaning/encoders/training.py."""

RECIPE = "winnow_recipe"
"""The key of that version in a model's config."""

_WEIGHTS, _CONFIG = "model.safetensors", "config.json"
_HELPS = "run `winnow verify`, or `winnow rebuild DUMP`"
_LONGEST = 512  # tokens of a text that count
_MOST_WORDS = 1 << 19


class StaticEncoder:
    """Encodes with a trained model. Safe to share between threads."""

    def __init__(self, model: "StaticModel") -> None:
        """Keep the model."""
        self._model = model
        self._words: _Words | None = None
        self.dimensions = int(model.embedding.shape[1])

    @classmethod
    def open(cls, directory: Path, record: EncoderRecord | None = None) -> Self:
        """Open a model, which must match `record` if given. Raises BrokenSnapshot."""
        from model2vec import StaticModel  # noqa: PLC0415  not before it is needed
        from tqdm import tqdm  # noqa: PLC0415  model2vec's, with a lock for processes

        tqdm.set_lock(RLock())  # that one would be told as leaked when a worker ends
        if record is not None and not holds(directory, record):
            raise BrokenSnapshot(
                f"the encoder in {directory} is not the one that the manifest names; "
                f"{_HELPS}"
            )
        try:
            model = StaticModel.from_pretrained(directory, force_download=False)
        except Exception as error:  # of the tokenizer: a bare Exception
            raise BrokenSnapshot(
                f"cannot open the encoder in {directory}: {error}; {_HELPS}"
            ) from error
        return cls(model)

    def speed_up(self) -> Self:
        """Use more memory to encode three times as many texts a second; return itself."""
        table = self._model.embedding.astype(np.float32)
        if self._model.weights is not None:  # the scales of rows of int8
            table *= self._model.weights[:, None]
            self._model.weights = None
        self._model.embedding = table
        if self._words is None:
            self._words = _Words(self.load_tokenizer())
        return self

    @property
    def vectors(self) -> Floats:
        """The tokens' vectors, float32 of (tokens, dimensions)."""
        return self.speed_up()._model.embedding  # noqa: SLF001  its own

    def load_tokenizer(self) -> "Tokenizer":
        """Return a tokenizer of the model's tokens that cuts nothing off."""
        tokenizer = self._model.tokenizer.from_str(self._model.tokenizer.to_str())
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return float32 of (n, dimensions), rows of unit length; zeros for no words."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        if self._words is not None:
            return self._encode_fast(texts, self._words)
        found = self._model.encode(
            list(texts), max_length=_LONGEST, normalize=True, use_multiprocessing=False
        )
        return np.nan_to_num(np.asarray(found, dtype=np.float32))

    def _encode_fast(self, texts: Sequence[str], words: "_Words") -> Floats:
        """Encode as the model does, to the bit, by words that were met before."""
        longest = _LONGEST * self._model.median_token_length
        unknown = self._model.unk_token_id
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            tokens = words.tokenize(text[:longest])[:_LONGEST]
            if unknown in tokens:
                tokens = [token for token in tokens if token != unknown]
            if tokens:
                self._model.embedding[tokens].mean(axis=0, out=sums[row])
        lengths = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-32
        rows: Floats = np.nan_to_num(sums / lengths)
        return rows


class _Words(dict[str, list[int]]):
    """The tokens of words, as they are met. A tokenizer takes six times as long.

    It is for tokenizers of BERT's kind, which split a text at spaces and around
    punctuation before anything else: then the tokens of words are those of the text.
    """

    def __init__(self, tokenizer: "Tokenizer") -> None:
        super().__init__()
        self._tokenizer = tokenizer
        added = tokenizer.get_added_tokens_decoder().values()
        self._added = [str(token) for token in added]

    def tokenize(self, text: str) -> list[int]:
        """Return the tokens of a text."""
        if _CONTROL.search(text) or self._has_added(text):
            return self._split(text)
        return list(chain.from_iterable(map(self.__getitem__, _PARTS.findall(text))))

    def __missing__(self, word: str) -> list[int]:
        tokens = self._split(word)
        if len(self) < _MOST_WORDS:
            self[word] = tokens
        return tokens

    def _split(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _has_added(self, text: str) -> bool:
        return "[" in text and any(added in text for added in self._added)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PARTS = re.compile(r"[^\s!-/:-@\[-`{-~]+|[!-/:-@\[-`{-~]")  # words, and ASCII's signs


def holds(directory: Path, record: EncoderRecord) -> bool:
    """Tell whether the model of a record lies in a directory. Raises BrokenSnapshot."""
    found = describe(directory)
    identity = (record.version, record.dimensions, record.sha256)
    return (found.version, found.dimensions, found.sha256) == identity


def describe(directory: Path) -> EncoderRecord:
    """Return the record of the model in a directory. Raises BrokenSnapshot."""
    weights = directory / _WEIGHTS
    try:
        content = weights.read_bytes()
        header = int.from_bytes(content[:8], "little")
    except OSError as error:
        raise BrokenSnapshot(
            f"cannot read {weights}: {error.strerror}; {_HELPS}"
        ) from error
    return EncoderRecord(
        name=STATIC,
        model="static embedding",
        version=_read_version(directory),
        dimensions=_read_dimensions(weights, content[8 : 8 + header]),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _read_version(directory: Path) -> str:
    """Read the version of the recipe that trained a model."""
    try:
        return str(orjson.loads((directory / _CONFIG).read_bytes())[RECIPE])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenSnapshot(
            f"cannot read {directory / _CONFIG}: {error}; {_HELPS}"
        ) from error


def _read_dimensions(weights: Path, header: bytes) -> int:
    try:
        return int(orjson.loads(header)["embeddings"]["shape"][1])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BrokenSnapshot(f"{weights} is damaged: {error}; {_HELPS}") from error
