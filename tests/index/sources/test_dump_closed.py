"""A dump's thread, its descriptor and its file end together, however reading ends."""

import hashlib
import io
import os
import sys
import threading
from contextlib import contextmanager, suppress
from itertools import islice

import pytest

from index import BadDump, Dump
from tests.app.service import eventually
from tests.index.sources.packers import PACKERS

LINE = b'{"id": "2401.00001", "title": "T"}\n'
LARGE = (LINE[:-1] + b" " * 999 + b"\n") * 14_000  # chunks more than are read ahead
TIMEOUT_S = 60


@contextmanager
def nothing_left():
    """Expect that neither threads nor descriptors are left of what is done here."""
    threads, files = set(threading.enumerate()), descriptors()
    yield
    assert set(threading.enumerate()) <= threads
    # A service of another test may be opening files of its own just now.
    eventually(lambda: descriptors() <= files, timeout_s=20)


def descriptors():
    """Return number and target of each descriptor that a dump may have: no socket is."""
    found = set()
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208  numbers, not paths
        with suppress(FileNotFoundError):
            found.add((number, os.readlink(f"/proc/self/fd/{number}")))  # noqa: PTH115
    return {(n, to) for n, to in found if "dump" in to or "pipe" in to or "deleted" in to}


@pytest.fixture(scope="module", params=PACKERS)
def large(request, tmp_path_factory):
    """A dump of many chunks, packed in each way."""
    path = tmp_path_factory.mktemp("large") / "dump"
    path.write_bytes(PACKERS[request.param](LARGE))
    return path


