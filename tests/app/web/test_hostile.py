"""Whatever is asked, the answer is never a failure of ours."""

import base64
import json
from functools import partial
from urllib.parse import unquote

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.web.contract import ErrorShape
from tests.app.markup import Markup

BYTES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(partial(str.encode, errors="surrogatepass")),
    st.lists(
        st.sampled_from(
            [
                *(b'"', b"(", b")", b"-", b"|", b" OR ", b" AND ", b" NOT ", b":", b"*"),
                *(b"ti:", b"au:", b"cat:", b"id:", b"abs:", b"all:", b"foo:", b"cs.*"),
                *(b"lattice", b"1706.03762", b"hep-th/9711200", b"v2", b"\\", b"$", b"^"),
                *(
                    b"%",
                    b"%%",
                    b"%zz",
                    b"%00",
                    b"%ff",
                    b"%ed%a0%80",
                    b"+",
                    b"&",
                    b"=",
                    b"#",
                ),
                *(b"\x00", b"\r\n", b"\x1b[31m", b"\xff", b"\x7f", b"~", b"/", b"..", b"?"),
                *("👩‍🔬".encode(), "שלום".encode(), "\u202e".encode(), "ﷺ".encode()),
            ]
        ),
        max_size=25,
    ).map(b"".join),
)
"""Bytes as a client may send them after %-encoding, or without."""

LONG = st.sampled_from(
    [b"a", b"a ", b"(", b'"', b"-", b"a:", b"\xf0\x9f\x98\x80", b"%", b"a OR ", b"NOT "]
).map(lambda piece: (piece * 10_000)[:10_000])


def encoded(text):
    return "".join(f"%{byte:02x}" for byte in text).encode()


def bare(text):
    """Leave out what a server refuses in an address that is not %-encoded."""
    return bytes(byte for byte in text if 0x20 < byte < 0x7F)


@pytest.fixture(scope="module")
def ask(client):
    """Send an address to the application as a server would hand it over."""

    def get(path, query=b""):
        return client.portal.call(partial(_get, client, path, query))

    return get


async def _get(client, path, query):
    messages = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": dict(client.app_state),
    }

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        messages.append(message)

    await client.app(scope, receive, send)
    body = b"".join(m.get("body", b"") for m in messages[1:])
    return messages[0]["status"], dict(messages[0]["headers"]), body


def check(answer, allowed):
    status, headers, body = answer
    assert status in allowed, body[:300]
    if headers.get(b"content-type", b"").startswith(b"text/html"):
        Markup(body.decode())
    elif status >= 400:
        ErrorShape.model_validate_json(body)
    for value in headers.values():
        assert b"\r" not in value
        assert b"\n" not in value


@given(BYTES | LONG, st.booleans())
@example(b"\xed\xa0\x80", True)
@example(b"x" * 10_000, True)
def test_any_query_gets_a_page(ask, text, is_encoded):
    query = b"q=" + (encoded(text) if is_encoded else bare(text))
    check(ask(b"/search", query), {200, 303, 400})


@given(BYTES | LONG, st.booleans())
def test_any_query_gets_an_answer(ask, text, is_encoded):
    query = b"q=" + (encoded(text) if is_encoded else bare(text))
    check(ask(b"/api/search", query), {200, 400})


@given(BYTES, BYTES)
@settings(max_examples=35)
def test_any_query_string_gets_a_page_or_an_answer(ask, first, second):
    query = bare(first) + b"=" + bare(second)
    for path in (b"/", b"/search", b"/paper/1706.03762", b"/api/docs"):
        check(ask(path, query), {200, 303, 400})
    for path in (b"/api/search", b"/api/papers/1706.03762", b"/api/categories"):
        check(ask(path, query), {200, 400})


@given(BYTES | LONG)
def test_any_id_gets_a_page_or_a_404(ask, text):
    check(ask(b"/paper/" + encoded(text)), {200, 301, 404})


