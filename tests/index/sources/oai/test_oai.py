"""Fetching from a server that behaves as arXiv's, and from those that do not behave."""

import socket
import struct
import threading
import time
from contextlib import suppress
from datetime import date, timedelta

import orjson
import pytest

from index import HarvestFailed, OaiClient
from index.sources.oai import client as clients
from index.sources.oai.fetching import fetch, find_newest, is_complete
from index.sources.oai.page import BadPage, Refusal, read_page
from index.sources.oai.spool import Plan, Spool
from index.sources.record import read_record
from tests.oai_server import (
    EARLIEST,
    FOOT,
    HEAD,
    OaiServer,
    failing,
    from_dump,
    http_date,
    now,
    paper,
    write_error,
    write_page,
    write_record,
)

START = date(2026, 11, 1)


@pytest.fixture
def server():
    """Seven papers of three days, three a page."""
    days = ["2026-11-02"] * 3 + ["2026-11-03"] * 2 + ["2026-11-04"] * 2
    papers = [paper(n, day) for n, day in enumerate(days, start=1)]
    with OaiServer(papers, page=3) as running:
        yield running


@pytest.fixture
def waits():
    """The pauses that a client has made, in seconds."""
    return []


@pytest.fixture
def harvest(server, waits, tmp_path):
    """Fetch into a spool that stays from call to call; return it."""

    def run(start=START, within="", pause_s=0.0):
        client = OaiClient(server.url, agent="test", pause_s=pause_s, wait=waits.append)
        spool = Spool(tmp_path / "pages")
        plan = Plan(url=server.url, starts={within: start})
        if spool.plan != plan:
            spool.begin(plan)
        fetch(client, spool, plan, lambda _: None)
        return spool

    return run


def ids(spool):
    return [orjson.loads(line)["id"] for line in spool.read()]


ALL = [f"2611.{n:05}" for n in range(1, 8)]


def test_all_pages_are_fetched_in_order(server, harvest):
    spool = harvest()

    assert ids(spool) == ALL
    assert is_complete(spool)
    assert find_newest(spool, "") == date(2026, 11, 4)
    assert len(server.requests) == 3


def test_a_token_is_sent_back_as_it_was_given_encoded_once_more(server, harvest):
    harvest()

    assert server.asked[0] == {
        "verb": "ListRecords",
        "metadataPrefix": "arXivRaw",
        "from": "2026-11-01",
    }
    assert set(server.asked[1]) == {"verb", "resumptionToken"}
    assert "%253D" in server.requests[1]
    assert server.asked[1]["resumptionToken"].startswith("metadataPrefix%3DarXivRaw")


@pytest.mark.parametrize("token", ["a b+c", "ä/ö?&=#", "%2520%", "<&>\"'", "x" * 3_000])
def test_a_token_of_any_letters_comes_back_the_same(server, harvest, token):
    server.answers = [write_page([paper(1)], token), write_page([paper(2)], "")]

    assert len(ids(harvest())) == 2
    assert server.asked[1]["resumptionToken"] == token


def test_only_a_set_is_asked_for(server, harvest):
    server.papers[3]["sets"] = ["math:math:AT"]

    assert ids(harvest(within="math")) == ["2611.00004"]
    assert server.asked[0]["set"] == "math"


def test_nothing_new_is_a_good_end(harvest):
    spool = harvest(start=date(2026, 11, 20))

    assert ids(spool) == []
    assert is_complete(spool)
    assert find_newest(spool, "") is None


def test_nothing_is_asked_for_twice(server, harvest):
    harvest()
    harvest()

    assert len(server.requests) == 3


def test_an_expired_token_goes_on_from_the_last_day(server, harvest):
    server.answers = [None, write_error("badResumptionToken")]

    spool = harvest()

    assert set(ids(spool)) == set(ALL)
    assert [asked.get("from") for asked in server.asked] == [
        *("2026-11-01", None),
        *("2026-11-02", None, None),
    ]


def test_midnight_between_two_runs_costs_a_page(server, harvest):
    server.answers = [None, None, failing(404)]
    with pytest.raises(HarvestFailed, match="404"):
        harvest()
    server.midnight()

    spool = harvest()

    assert set(ids(spool)) == set(ALL)
    assert server.asked[4]["from"] == "2026-11-04"
    assert len(ids(spool)) == 6 + 2


def test_pages_in_no_order_begin_anew_when_a_token_expires(server, harvest):
    server.answers = [
        write_page([paper(1, "2026-11-04")], "a"),
        write_page([paper(2, "2026-11-02")], "b"),
        write_error("badResumptionToken"),
    ]

    assert set(ids(harvest())) == set(ALL)
    assert server.asked[3]["from"] == "2026-11-01"