@pytest.fixture
def silent(tmp_path):
    """A named pipe whose writer has written one record and says no more."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with path.open("r+b", buffering=0) as writer:
        writer.write(LINE)
        yield path


def test_nothing_is_left_of_a_dump_that_was_read_to_its_end(dump_file):
    with nothing_left(), Dump.open(dump_file) as dump:
        assert len(list(dump)) == 26


def test_nothing_is_left_of_a_dump_that_was_refused(tmp_path):
    path = tmp_path / "dump.json"
    path.write_bytes(b"[" + LARGE)
    with nothing_left(), pytest.raises(BadDump), Dump.open(path) as dump:
        list(dump)


@pytest.mark.parametrize("start", [b"\x1f\x8b", b"\xfd7zXZ\0", b"(\xb5/\xfd", b"PK\3\4"])
def test_nothing_is_left_of_a_dump_that_cannot_be_unpacked(tmp_path, start):
    path = tmp_path / "dump"
    path.write_bytes(start + LARGE)
    with nothing_left(), pytest.raises(BadDump), Dump.open(path) as dump:
        list(dump)


def test_nothing_is_left_of_a_dump_that_cannot_be_opened(tmp_path):
    with nothing_left(), pytest.raises(BadDump), Dump.open(tmp_path):
        pass


def test_nothing_is_left_of_a_dump_that_nobody_read(large):
    with nothing_left(), Dump.open(large):
        pass


def test_nothing_is_left_while_an_iterator_is_kept(large):
    with nothing_left():
        with Dump.open(large) as dump:
            papers = iter(dump)
            next(papers)
        with pytest.raises(ValueError, match="closed"):
            list(papers)


def test_the_thread_ends_with_the_iterator(large):
    with Dump.open(large) as dump:
        before = set(threading.enumerate())
        papers = iter(dump)
        next(papers)
        papers.close()
        assert set(threading.enumerate()) <= before


def test_closing_twice_is_closing_once(large):
    with nothing_left(), Dump.open(large) as dump:
        next(iter(dump))
        dump.close()
        dump.close()


def test_a_closed_dump_is_not_an_empty_one(large):
    with Dump.open(large) as dump:
        pass
    with pytest.raises(ValueError, match="closed"):
        list(dump)


def test_a_dump_is_read_once_only(large):
    with Dump.open(large) as dump:
        next(iter(dump))
        with pytest.raises(ValueError, match="closed"):
            list(dump)


def test_two_readers_do_not_share_a_dump(large):
    with Dump.open(large) as dump:
        papers = iter(dump)
        next(papers)
        with pytest.raises(ValueError, match="once"):
            list(dump)


def test_size_and_checksum_agree_where_reading_stopped(tmp_path):
    path = tmp_path / "dump"
    path.write_bytes(LARGE)
    with Dump.open(path) as dump:
        assert len(list(islice(dump, 3))) == 3
        read, digest = dump.position, dump.sha256
        assert 0 < read < len(LARGE)
        assert digest == hashlib.sha256(LARGE[:read]).hexdigest()
        assert (dump.position, dump.sha256) == (read, digest)


def test_closing_does_not_wait_for_a_silent_pipe(silent):
    with nothing_left(), Dump.open(silent) as dump:
        assert next(iter(dump)).id == "2401.00001"


def test_a_silent_pipe_is_left_while_an_iterator_is_kept(silent):
    with nothing_left(), Dump.open(silent) as dump:
        papers = iter(dump)
        assert next(papers).id == "2401.00001"


def test_standard_input_stays_open_and_nobody_reads_it_any_more(monkeypatch):
    reader, writer = os.pipe()
    with open(reader, "rb") as pipe, open(writer, "wb", buffering=0) as feed:  # noqa: PTH123
        feed.write(LINE)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe))
        with nothing_left(), Dump.open("-") as dump:
            next(iter(dump))
        feed.write(b"for another")
        assert os.read(reader, 100) == b"for another"
        sys.stdin.detach()


def test_standard_input_may_be_no_file(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE * 2)))
    with nothing_left(), Dump.open("-") as dump:
        assert len(list(dump)) == 2
    assert not sys.stdin.closed


def test_who_waits_for_a_silent_pipe_learns_that_it_was_closed(silent):
    outcome = []

    def read(papers):
        try:
            outcome.append(next(papers))
        except ValueError as error:
            outcome.append(str(error))

    with nothing_left(), Dump.open(silent) as dump:
        papers = iter(dump)
        next(papers)
        waiting = threading.Thread(target=read, args=(papers,))
        waiting.start()
        dump.close()
        waiting.join(TIMEOUT_S)
    assert outcome == ["pipe was closed before it was read to its end"]


def test_many_threads_may_close_a_dump(large):
    with nothing_left(), Dump.open(large) as dump:
        next(iter(dump))
        closing = [threading.Thread(target=dump.close) for _ in range(8)]
        for thread in closing:
            thread.start()
        for thread in closing:
            thread.join(TIMEOUT_S)


def test_dumps_of_many_threads_do_not_mix(tmp_path):
    """Each refuses a large dump and reads a small one, whose descriptor may be the same."""
    (tmp_path / "bad").write_bytes(b"[" + LARGE)
    (tmp_path / "good").write_bytes(LINE * 3)
    counts = []

    def refuse_and_read():
        for _ in range(20):
            with pytest.raises(BadDump), Dump.open(tmp_path / "bad") as bad:
                list(bad)
            with Dump.open(tmp_path / "good") as good:
                counts.append(len(list(good)))

    threads = [threading.Thread(target=refuse_and_read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT_S)
    assert counts == [3] * 80


def test_a_pipe_that_does_not_block_is_read_to_its_end(monkeypatch):
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    with open(reader, "rb") as pipe, open(writer, "wb", buffering=0) as feed:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe))
        with Dump.open("-") as dump:
            papers = iter(dump)
            first = []
            waiting = threading.Thread(target=lambda: first.append(next(papers)))
            waiting.start()
            feed.write(LINE)
            waiting.join(TIMEOUT_S)
            feed.close()
            assert [paper.id for paper in first] == ["2401.00001"]
            assert list(papers) == []
        sys.stdin.detach()
