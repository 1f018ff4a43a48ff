"""The choice of an encoder, and what a build without the extra refuses."""

import pytest

from index import EncoderMissing, EncoderRecord
from index.meaning.encoders import neural
from index.meaning.encoders.choosing import check, choose, find_obstacle, load, reopen
from index.meaning.encoders.shipped import RECORD


@pytest.fixture
def light(monkeypatch):
    """An installation without the extra."""
    monkeypatch.setattr(neural, "_MODULES", ("no_such_module",))


@pytest.mark.parametrize(
    ("wanted", "papers", "chosen"),
    [
        ("auto", 286, ("shipped", True, True)),
        ("auto", 10_000, ("shipped", True, True)),
        ("auto", 10_001, ("shipped", True, False)),
        ("shipped", 286, ("shipped", False, False)),
        ("none", 10, ("none", False, False)),
    ],
)
def test_the_shipped_model_is_chosen_and_a_better_one_named_where_it_is_quick(
    monkeypatch, wanted, papers, chosen
):
    monkeypatch.setattr(neural, "_GPUS", ())
    choice = choose(wanted, papers)

    assert (choice.name, choice.is_default, choice.gains) == chosen
    assert choice.papers == papers
    assert choice.seconds >= 0


@pytest.mark.parametrize(
    ("devices", "gains"), [(None, True), ("0", True), ("", False), ("-1", False)]
)
def test_a_gpu_is_seen_without_torch(monkeypatch, tmp_path, devices, gains):
    monkeypatch.setattr(neural, "_GPUS", (str(tmp_path),))
    if devices is None:
        monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    else:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", devices)

    assert choose("auto", 588_238).gains == gains


@pytest.mark.parametrize("name", ["minilm", "static", "some/model", "all-mpnet", "/"])
@pytest.mark.usefixtures("light")
def test_without_the_extra_an_encoder_that_needs_it_is_refused_with_the_command(name):
    with pytest.raises(EncoderMissing, match=rf"{name} needs .*`make neural`.*WHEEL"):
        check(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is empty"),
        (" ", "is empty"),
        ("\t\n", "is empty"),
        ("AUTO", "'AUTO': auto is written"),
        ("Shipped", "'Shipped': shipped is written"),
        ("MiniLM", "'MiniLM': minilm is written"),
        ("NONE", "'NONE': none is written"),
        ("static ", "'static ': static is written"),
        ("/home/nonexistent", "no model in '/home/nonexistent'"),
        ("./nonexistent", r"no model in '\./nonexistent'"),
        ("../nonexistent/model", r"no model in '\.\./nonexistent/model'"),
        ("~/nonexistent", "no model in '~/nonexistent'"),
        (__file__, "no model in .*no such directory"),
    ],
)
@pytest.mark.parametrize("has_extra", [True, False])
def test_a_name_that_no_encoder_has_is_refused_before_any_talk_of_the_extra(
    name, said, has_extra, monkeypatch
):
    monkeypatch.setattr(neural, "is_installed", lambda: has_extra)
    valid = "auto, shipped, static, minilm, none, or the name or path"
    with pytest.raises(EncoderMissing, match=f"{said}.*give {valid}") as refused:
        check(name)
    assert "neural" not in str(refused.value)


@pytest.mark.parametrize("name", ["auto", "shipped", "none"])
@pytest.mark.usefixtures("light")
def test_without_the_extra_what_comes_with_winnow_is_enough(name):
    check(name)
    assert load("shipped")[1] == RECORD


@pytest.mark.parametrize("name", ["minilm", "/a/model"])
@pytest.mark.usefixtures("light")
def test_without_the_extra_a_library_of_such_an_encoder_says_what_is_missing(
    name, tmp_path
):
    encoder = reopen(EncoderRecord(name=name, dimensions=384), tmp_path)

    assert encoder.dimensions == 384
    with pytest.raises(EncoderMissing, match=rf"{name} needs .*`make neural`"):
        encoder.encode(["graph"])
    assert "make neural" in encoder.problem


@pytest.mark.parametrize("name", ["minilm", "/a/model"])
@pytest.mark.usefixtures("light")
def test_what_a_library_lacks_is_told_without_opening_anything(name):
    found = find_obstacle(EncoderRecord(name=name))
    assert "make neural" in str(found)
    assert "make neural" in found.helps
    assert "/" not in found.helps
    assert find_obstacle(RECORD) is find_obstacle(EncoderRecord()) is None
