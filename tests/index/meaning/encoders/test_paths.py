"""Models of sentence-transformers by path: the small one of the tests."""

from dataclasses import replace

import numpy as np
import pytest

from index import Dump, EncoderMissing, Mode, Shelf, find_live, rebuild, update, verify
from index.meaning.encoders.choosing import load, reopen
from tests.asking import find
from tests.building import unwatched
from tests.index.meaning.encoders.alike import ALIKE, check_vectors
from tests.teacher import DIMENSIONS, MODEL

pytestmark = pytest.mark.neural


@pytest.fixture(scope="module")
def teacher():
    """The small model of the tests, and its record."""
    return load(str(MODEL))


def test_a_model_is_opened_again_when_it_is_needed(teacher, tmp_path):
    encoder = reopen(teacher[1], tmp_path)

    assert encoder.dimensions == DIMENSIONS
    assert np.allclose(encoder.encode(ALIKE), teacher[0].encode(ALIKE), atol=1e-5)


def test_other_weights_than_those_of_the_vectors_are_refused(teacher, tmp_path):
    other = replace(teacher[1], version="0.0.9")
    with pytest.raises(EncoderMissing, match="install that version, or run `winnow rebu"):
        reopen(other, tmp_path).encode(["x"])


def test_any_other_model_is_opened_by_its_path(teacher):
    encoder, record = teacher

    check_vectors(encoder, DIMENSIONS)
    assert (record.name, record.model) == (str(MODEL), MODEL.name)
    assert len(record.sha256) == 64


@pytest.mark.parametrize("name", ["no/such-model-here", "/nowhere/at/all"])
def test_a_model_that_cannot_be_opened_is_named(name):
    with pytest.raises(EncoderMissing, match=rf"'{name}'.*shipped, static, minilm, none"):
        load(name)


def test_a_library_of_such_a_model_is_updated_and_searched(record, write_dump, tmp_path):
    some = [record(f"2401.{n:05}", title=f"Quantum {n}") for n in range(1, 10)]
    with Dump.open(write_dump(some[:6])) as dump:
        rebuild(dump, tmp_path / "data", encoder=str(MODEL), watch=unwatched)
    with Dump.open(write_dump(some[6:])) as dump:
        manifest = update(dump, tmp_path / "data", watch=unwatched)

    assert (manifest.encoder.name, manifest.papers) == (str(MODEL), len(some))
    assert verify(find_live(tmp_path / "data")) == []
    page = find(Shelf(tmp_path / "data").library(), "quantum", mode=Mode.SEMANTIC)
    assert page.total == len(some)
