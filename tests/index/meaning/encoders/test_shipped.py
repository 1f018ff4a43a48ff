"""The static model that comes with Winnow, and how it is opened."""

import shutil
import subprocess
import sys

import numpy as np
import pytest

from index import EncoderMissing
from index.meaning.encoders.shipped import MODEL, RECORD, SHA256, open_shipped
from index.meaning.encoders.static import describe

ALIKE = ["graph neural networks", "neural networks on graphs", "the mass of dark matter"]
TEXTS = [
    *ALIKE,
    "Schrödinger's cat; 日本語 and [UNK] ∫ x²",
    "superradiance " * 300,
    "",
    "  ",
]


@pytest.fixture(scope="module")
def encoder():
    """The shipped model, opened."""
    return open_shipped()


def test_it_gives_unit_vectors_alike_for_alike_texts(encoder):
    vectors = encoder.encode([*ALIKE, "", "   "])

    assert vectors.shape == (5, RECORD.dimensions) == (5, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[:3], axis=1) == pytest.approx(1, abs=1e-3)
    assert not vectors[3:].any()
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_the_record_tells_which_weights_lie_there():
    found = describe(MODEL)

    assert (found.sha256, found.dimensions) == (RECORD.sha256, RECORD.dimensions)
    assert found.version == RECORD.version


def test_the_folder_is_small_and_says_whose_it_is():
    files = [file for file in MODEL.iterdir() if file.is_file()]
    card = (MODEL / "README.md").read_text()

    assert {file.name for file in files} == {*SHA256, "README.md"}
    assert sum(file.stat().st_size for file in files) <= 20_000_000
    assert all(digest in card for digest in SHA256.values())
    for said in ("Apache-2.0", "CC0", "all-MiniLM-L6-v2", "python -m benchmarks shipped"):
        assert said in card


def test_tokens_are_few_enough_for_two_bytes():
    from tokenizers import Tokenizer

    assert Tokenizer.from_file(str(MODEL / "tokenizer.json")).get_vocab_size() < 65_536


def test_for_many_texts_the_vectors_are_the_same(encoder):
    many = open_shipped().speed_up()

    assert np.allclose(encoder.encode(TEXTS), many.encode(TEXTS), atol=1e-6)


@pytest.mark.neural
@pytest.mark.neural
def test_sentence_transformers_opens_it_as_a_static_embedding(encoder):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    model = SentenceTransformer(str(MODEL), device="cpu")

    assert isinstance(model[0], StaticEmbedding)
    assert np.allclose(model.encode(TEXTS), encoder.encode(TEXTS), atol=1e-5)


def test_it_needs_no_torch():
    code = """
import sys
from index.meaning.encoders.shipped import open_shipped
open_shipped().encode(["graph"])
sys.exit(bool({"torch", "sentence_transformers", "transformers"} & set(sys.modules)))
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("name", SHA256)
def test_a_file_that_is_missing_or_altered_is_named(tmp_path, name):
    copy = shutil.copytree(MODEL, tmp_path / "model")
    file = copy / name
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)

    with pytest.raises(EncoderMissing, match=f"{name} is not the file.*install Winnow"):
        open_shipped(copy)
    file.unlink()
    with pytest.raises(EncoderMissing, match=f"cannot read .*{name}.*install Winnow"):
        open_shipped(copy)
