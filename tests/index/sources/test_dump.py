import gzip
import hashlib
import lzma
import os
import sys
import threading
import tracemalloc
import zipfile
from itertools import islice

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from index import BadDump, Dump
from index.sources.dump import EXAMPLES, MAX_LINE
from tests.index.sources.packers import PACKERS, tarred, zipped

PACKED = [kind for kind in PACKERS if kind not in ("plain", "tar")]
"""A tar archive alone has no checksum of what is in it."""


@pytest.fixture
def packed(tmp_path, dump_file):
    """Write the small dump packed; the name's end says nothing."""

    def pack(kind, change=bytes):
        path = tmp_path / "dump"
        path.write_bytes(change(PACKERS[kind](dump_file.read_bytes())))
        return path

    return pack


def read(path):
    with Dump.open(path) as dump:
        return [paper.id for paper in dump]


def complaint(path):
    with Dump.open(path) as dump, pytest.raises(BadDump) as refusal:
        list(dump)
    return str(refusal.value)


@pytest.fixture
def tally(write_dump):
    """Read raw lines; return what became of them."""

    def tally(*lines):
        with Dump.open(write_dump(lines)) as dump:
            list(dump)
        return dump.tally

    return tally


@pytest.mark.parametrize("kind", PACKERS)
def test_a_dump_is_read_however_it_is_packed(packed, kind, dump_file):
    ids = read(packed(kind))

    assert len(ids) == 26
    assert ids == read(dump_file)
    assert ids[:3] == ["1706.03762", "1406.2661", "hep-th/9711200"]


@pytest.mark.parametrize("kind", PACKERS)
def test_the_name_of_a_dump_says_nothing_about_its_kind(packed, kind, tmp_path):
    for name in ("papers.json", "papers.gz", "papers.xz", "papers.zip", "papers"):
        assert len(read(packed(kind).rename(tmp_path / name))) == 26


@pytest.mark.parametrize(
    ("pack", "joint"),
    [
        (gzip.compress, b""),
        (lzma.compress, b""),
        (zstd.compress, b""),
        (gzip.compress, bytes(512)),  # padding, as from a tape
    ],
)
def test_an_archive_of_several_parts_is_read_to_its_end(tmp_path, dump_file, pack, joint):
    data, path = dump_file.read_bytes(), tmp_path / "dump"
    middle = len(data) // 2
    path.write_bytes(pack(data[:middle]) + pack(b"") + pack(data[middle:]) + joint)

    assert read(path) == read(dump_file)


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_zip_archive_may_use_any_method_that_python_knows(tmp_path, dump_file, method):
    path = tmp_path / "dump"
    path.write_bytes(zipped(dump_file.read_bytes(), method))

    assert read(path) == read(dump_file)


@pytest.mark.parametrize("kind", [kind for kind in PACKERS if kind != "zip"])
def test_standard_input_is_read_however_it_is_packed(packed, kind, monkeypatch):
    with packed(kind).open("rb") as source:
        reader, writer = os.pipe()
        thread = threading.Thread(target=feed, args=(source, writer))
        thread.start()
        with open(reader) as pipe:  # noqa: PTH123  a file descriptor
            monkeypatch.setattr(sys, "stdin", pipe)
            assert len(read("-")) == 26
        thread.join()


def feed(source, writer):
    with open(writer, "wb") as pipe:  # noqa: PTH123  a file descriptor
        pipe.write(source.read())


def test_a_zip_archive_from_a_pipe_is_refused_with_advice(packed, monkeypatch):
    reader, writer = os.pipe()
    with packed("zip").open("rb") as source:
        feed(source, writer)
    with open(reader) as pipe:  # noqa: PTH123  a file descriptor
        monkeypatch.setattr(sys, "stdin", pipe)
        assert "unzip it" in complaint("-")


