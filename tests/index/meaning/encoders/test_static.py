"""Static encoders: a model in a directory, as snapshots carry it."""

import shutil
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import BrokenSnapshot, EncoderMissing
from index.meaning.encoders.choosing import reopen
from index.meaning.encoders.encoder import compose_text
from index.meaning.encoders.shipped import MODEL, RECORD
from index.meaning.encoders.static import StaticEncoder, describe
from index.meaning.encoders.token_bags import TokenBags
from tests.index.meaning.encoders.alike import check_vectors


def test_a_model_is_opened_again_from_its_directory():
    encoder = reopen(RECORD, MODEL)

    assert encoder.dimensions == RECORD.dimensions
    check_vectors(encoder, RECORD.dimensions)


def test_a_model_that_was_altered_is_refused(tmp_path):
    copy = shutil.copytree(MODEL, tmp_path / "copy")
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)

    with pytest.raises(BrokenSnapshot, match="winnow verify"):
        StaticEncoder.open(copy, RECORD)
    weights.write_bytes(b"")
    with pytest.raises(BrokenSnapshot, match="damaged"):
        describe(copy)
    weights.unlink()
    with pytest.raises(BrokenSnapshot, match="cannot read"):
        describe(copy)


def test_a_model_of_an_earlier_recipe_is_still_opened(monkeypatch):
    monkeypatch.setattr("index.meaning.encoders.static.VERSION", "next")

    assert StaticEncoder.open(MODEL, RECORD).dimensions == RECORD.dimensions


def test_a_record_of_another_version_is_refused():
    with pytest.raises(BrokenSnapshot, match="not the one that the manifest names"):
        StaticEncoder.open(MODEL, replace(RECORD, version="0"))


def test_a_query_for_an_altered_model_says_what_helps():
    with pytest.raises(EncoderMissing, match="winnow verify"):
        reopen(replace(RECORD, version="0"), MODEL).encode(["graph"])


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "model.safetensors"])
def test_a_damaged_model_is_named(tmp_path, name):
    broken = shutil.copytree(MODEL, tmp_path / "model")
    (broken / name).write_bytes((broken / name).read_bytes()[:20])

    with pytest.raises(BrokenSnapshot, match="model"):
        StaticEncoder.open(broken, RECORD)


def test_what_is_encoded_of_a_paper_is_its_title_and_abstract(library):
    paper = library.catalog.by_keys([1])[0]
    assert compose_text(paper) == f"{paper.title}. {paper.abstract}"


def test_bags_of_tokens_come_in_one_row_with_their_beginnings():
    bags, others = TokenBags(), TokenBags()
    bags.add([[1, 2, 3], []])
    bags.add([[4]])
    others.add([[7], [8, 9], []])

    flat, starts = bags.join(np.array([2, 0, 1]))
    assert (flat.tolist(), starts.tolist()) == ([4, 1, 2, 3], [0, 1, 4])
    flat, starts = bags.join(np.array([0, 1]), others)
    assert (flat.tolist(), starts.tolist()) == ([1, 2, 3, 7, 8, 9], [0, 4])
    assert bags.count_tokens(6).tolist() == [0, 1, 1, 1, 1, 0]
    assert len(bags) == 3


TEXTS = [
    "",
    "Attention is all you need.",
    "A graph-based (GNN) model; 3.5% better, e.g. on the x_{ij}^2-norm!",
    "naïve Ångström Schrödinger ﬁne ½ Ⅷ İstanbul ΟΔΥΣΣΕΥΣ ΑΣ",
    "“quoted” — dashed – and … dotted ≠ x\u0338 x\u0301 \u0301y",
    "机器学习 and deep学习, 量子力学",
    "a\tb\r\nc\u00a0d\u3000e\u2028f\u200bg\ufffdh",
    "\x00a\x0bb\x1cc\x7fd\x85e",
    "[UNK] [CLS] [mask] [ SEP ] a[MASK]b",
    "x" * 300,
    "long " * 3_000,
    "..." * 900,
    "é" * 5_000,
]


def test_what_encodes_fast_encodes_the_same():
    plain, fast = _pair()
    for _ in range(2):  # met for the first time, and remembered
        assert (fast.encode(TEXTS) == plain.encode(TEXTS)).all()


@given(st.lists(st.text(max_size=60), max_size=5))
def test_what_encodes_fast_encodes_any_text_the_same(texts):
    plain, fast = _pair()
    assert (fast.encode(texts) == plain.encode(texts)).all()


@cache
def _pair():
    """Return the same model as its library encodes, and fast."""
    fast = StaticEncoder.open(MODEL).speed_up()
    plain = StaticEncoder(fast._model)  # noqa: SLF001  without what makes it fast
    return plain, fast
