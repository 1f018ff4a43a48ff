"""Encoders that are opened when they are needed, or in the background."""

from threading import Event

import numpy as np
import pytest

from index import BrokenSnapshot, EncoderMissing, EncoderOpening, EncoderRecord
from index.meaning.encoders.deferred import DeferredEncoder
from tests.app.service import eventually


class Ones:
    """Encodes every text as a one."""

    dimensions = 1

    def encode(self, texts):
        return np.ones((len(texts), 1), dtype=np.float32)


@pytest.fixture
def deferred(request):
    """Make a deferred encoder of a record of its own."""

    def make(open_encoder):
        record = EncoderRecord(name="test", version=request.node.name, dimensions=1)
        return DeferredEncoder(record, open_encoder)

    return make


def test_it_is_opened_once_when_it_is_needed(deferred):
    opened = []

    def open_encoder():
        opened.append(Ones())
        return opened[-1]

    encoder = deferred(open_encoder)
    assert (encoder.dimensions, encoder.is_open, opened) == (1, False, [])
    assert encoder.encode(["a"]).tolist() == encoder.encode(["b"]).tolist() == [[1.0]]
    assert len(opened) == 1
    assert encoder.is_open


def test_nobody_waits_while_it_is_opened_in_the_background(deferred):
    may_open, then = Event(), []

    def open_encoder():
        may_open.wait()
        return Ones()

    encoder = deferred(open_encoder)
    encoder.open_in_background(then.append)
    try:
        assert encoder.is_opening
        with pytest.raises(EncoderOpening, match="ask again"):
            encoder.encode(["a"])
    finally:
        may_open.set()
    eventually(lambda: encoder.is_open)
    assert encoder.encode(["a"]).tolist() == [[1.0]]
    eventually(lambda: then)
    assert isinstance(then[0], Ones)


def test_what_cannot_be_opened_is_logged_once_and_said_each_time(deferred, caplog):
    tried = []

    def open_encoder():
        tried.append(1)
        raise BrokenSnapshot("damaged; run `winnow rebuild DUMP`")

    encoder = deferred(open_encoder)
    encoder.open_in_background(lambda _: None)
    eventually(lambda: not encoder.is_opening)
    for _ in range(3):
        with pytest.raises(EncoderMissing, match="winnow rebuild"):
            encoder.encode(["a"])
    assert tried == [1]
    assert caplog.text.count("winnow rebuild") == 1


def test_libraries_with_the_same_encoder_share_it():
    record = EncoderRecord(name="shared", dimensions=1)
    first = DeferredEncoder(record, Ones)
    first.encode(["a"])

    def refuse():
        raise BrokenSnapshot("opened twice")

    assert DeferredEncoder(record, refuse).encode(["a"]).tolist() == [[1.0]]


def test_an_encoder_that_opens_but_does_not_encode_is_missing(deferred):
    class Broken:
        dimensions = 1

        def encode(self, _):
            raise RuntimeError("no kernel image is available")

    encoder = deferred(Broken)
    for _ in range(2):
        with pytest.raises(EncoderMissing, match=r"no kernel image.*winnow rebuild"):
            encoder.encode(["a"])
    assert "no kernel image" in encoder.problem