def test_a_zip_archive_redirected_to_standard_input_is_read(packed, monkeypatch):
    with packed("zip").open() as source:
        monkeypatch.setattr(sys, "stdin", source)

        assert len(read("-")) == 26


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.9, 0.999])
def test_a_truncated_archive_is_an_error_that_says_so(packed, kind, part):
    message = complaint(packed(kind, lambda data: data[: max(20, int(len(data) * part))]))

    assert message.startswith("dump ")
    assert "fetch it again" in message
    if kind != "zip":
        assert "truncated" in message


@pytest.mark.parametrize("kind", PACKED)
def test_a_damaged_archive_is_an_error(packed, kind):
    def damage(data):
        middle = len(data) // 2
        return data[:middle] + bytes(64) + data[middle + 64 :]

    assert "cannot be unpacked" in complaint(packed(kind, damage))


def test_garbage_behind_an_archive_is_an_error(packed):
    assert "fetch it again" in complaint(packed("gz", lambda data: data + b"garbage"))


@pytest.mark.parametrize(
    ("offset", "value"),
    [((6, 8), b"\x01"), ((8, 10), b"\x63")],
    ids=["encrypted", "unknown method"],
)
def test_a_zip_archive_that_cannot_be_opened_is_an_error(packed, offset, value):
    def change(data):
        data = bytearray(data)
        for start, field in ((b"PK\x03\x04", offset[0]), (b"PK\x01\x02", offset[1])):
            at = data.rfind(start) + field
            data[at : at + 1] = value
        return bytes(data)

    assert "cannot be unpacked" in complaint(packed("zip", change))


def test_a_zip_archive_without_a_file_is_an_error(tmp_path):
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("empty")

    assert "is empty" in complaint(path)


@pytest.mark.parametrize("kind", PACKERS)
def test_the_checksum_and_size_are_those_of_the_packed_bytes(packed, kind):
    path = packed(kind)
    with Dump.open(path) as dump:
        assert dump.position == 0
        list(dump)

    assert dump.position == dump.size == path.stat().st_size
    assert dump.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "papers.jsonl/inside"])
def test_what_cannot_be_opened_is_an_error_that_names_it(tmp_path, dump_file, name):
    (tmp_path / "papers.jsonl").write_bytes(dump_file.read_bytes())

    with pytest.raises(BadDump, match=r"cannot open .*: "), Dump.open(tmp_path / name):
        pass


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\n\t\n"])
def test_an_empty_dump_has_no_records(tmp_path, content):
    path = tmp_path / "dump"
    path.write_bytes(content)

    assert read(path) == []


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "2401.00001", "title": "T"}, {"id": "2401.00002", "title": "T"}]',
        '[{"id": "2401.00001", "title": "T"},\n{"id": "2401.00002", "title": "T"}]',
        '[\n{"id": "2401.00001", "title": "T"},\n{"id": "2401.00002", "title": "T"}\n]',
        ' \n [\n  {\n "id": "2401.00001",\n "title": "T"\n  }\n]\n',
    ],
)
def test_a_json_array_is_refused_with_advice(tmp_path, text):
    path = tmp_path / "dump.json"
    path.write_text(text)

    assert "one JSON object a line" in complaint(path)


