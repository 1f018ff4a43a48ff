"""Training a static encoder on a dump, from the shipped model on."""

import numpy as np
import pytest

from index import Dump
from index.meaning.encoders.choosing import reopen
from index.meaning.encoders.lessons import Material, Recipe
from index.meaning.encoders.shipped import RECORD, open_shipped
from index.meaning.encoders.static import StaticEncoder, describe
from tests.index.meaning.encoders.alike import ALIKE, check_vectors, train_on

pytestmark = pytest.mark.neural


@pytest.fixture(scope="module")
def trained(dump_file, tmp_path_factory):
    """The directory of a static encoder trained on the small dump, 5 steps."""
    directory = tmp_path_factory.mktemp("static") / "model"
    train_on(dump_file, directory)
    return directory


def test_a_trained_encoder_gives_unit_vectors_alike_for_alike_texts(trained):
    record = describe(trained)

    assert (record.name, record.dimensions) == ("static", RECORD.dimensions)
    check_vectors(reopen(record, trained), RECORD.dimensions)


def test_the_same_papers_and_seed_train_the_same_encoder(trained, dump_file, tmp_path):
    train_on(dump_file, tmp_path / "again")
    train_on(dump_file, tmp_path / "other", seed=2)

    assert describe(tmp_path / "again") == describe(trained)
    assert describe(tmp_path / "other") != describe(trained)


def test_training_begins_with_the_shipped_model(trained):
    vectors = StaticEncoder.open(trained).encode(ALIKE)

    cosines = (vectors * open_shipped().encode(ALIKE)).sum(axis=1)
    assert (cosines > 0.9).all()
    assert (cosines < 0.99999).any()


def test_a_word_that_the_dump_has_often_begins_as_the_mean_of_its_pieces(
    dump_file, tmp_path
):
    from index.meaning.encoders.training import train_static

    word = "zzyzxquantum"
    with Dump.open(dump_file) as dump:
        papers = list(dump)
    material = Material(papers=iter(papers), count=len(papers), words={word: 99})
    train_static(material, tmp_path / "model", recipe=Recipe(batch=5_000))  # no step
    found = StaticEncoder.open(tmp_path / "model")

    assert found.load_tokenizer().token_to_id(word) is not None
    assert open_shipped().load_tokenizer().token_to_id(word) is None
    expected = open_shipped().encode([word])
    assert np.allclose(found.encode([word]), expected, atol=2e-3)


def test_for_many_texts_a_model_is_the_same(trained):
    few, many = StaticEncoder.open(trained), StaticEncoder.open(trained).speed_up()

    assert np.allclose(few.encode(ALIKE), many.encode(ALIKE), atol=2e-3)