def test_a_harvest_that_failed_goes_on_where_it_was(server, harvest):
    server.answers = [None, failing(403)]
    with pytest.raises(HarvestFailed, match="403"):
        harvest()

    assert ids(harvest()) == ALL
    assert len(server.requests) == 4


def test_there_are_three_seconds_between_requests(harvest, waits):
    harvest(pause_s=None)

    assert len(waits) == 2
    assert all(2.5 < pause <= 3 for pause in waits)


def test_the_client_says_who_it_is(server, harvest):
    harvest()
    assert set(server.agents) == {"test"}


@pytest.mark.parametrize(
    ("asked", "pause"), [("7", 7), ("", 0), ("nonsense", 0), ("-5", 0), ("Mon, 99 Foo", 0)]
)
def test_retry_after_is_kept_to(server, harvest, waits, asked, pause):
    server.answers = [failing(503, Retry_After=asked), failing(429, Retry_After=asked)]

    assert ids(harvest()) == ALL
    assert max(waits) == pause


def test_retry_after_may_be_a_date(server, harvest, waits):
    moment = now() + timedelta(seconds=90)
    server.answers = [failing(503, Retry_After=http_date(moment))]

    assert ids(harvest()) == ALL
    assert 60 < max(waits) <= 90


def test_a_date_that_is_over_asks_for_no_pause(server, harvest, waits):
    server.answers = [failing(503, Retry_After=http_date(now() - timedelta(days=1)))]

    assert ids(harvest()) == ALL
    assert max(waits) == 0


@pytest.mark.parametrize("asked", ["86400", "9" * 400])
def test_who_asks_for_very_long_is_left_alone(server, harvest, waits, asked):
    server.answers = [failing(503, Retry_After=asked)]

    with pytest.raises(HarvestFailed, match="asks to wait"):
        harvest()
    assert waits == []


def test_pauses_between_attempts_grow(server, harvest, waits):
    server.answers = [failing(500)] * clients.ATTEMPTS
    with pytest.raises(HarvestFailed, match="status 500, 5 times in a row"):
        harvest(pause_s=None)

    long = [pause for pause in waits if pause > 3]
    assert long == [9, 27, 81, 243]


WHOLE = write_page([paper(1)], "")


def html(words):
    return f"<!DOCTYPE html><html><body>{words}</body></html>".encode()


def without(text, start, end):
    """Cut a part out of a whole page."""
    page = WHOLE.decode()
    return page.replace(page[page.index(start) : page.index(end)], text).encode()