GOOD = b'{"id": "2401.00001", "title": "T"}'
BAD = {
    "not_utf8": b'{"id": "2401.00001", "title": "\xff\xfe"}',
    "not_json": b'{"id": "2401.00001", "title": "cut',
    "not_an_object": b'"2401.00001"',
    "lone_surrogate": b'{"id": "2401.00001", "title": "half \\ud83d"}',
    "no_id": b'{"title": "T"}',
    "numeric_id": b'{"id": 2401.0001, "title": "T"}',
    "bad_id": b'{"id": "x", "title": "T"}',
    "no_title": b'{"id": "2401.00001"}',
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_record_is_counted_shown_and_skipped(tally, reason):
    found = tally(GOOD, b"", BAD[reason], GOOD)

    assert found.read == 3
    assert found.skipped == {reason: 1}
    (example,) = found.examples
    assert (example.reason, example.line) == (reason, 3)
    assert example.excerpt.startswith(BAD[reason].decode("utf-8", "backslashreplace")[:9])


def test_the_first_ten_bad_records_of_each_kind_are_shown(tally):
    found = tally(*[line for _ in range(EXAMPLES + 5) for line in BAD.values()])

    assert found.skipped == dict.fromkeys(BAD, EXAMPLES + 5)
    for number, reason in enumerate(BAD, start=1):
        lines = [bad.line for bad in found.examples if bad.reason == reason]
        assert lines == list(range(number, number + EXAMPLES * len(BAD), len(BAD)))


def test_an_excerpt_is_short_and_can_be_printed(tally):
    found = tally(b"\xff" * 5_000)

    assert found.examples[0].excerpt.isprintable()
    assert len(found.examples[0].excerpt) <= 240


def test_blank_lines_and_windows_line_ends_do_not_matter(tally, tmp_path):
    assert tally(GOOD + b"\r", b"", b"  ", b"\r", GOOD + b"\r").read == 2
    path = tmp_path / "unended"
    path.write_bytes(GOOD + b"\n" + GOOD.replace(b"00001", b"00002"))
    assert read(path) == ["2401.00001", "2401.00002"]


def test_a_byte_order_mark_does_not_cost_the_first_record(tmp_path):
    path = tmp_path / "dump"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD + b"\n" + GOOD)

    assert read(path) == ["2401.00001"] * 2


def test_other_line_separators_do_not_end_a_line(tally):
    text = '{"id": "2401.00001", "title": "a\u2028b\u0085c"}'

    assert not tally(text.encode()).skipped


def test_lines_longer_than_a_chunk_are_read_whole(write_dump, record):
    texts = ["數學" * size for size in (10, 700_000, 20, 1_000_000, 30)]
    records = [
        record(f"2401.{n:05}", padding=text, title=f"Title {n}")
        for n, text in enumerate(texts, start=1)
    ]
    with Dump.open(write_dump(records)) as dump:
        assert [paper.title for paper in dump] == [f"Title {n}" for n in range(1, 6)]
        assert not dump.tally.skipped


def test_a_line_of_100_mb_is_skipped_without_holding_it(tmp_path):
    path = tmp_path / "dump.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(GOOD + b'\n{"id": "2401.00002", "title": "')
        for _ in range(100):
            file.write(b" " * (1 << 20))
        file.write(b'"}\n' + GOOD.replace(b"00001", b"00003"))

    tracemalloc.start()
    try:
        with Dump.open(path) as dump:
            ids = [paper.id for paper in dump]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert ids == ["2401.00001", "2401.00003"]
    assert dump.tally.skipped == {"too_long": 1}
    assert [(bad.reason, bad.line) for bad in dump.tally.examples] == [("too_long", 2)]
    assert peak < 5 * MAX_LINE


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_just_over_the_limit_is_skipped(tmp_path, end):
    path = tmp_path / "dump"
    padding = b" " * (MAX_LINE - len(GOOD))
    path.write_bytes(GOOD + padding + b"\n" + GOOD + padding + b" " + end)

    with Dump.open(path) as dump:
        assert len(list(dump)) == 1
    assert dump.tally.skipped == {"too_long": 1}


@given(st.lists(st.sampled_from([GOOD, b"", b" ", b"x", b"{}", b"[1]", b"\xff"])))
def test_every_line_is_kept_skipped_or_blank(tmp_path_factory, lines):
    path = tmp_path_factory.getbasetemp() / "lines"
    path.write_bytes(b"\n".join([GOOD, *lines]))

    with Dump.open(path) as dump:
        kept = len(list(dump))

    read = sum(1 for line in lines if line.strip()) + 1
    assert dump.tally.read == read
    assert kept + dump.tally.skipped.total() == read