@given(BYTES | LONG)
def test_any_id_gets_an_answer_or_a_404(ask, text):
    check(ask(b"/api/papers/" + encoded(text)), {200, 404})


@given(BYTES)
@settings(max_examples=35)
def test_any_path_gets_an_answer(ask, text):
    for folder in (b"/", b"/api/", b"/static/", b"/static/x/"):
        check(ask(folder + encoded(text)), {200, 301, 303, 404})


@given(
    st.sampled_from([b"sort", b"page", b"limit", b"offset", b"fields", b"mode", b"lang"]),
    BYTES,
)
def test_any_value_of_any_parameter_is_read_or_refused(ask, name, text):
    query = b"q=lattice&" + name + b"=" + encoded(text)
    check(ask(b"/search", query), {200, 303, 400})
    check(ask(b"/api/search", query), {200, 400})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
@settings(max_examples=35)
def test_any_json_can_be_sent_as_a_batch(client, body):
    for sent in (body, {"ids": body}, {"ids": [body]}):
        try:
            response = client.post("/api/papers/batch", json=sent)
        except ValueError:  # not a number that JSON has
            continue
        assert response.status_code in (200, 400)
        if response.status_code == 400:
            ErrorShape.model_validate(response.json())


@pytest.mark.parametrize("name", ["Accept-Language", "If-None-Match", "Accept", "Cookie"])
@pytest.mark.parametrize("value", [b"\xff", b',;="', b"x" * 20_000, b"\x80;q=\x81"])
def test_any_header_is_survived(client, name, value):
    for address in ("/", "/api/search?q=lattice", "/static/x/css/page.css"):
        assert client.get(address, headers={name: value}).status_code == 200


_CODES = [
    b"cs.LG",
    b"cs",
    b"hep-th",
    b"+",
    b"-",
    b",",
    b" ",
    b"math.GT",
    b"%2b",
    b"/",
    b"1706.03762",
]
EXPRESSIONS = st.lists(st.sampled_from(_CODES), max_size=12).map(b"".join)


@given(BYTES | LONG | EXPRESSIONS)
@example(b"cs.LG" + b"+cs.LG" * 1_000)
@example(b"/evil.example/")
def test_anything_gets_a_listing_or_is_refused(ask, text):
    check(ask(b"/arxiv/" + encoded(text)), {200, 303, 404})
    check(ask(b"/api/listings/" + encoded(text)), {200, 400, 404})
    check(ask(b"/api/listings/" + encoded(text) + b"/days"), {200, 400, 404})
    status, headers, _ = ask(b"/arxiv", b"include=" + encoded(text))
    assert status in (303, 400)
    assert not headers.get(b"location", b"/").startswith((b"//", b"http"))


@given(
    st.sampled_from(
        "date sort like include exclude match show skip order keywords limit offset "
        "cursor fields lang query".split()
    ),
    BYTES
    | LONG
    | st.dates().map(lambda day: str(day).encode())
    | st.integers().map(lambda n: str(n).encode()),
)
def test_any_value_of_a_listings_parameter_is_read_or_refused(ask, name, text):
    query = name.encode() + b"=" + encoded(text)
    check(ask(b"/arxiv/cs.CL", query), {200, 303, 400})
    check(ask(b"/arxiv/search", query), {303, 400})
    check(ask(b"/api/listings/cs.CL", query), {200, 400})
    check(ask(b"/api/listings/cs.CL/days", query), {200, 400})


@given(BYTES | LONG, st.sampled_from([b"bibtex", b"ris", b"csl", b"markdown", b"x"]))
def test_any_ids_are_exported_or_refused(ask, text, wanted):
    query = b"ids=1706.03762," + encoded(text) + b"&format=" + wanted
    status, headers, _ = ask(b"/api/export", query)
    assert status in (200, 400)
    assert all(b"\r" not in v and b"\n" not in v for v in headers.values())