def cut(handler):
    """Promise a whole answer, and close after half of it."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(WHOLE)))
    handler.end_headers()
    handler.wfile.write(WHOLE[: len(WHOLE) // 2])


def cut_behind_the_end(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(WHOLE) + 1))
    handler.end_headers()
    handler.wfile.write(WHOLE)


def cut_in_chunks(handler):
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"ffff\r\n" + WHOLE)


def reset(handler):
    once = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, once)
    handler.connection.close()
    handler.wfile.close = handler.wfile.flush = lambda: None


def nothing(_):
    """Close without a word."""


def gibberish(handler):
    handler.wfile.write(b"\x00\x01 what?\r\n\r\n")


def packed(handler):
    handler.send(WHOLE, Content_Encoding="gzip")


BOMB = '<!DOCTYPE OAI-PMH [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
RECORD = write_record(paper(1))

PASSING = {
    "no xml": b"not xml at all",
    "empty": b" ",
    "half a page": WHOLE[: len(WHOLE) // 2],
    "no last tag": WHOLE.replace(b"</OAI-PMH>", b""),
    "two documents": WHOLE + WHOLE,
    "html, status 200": html("Back soon"),
    "small html": b"<html><body><p>Back soon</p></body></html>",
    "another xml": b"<rss version='2.0'><channel/></rss>",
    "json": b'{"error": "busy"}',
    "no records": f"{HEAD}{FOOT}".encode(),
    "another verb": f"{HEAD}<Identify><baseURL>x</baseURL></Identify>{FOOT}".encode(),
    "token without records": write_page([], "more"),
    "not utf-8": WHOLE.replace(b"Ada", b"\xff\xfe"),
    "utf-16": WHOLE.decode().encode("utf-16"),
    "entities": WHOLE.replace(b"<OAI-PMH", BOMB.encode() + b"<OAI-PMH", 1),
    "entity of a file": WHOLE.replace(
        b"<OAI-PMH", b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><OAI-PMH', 1
    ),
    "unknown entity": WHOLE.replace(b"Harvested", b"&eacute;"),
    "no datestamp": without("", "<datestamp>", "<setSpec>"),
    "bad datestamp": WHOLE.replace(b"2026-11-02</datestamp>", b"02.11.26</datestamp>"),
    "no identifier": without("", "<identifier>", "<datestamp>"),
    "no metadata": without("", "<metadata>", "</record>"),
    "another format": WHOLE.replace(b"arXivRaw", b"oai_dc"),
    "record in a record": WHOLE.replace(b"<header>", b"<record><header>"),
    "cut": cut,
    "cut behind the end": cut_behind_the_end,
    "cut in chunks": cut_in_chunks,
    "reset": reset,
    "nothing": nothing,
    "gibberish": gibberish,
    "packed unasked": packed,
    "408": failing(408),
    "500": failing(500),
    "502": failing(502),
    "503": failing(503),
    "504": failing(504),
    "429": failing(429),
}
LASTING = {
    "400": (failing(400), "status 400"),
    "403": (failing(403), "status 403"),
    "404": (failing(404), "status 404"),
    "410": (failing(410), "status 410"),
    "301": (failing(301, Location="http://127.0.0.1:1/x"), "moved to http://127.0.0.1:1/x"),
    "302 to a file": (failing(302, Location="file:///etc/passwd"), "has moved"),
    "308": (failing(308), "moved to nowhere"),
    "304": (failing(304), "has moved"),
    "badArgument": (write_error("badArgument", "start date too early"), "too early"),
    "badVerb": (write_error("badVerb"), "badVerb"),
    "no such format": (write_error("cannotDisseminateFormat"), "cannotDissem"),
    "no sets": (write_error("noSetHierarchy"), "noSetHierarchy"),
    "no code": (write_error("", "\x1b[2J"[1:] * 999), "2J"),
    "bad token at once": (write_error("badResumptionToken"), "badResumptionToken"),
}


@pytest.mark.parametrize("kind", PASSING)
def test_what_is_broken_once_is_asked_for_again(server, harvest, kind):
    server.answers = [None, PASSING[kind]]

    assert ids(harvest()) == ALL
    assert len(server.requests) == 4


@pytest.mark.parametrize("kind", PASSING)
def test_what_stays_broken_ends_in_a_clear_error_and_keeps_the_pages(server, harvest, kind):
    server.answers = [None, *[PASSING[kind]] * clients.ATTEMPTS]

    with pytest.raises(HarvestFailed, match="5 times in a row") as caught:
        harvest()
    assert str(caught.value).isprintable()
    assert len(server.requests) == 1 + clients.ATTEMPTS
    assert ids(harvest()) == ALL


@pytest.mark.parametrize("kind", LASTING)
def test_what_no_second_attempt_helps_is_an_error_at_once(server, harvest, kind):
    answer, words = LASTING[kind]
    server.answers = [answer]

    with pytest.raises(HarvestFailed, match=words) as caught:
        harvest()
    assert str(caught.value).isprintable()
    assert len(server.requests) == 1
    assert ids(harvest()) == ALL


def test_a_huge_page_is_not_read(harvest, monkeypatch):
    monkeypatch.setattr(clients, "MAX_PAGE", 500)

    with pytest.raises(HarvestFailed, match="more than 500 bytes"):
        harvest()


def circle(tokens):
    """Pages that differ, with tokens that do not end."""
    return [write_page([paper(n)], t) for n, t in enumerate(tokens, start=1)]


@pytest.mark.parametrize("tokens", ["aa", "aba", "abca", "abcdc"])
def test_a_token_that_loops_ends_the_harvest(server, harvest, tokens):
    server.answers = circle(tokens)

    with pytest.raises(HarvestFailed, match="a token came twice"):
        harvest()
    assert len(server.requests) == len(tokens)


def test_a_server_that_repeats_a_page_ends_the_harvest(server, harvest):
    server.answers = [write_page([paper(1)], token) for token in "abcdef"]

    with pytest.raises(HarvestFailed, match="a page came twice"):
        harvest()
    assert len(server.requests) == 2


def test_a_server_that_takes_none_of_its_tokens_ends_the_harvest(server, harvest):
    bad = write_error("badResumptionToken")
    first = [write_page([paper(n, "2026-11-01")], "t") for n in (1, 2, 3)]
    server.answers = [first[0], bad, first[1], bad, first[2], bad]

    with pytest.raises(HarvestFailed, match="gets no further"):
        harvest()
    assert len(server.requests) <= 6


def test_a_server_that_never_ends_is_left(server, harvest, monkeypatch):
    monkeypatch.setattr("index.sources.oai.fetching.MOST_PAGES", 5)
    server.answers = circle("abcdefghij")

    with pytest.raises(HarvestFailed, match="does not end"):
        harvest()


def test_characters_that_xml_forbids_are_dropped(server, harvest):
    page = write_page([paper(1)]).replace(b"Harvested", b"Har\x0bvest&#11;&#x1F;ed")
    server.answers = [page]

    (line,) = harvest().read()
    assert orjson.loads(line)["title"] == "Harvested paper 1"


@pytest.mark.parametrize("url", ["ftp://x/oai", "file:///etc/passwd", "oai", "http://", ""])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(HarvestFailed, match="no address"):
        OaiClient(url, agent="test")


def test_nobody_there_is_a_clear_error(waits):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/oai"
        client = OaiClient(url, agent="test", pause_s=0, wait=waits.append)
        with pytest.raises(HarvestFailed, match="no answer"):
            client.list_records(START, "")


def test_a_record_has_the_fields_of_a_dump():
    one = paper(
        7,
        comments="9 pages",
        report_no="CERN-1",
        journal_ref="Phys. Rev. D 1 (2026) 2",
        doi="10.1000/7",
        license="http://creativecommons.org/licenses/by/4.0/",
        versions=[
            ("v1", "Mon, 02 Nov 2026 17:00:00 GMT", "D"),
            ("v2", "Tue, 03 Nov 2026 18:30:00 GMT", "I"),
        ],
    )
    page = read_page(write_page([one]))

    (record,) = page.records
    read = read_record(orjson.dumps(record))
    assert record["update_date"] == "2026-11-02"
    assert (read.id, read.title) == ("2611.00007", "Harvested paper 7")
    assert read.abstract == "We harvest paper 7 & see $x<y$."
    assert [author.name for author in read.authors] == ["Ada Lovelace", "René Thom"]
    assert read.categories == ("cs.LG", "math.AT")
    assert (read.comments, read.report_no) == ("9 pages", "CERN-1")
    assert (read.journal_ref, read.doi) == ("Phys. Rev. D 1 (2026) 2", "10.1000/7")
    assert read.license == "http://creativecommons.org/licenses/by/4.0/"
    assert read.submitter == "Ada Lovelace"
    assert [v.created for v in read.versions] == [
        "2026-11-02T17:00:00Z",
        "2026-11-03T18:30:00Z",
    ]
    assert (read.submitted, read.updated) == (date(2026, 11, 2), date(2026, 11, 3))
    assert read.withdrawn


def test_a_deleted_record_is_said_to_be():
    page = read_page(write_page([paper(1, deleted=True)]))

    assert page.records == [
        {"id": "2611.00001", "update_date": "2026-11-02", "deleted": True}
    ]


def test_a_refusal_has_its_code():
    with pytest.raises(Refusal, match="too early") as caught:
        read_page(write_error("badArgument", "too early"))
    assert caught.value.code == "badArgument"


def test_a_page_of_tags_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("index.sources.oai.page._MOST", 1_000)
    with pytest.raises(BadPage, match="more than 1,000 tags"):
        read_page(f"{HEAD}<ListRecords>{'<a/>' * 1_000}</ListRecords>{FOOT}".encode())


def test_a_deep_page_is_read_or_refused():
    with pytest.raises(BadPage):
        read_page(f"{HEAD}{'<a>' * 50_000}{'</a>' * 50_000}{FOOT}".encode())


DAMAGE = {
    "cut": lambda content: content[: len(content) // 2],
    "empty": lambda _: b"",
    "a byte": lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
    "text": lambda _: b"{}",
}


@pytest.mark.parametrize("kind", DAMAGE)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_damaged_page_and_those_after_it_are_fetched_again(
    server, harvest, tmp_path, kind, number
):
    harvest()
    path = tmp_path / "pages" / f"{number:05}.gz"
    path.write_bytes(DAMAGE[kind](path.read_bytes()))

    assert ids(harvest()) == ALL
    assert len(server.requests) == 3 + (4 - number)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"url": 1, "starts": 3}'])
def test_a_damaged_plan_begins_anew(server, harvest, tmp_path, content):
    harvest()
    (tmp_path / "pages" / "plan.json").write_bytes(content)

    assert ids(harvest()) == ALL
    assert len(server.requests) == 6


def test_a_page_that_is_missing_ends_the_spool(server, harvest, tmp_path):
    harvest()
    (tmp_path / "pages" / "00002.gz").unlink()

    assert ids(harvest()) == ALL
    assert len(server.requests) == 5


@pytest.mark.parametrize(
    "name", ["arxiv-browse-records.jsonl", "kaggle-format-sample.jsonl"]
)
def test_real_records_are_the_same_papers_as_in_a_dump(real_data, server, harvest, name):
    records = [orjson.loads(line) for line in real_data(name).read_bytes().splitlines()]
    whole = [
        {k: v for k, v in record.items() if k != "authors_parsed"}
        | {"update_date": max(record.get("update_date") or "", "2005-09-16")}
        for record in records
        if record.get("versions") and record.get("title")
    ]
    server.papers, server.page = [from_dump(record) for record in whole], 250

    fetched = {paper.id: paper for paper in map(read_record, harvest(EARLIEST).read())}

    wanted = {paper.id: paper for paper in (read_record(orjson.dumps(r)) for r in whole)}
    assert len(wanted) > 40
    assert fetched == wanted


def test_a_page_that_trickles_is_given_up(server, harvest, monkeypatch):
    monkeypatch.setattr(clients, "_PAGE_S", -1.0)

    with pytest.raises(HarvestFailed, match="takes longer"):
        harvest()
    assert len(server.requests) == clients.ATTEMPTS


def test_a_day_that_is_yet_to_come_leaves_nothing_out(server, harvest):
    """A datestamp of 2062, and a token that expires: the rest comes all the same."""
    ahead = paper(9, "2062-07-02")
    server.answers = [write_page([ahead, paper(1, "2026-11-02")], "of yesterday")]

    spool = harvest()

    assert set(ids(spool)) == {ahead["id"], *ALL}
    assert find_newest(spool, "") == date(2026, 11, 4)
    assert all(one.get("from", "") < "2027" for one in server.asked)


@pytest.mark.parametrize(
    "reference",
    "&#xD800; &#xdfff; &#xFFFE; &#65535; &#55296; &#x110000; &#0; &#x00; "
    "&#999999999999999999999999999999; &#xffffffffffffffffffffffffffffff;".split(),
)
def test_a_reference_to_no_character_is_dropped(server, harvest, reference):
    page = write_page([paper(1, title="A TITLE")]).replace(
        b"A TITLE", b"B%sC &#233;&#x4e2d;"
    )
    server.answers = [page.replace(b"%s", reference.encode())]

    (line,) = harvest().read()

    assert orjson.loads(line)["title"] == "BC é中"


@pytest.mark.parametrize(
    "place", ["http://[::1/x", "//[bad", "é", "", "file:///etc/passwd"]
)
def test_a_redirect_to_anywhere_is_a_clear_error(server, harvest, place):
    def move(handler):
        handler.send_response(302)
        handler.send_header("Location", place)
        handler.end_headers()

    server.answers = [move]
    with pytest.raises(HarvestFailed, match="has moved to"):
        harvest()


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1",
        "http://127.0.0.1:1/é",
        "http://ex..ample/oai",
        f"http://{'a' * 70}.org/",
        "http://127.0.0.1:99999/",
        "http://host:port/",
        "http://127.0.0.1/\n",
    ],
)
def test_an_address_that_no_request_can_have_is_refused(url):
    with pytest.raises(HarvestFailed, match="no address of a server"):
        OaiClient(url, agent="test")


@pytest.mark.parametrize(
    ("begun", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nX: ", b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["a body", "a header", "further answers"],
)
def test_what_drips_for_ever_is_given_up(waits, monkeypatch, begun, piece):
    monkeypatch.setattr(clients, "_PAGE_S", 0.3)
    monkeypatch.setattr(clients, "ATTEMPTS", 1)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        dripping = threading.Thread(target=_drip, args=(listening, begun, piece))
        dripping.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/oai"
        client = OaiClient(url, agent="test", pause_s=0, wait=waits.append)
        with pytest.raises(HarvestFailed, match=r"cut off|takes longer"):
            client.list_records(START, "")
        dripping.join(timeout=10)
    assert not dripping.is_alive(), "the connection was ended"


def _drip(listening, begun, piece):
    """Send a piece again and again, until nobody takes it any more."""
    connection, _ = listening.accept()
    with connection, suppress(OSError):
        connection.recv(1 << 16)
        connection.sendall(begun)
        while True:
            connection.sendall(piece)
            time.sleep(0.02)