@pytest.mark.parametrize(
    "name", ["kaggle-format-sample.jsonl", "arxiv-sample-20k.jsonl.gz"]
)
def test_real_records_are_all_read(real_data, name):
    with Dump.open(real_data(name)) as dump:
        ids = {paper.id for paper in islice(dump, 2_000)}

    assert not dump.tally.skipped
    assert len(ids) == dump.tally.read


@pytest.mark.parametrize("cut", [700, 3_000, 9_000])
def test_a_tar_archive_that_is_cut_is_an_error_that_says_so(packed, cut):
    path = packed("tar", lambda data: data[:cut])
    assert "truncated" in complaint(path)


def test_a_tar_archive_cut_between_its_files_is_truncated(tmp_path, dump_file):
    data = tarred(dump_file.read_bytes())
    end = 512 * (len(data.rstrip(b"\0")) // 512 - 1)
    (tmp_path / "dump.tar").write_bytes(data[: end // 512 * 512])
    assert "truncated" in complaint(tmp_path / "dump.tar")


def test_several_dumps_in_a_tar_archive_are_read_one_after_the_other(tmp_path):
    def line(number):
        return b'{"id": "2401.0000%d", "title": "A"}' % number

    (tmp_path / "dump").write_bytes(gzip.compress(tarred(line(1), more=line(2))))
    assert read(tmp_path / "dump") == ["2401.00001", "2401.00002"]


def test_a_tar_archive_without_a_dump_is_refused(tmp_path):
    (tmp_path / "dump").write_bytes(gzip.compress(tarred(b"no JSON here")))
    assert "the tar archive has no file of JSON lines" in complaint(tmp_path / "dump")


def test_nothing_of_a_bad_line_can_steer_a_terminal(tally):
    steering = "\x1b[2J \x07 \x9b \u202e \u2066 \r \x00"
    (bad,) = tally(f"{steering} {{".encode()).examples
    assert bad.excerpt.isprintable()
    assert bad.excerpt.startswith("\\x1b[2J \\x07 \\x9b \\u202e")


@pytest.mark.parametrize(
    "line", [b'{"id": 7, "title": "T"}', b'{"id": -1.5, "title": "T"}']
)
def test_an_id_that_is_a_number_is_told_from_none(tally, line):
    assert tally(line).skipped == {"numeric_id": 1}


@pytest.mark.parametrize("value", [b"null", b"true", b"[]", b'" "'])
def test_what_is_neither_text_nor_number_is_no_id(tally, value):
    assert tally(b'{"id": %s, "title": "T"}' % value).skipped == {"no_id": 1}


@pytest.mark.parametrize("line", [b'{"id": NaN}', b'{"x": "\\ud83d"', b"[" * 100_000])
def test_what_is_broken_anyhow_is_not_json(tally, line):
    assert tally(GOOD, line).skipped == {"not_json": 1}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("zip", ("LICENSE",)),
        ("tar", ("LICENSE", "._arxiv.json")),
        ("gz", ()),
        ("plain", ()),
    ],
)
def test_other_files_of_an_archive_are_named(packed, kind, names):
    with Dump.open(packed(kind)) as dump:
        list(dump)
        assert dump.passed_over == names


def test_the_name_of_a_file_passed_over_steers_no_terminal(tmp_path):
    (tmp_path / "dump").write_bytes(tarred(GOOD, **{"\x1b[2J": b"x", "\udcff": b"y"}))
    with Dump.open(tmp_path / "dump") as dump:
        list(dump)
        assert all(name.isprintable() for name in dump.passed_over)
        assert len(dump.passed_over) == 4


def test_several_dumps_in_a_zip_archive_are_read_one_after_the_other(tmp_path):
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jsonl", GOOD)
        archive.writestr("notes.txt", "a longer text than any dump here " * 20)
        archive.writestr("b.jsonl", GOOD.replace(b"00001", b"00002"))
    assert read(path) == ["2401.00001", "2401.00002"]
