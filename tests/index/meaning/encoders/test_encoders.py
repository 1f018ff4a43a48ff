"""Encoders: which is chosen, what they make of texts, and what is refused."""

import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from index import BrokenSnapshot, EncoderMissing
from index.meaning.encoders import sentences
from index.meaning.encoders.choosing import choose, load, reopen
from index.meaning.encoders.encoder import compose_text
from index.meaning.encoders.static import StaticEncoder, describe
from index.meaning.encoders.token_bags import TokenBags
from tests.index.meaning.encoders.alike import ALIKE, check_vectors, train_on
from tests.teacher import DIMENSIONS, MODEL


@pytest.fixture(scope="module")
def teacher():
    """The small model of the tests, and its record."""
    return load(str(MODEL))


@pytest.fixture(scope="session")
def trained(dump_file, tmp_path_factory):
    """The directory of a static encoder trained on the small dump, 5 steps."""
    directory = tmp_path_factory.mktemp("static") / "model"
    train_on(dump_file, directory, MODEL)
    return directory


@pytest.mark.parametrize(
    ("wanted", "papers", "name", "reason"),
    [
        ("auto", 286, "minilm", "small"),
        ("auto", 10_000, "minilm", "small"),
        ("auto", 10_001, "static", "large"),
        ("none", 10, "none", "asked"),
        ("static", 10, "static", "asked"),
        ("minilm", 9**9, "minilm", "asked"),
        ("some/model", 10, "some/model", "asked"),
    ],
)
def test_the_encoder_fits_the_collection(monkeypatch, wanted, papers, name, reason):
    monkeypatch.setattr(sentences, "has_cuda", lambda: False)
    choice = choose(wanted, papers)

    assert (choice.name, choice.reason, choice.papers) == (name, reason, papers)
    assert choice.seconds is None if "/" in name else choice.seconds >= 0


def test_with_a_gpu_the_better_encoder_is_chosen(monkeypatch):
    monkeypatch.setattr(sentences, "has_cuda", lambda: True)

    choice = choose("auto", 588_238)
    assert (choice.name, choice.reason) == ("minilm", "gpu")
    assert choice.seconds < choose("minilm", 588_238).papers / 100


def test_a_model_is_opened_again_when_it_is_needed(teacher, tmp_path):
    encoder = reopen(teacher[1], tmp_path)

    assert encoder.dimensions == DIMENSIONS
    assert np.allclose(encoder.encode(ALIKE), teacher[0].encode(ALIKE), atol=1e-5)


def test_other_weights_than_those_of_the_vectors_are_refused(teacher, tmp_path):
    other = replace(teacher[1], version="0.0.9")
    with pytest.raises(
        BrokenSnapshot, match="install that version, or run `winnow rebuild"
    ):
        reopen(other, tmp_path).encode(["x"])


def test_any_other_model_is_opened_by_its_path(teacher):
    encoder, record = teacher

    check_vectors(encoder, DIMENSIONS)
    assert (record.name, record.model) == (str(MODEL), MODEL.name)
    assert len(record.sha256) == 64


@pytest.mark.parametrize("name", ["no/such-model-here", "/nowhere/at/all"])
def test_a_model_that_cannot_be_opened_is_named(name, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderMissing, match=rf"'{name}'.*minilm, static, none"):
        load(name)


def test_a_trained_encoder_gives_unit_vectors_alike_for_alike_texts(trained):
    record = describe(trained)

    assert (record.name, record.dimensions) == ("static", DIMENSIONS)
    check_vectors(reopen(record, trained), DIMENSIONS)


def test_the_same_papers_and_seed_train_the_same_encoder(trained, dump_file, tmp_path):
    train_on(dump_file, tmp_path / "again", MODEL)
    train_on(dump_file, tmp_path / "other", MODEL, seed=2)

    assert describe(tmp_path / "again") == describe(trained)
    assert describe(tmp_path / "other") != describe(trained)


def test_a_trained_encoder_serves_without_torch(trained):
    code = f"""
import sys
from pathlib import Path
from index.meaning.encoders.static import StaticEncoder
StaticEncoder.open(Path({str(trained)!r})).encode(["graph"])
sys.exit("torch" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_trained_encoder_that_was_altered_is_refused(trained, tmp_path):
    copy = shutil.copytree(trained, tmp_path / "copy")
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)

    with pytest.raises(BrokenSnapshot, match="winnow verify"):
        StaticEncoder.open(copy, describe(trained))
    weights.write_bytes(b"")
    with pytest.raises(BrokenSnapshot, match="damaged"):
        describe(copy)
    weights.unlink()
    with pytest.raises(BrokenSnapshot, match="cannot read"):
        describe(copy)


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


def test_for_many_texts_a_model_is_the_same(trained):
    few, many = StaticEncoder.open(trained), StaticEncoder.open(trained).speed_up()

    assert np.allclose(few.encode(ALIKE), many.encode(ALIKE), atol=2e-3)


def test_a_model_of_an_earlier_recipe_is_still_opened(trained, monkeypatch):
    record = describe(trained)
    monkeypatch.setattr("index.meaning.encoders.static.VERSION", "next")

    assert StaticEncoder.open(trained, record).dimensions == DIMENSIONS


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "model.safetensors"])
def test_a_damaged_model_is_named(trained, tmp_path, name):
    broken = shutil.copytree(trained, tmp_path / "model")
    (broken / name).write_bytes((broken / name).read_bytes()[:20])

    with pytest.raises(BrokenSnapshot, match="model"):
        StaticEncoder.open(broken, describe(trained))