@given(BYTES | LONG)
@settings(max_examples=40)
def test_anything_can_be_starred_or_not(client, text):
    path = encoded(text).decode()
    for method in ("PUT", "DELETE"):
        response = client.request(method, f"/api/papers/{path}/star")
        assert response.status_code in (200, 404)


@pytest.mark.parametrize("name", ["path", "request", "language", "self", "params"])
@pytest.mark.parametrize("page", ["/me", "/arxiv/cs.CL", "/search", "/categories", "/no"])
def test_any_name_of_a_parameter_gets_a_page(client, page, name):
    assert client.get(f"{page}?{name}=1").status_code in (200, 404)


def test_a_cursor_behind_everything_is_survived(client):
    cursor = f"2017-06-01_1706.03762_{10**30}"
    assert client.get(f"/api/listings/cs?cursor={cursor}").status_code == 200


SEARCHES = ("/api/search?q=lattice&limit=1", "/api/search?q=lattice&limit=1&sort=newest")
ODD = (
    *(-1, 0, 1.5, 1e300, True, None, "x", [], {}, ["1999-01-01"], [[[]]]),
    *(1 << 31, 1 << 32, 1 << 39, 1 << 40, (1 << 63) - 1, 1 << 63, -(1 << 63)),
)


@pytest.mark.parametrize("search", SEARCHES)
def test_no_forged_cursor_of_a_search_is_followed(client, search):
    token = client.get(search).json()["meta"]["next_cursor"]
    parts = orjson.loads(base64.urlsafe_b64decode(token + "=="))
    places = [[day, key] for day in ("1999-01-01", "0001-01-01", 7, None) for key in ODD]
    forged = [[*parts[:2], odd, parts[3]] for odd in ODD]
    forged += [[*parts[:3], place] for place in (*ODD[:-1], *places) if place is not None]
    forged += [[odd, *parts[1:]] for odd in ODD] + [
        [parts[0], odd, *parts[2:]] for odd in ODD
    ]
    forged += [parts[:n] for n in range(4)] + [[*parts, 1], {}, None, 1]

    for body in forged:
        written = base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")
        answer = client.get(f"{search}&cursor={written}")
        assert answer.status_code == 400, body
        assert answer.json()["param"] == "cursor"


@given(
    st.sampled_from(["0001-01-01", "2017-06-12", "9999-12-31", "2017-6-1", "x", ""]),
    st.sampled_from(["1706.03762", "9999.99999", "x", "", "_", "1_2", "%00", "a" * 90]),
    st.sampled_from(["", "_1", "_-1", "_1.5", f"_{1 << 39}", f"_{1 << 70}", "_x", "_1_1"]),
)
@example("2017-06-12", "1706.03762", f"_{1 << 39}")
def test_any_cursor_of_a_listing_gets_true_numbers(client, day, paper_id, before):
    path = "/api/listings/cs.CL?date=2017-06&limit=1"
    answer = client.get(f"{path}&cursor={day}_{paper_id}{before}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        total = client.get(path).json()["total"]
        assert answer.json()["total"] == total
        assert 0 <= answer.json()["offset"] <= total


HUGE = [*(str(1 << n) for n in (15, 31, 32, 39, 63, 64, 200)), "9" * 5_000, "1e9", "-1"]


@pytest.mark.parametrize(
    "address",
    [
        *(f"/api/search?q=paper&{name}=" for name in ("limit", "offset")),
        *(f"/api/listings/cs.CL?date=2017-06&fields=id&{n}=" for n in ("limit", "offset")),
        *(f"/arxiv/cs.CL?date=2017-06&{name}=" for name in ("show", "skip")),
        *("/search?q=paper&page=", "/api/suggest?q=pap&limit=", "/arxiv/search?skip="),
        *("/api/papers/1706.03762/related?limit=", "/arxiv/1706.03762?skip="),
    ],
)
def test_a_number_of_any_size_is_refused_or_cut_to_what_there_is(client, address):
    for number in HUGE:
        assert client.get(f"{address}{number}").status_code in (200, 303, 400), number
