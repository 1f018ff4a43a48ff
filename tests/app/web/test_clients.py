"""Which client a request came from, and how many requests it may send."""

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.clients.address import find_household
from app.web.clients.rates import RateMeter
from app.web.contract import ErrorShape


@pytest.fixture
def now():
    return [1_000.0]


@pytest.fixture
def meter(now):
    """A meter of six requests a minute."""
    return RateMeter(6, clock=lambda: now[0])


@pytest.mark.parametrize(
    ("host", "stands_for"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff::2", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("2001:db8::/64", "2001:db8::/64"),
        ("testclient", "testclient"),
        ("", ""),
        ("x" * 1_000, "x" * 64),
    ],
)
def test_a_client_is_an_address_or_a_household_of_ipv6(host, stands_for):
    assert find_household(host) == stands_for


def test_a_minutes_requests_may_come_at_once_and_then_one_by_one(meter, now):
    assert [meter.admit("a") for _ in range(6)] == [0.0] * 6
    assert meter.admit("a") == pytest.approx(10)
    now[0] += 9
    assert meter.admit("a") == pytest.approx(1)
    now[0] += 1
    assert meter.admit("a") == 0
    assert meter.admit("a") > 0


def test_what_was_refused_does_not_count(meter, now):
    for _ in range(100):
        meter.admit("a")
    now[0] += 60
    assert [meter.admit("a") for _ in range(6)] == [0.0] * 6


def test_clients_do_not_pay_for_each_other(meter):
    for _ in range(7):
        meter.admit("a")
    assert meter.admit("b") == 0


def test_a_meter_forgets_who_has_gone_and_never_keeps_more_than_it_may(meter, now):
    for number in range(60_000):
        meter.admit(str(number))
    assert len(meter) <= 50_000
    now[0] += 120
    meter.admit("a")
    assert len(meter) == 1


def test_a_meter_keeps_no_address(meter):
    meter.admit("192.0.2.1")
    assert "192.0.2.1" not in repr(vars(meter))


@pytest.fixture
def limited(data):
    """An application that answers two requests a minute."""
    app = create_app(Settings(data_dir=data, rate_limit=2))
    with TestClient(app, client=("192.0.2.1", 1)) as client:
        yield client


def test_who_asks_too_much_is_told_when_to_come_back(limited):
    assert [limited.get("/api/search?q=a").status_code for _ in range(2)] == [200, 200]
    refused = limited.get("/api/search?q=a", headers={"Origin": "https://example.org"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 30
    assert refused.headers["cache-control"] == "no-store"
    assert refused.headers["access-control-allow-origin"] == "*"
    assert "default-src 'none'" in refused.headers["content-security-policy"]
    answer = refused.json()
    ErrorShape.model_validate(answer, extra="forbid", strict=True)
    assert answer["error"] == "too_many_requests"


@pytest.mark.parametrize(("language", "words"), [("en", "Too many"), ("zh", "请求")])
def test_people_get_a_page_that_says_so(limited, language, words):
    for _ in range(2):
        limited.get("/")
    refused = limited.get("/", headers={"Accept-Language": language})
    assert refused.status_code == 429
    assert words in refused.text
    assert "<h1" in refused.text


def test_static_files_and_checks_are_exempt(limited):
    page = limited.get("/").text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    for _ in range(5):
        for address in (style, "/healthz", "/readyz"):
            assert limited.get(address).status_code == 200
        assert limited.get("/metrics").status_code == 403  # for another reason
    assert limited.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/healthz/x", "/metricsx", "/robots.txt/", "/static"])
def test_nothing_else_is_exempt(limited, address):
    statuses = [limited.get(address).status_code for _ in range(5)]
    assert statuses[-1] == 429


def test_there_is_no_limit_unless_one_is_set(client):
    assert {client.get("/me").status_code for _ in range(200)} == {200}


@pytest.mark.parametrize("first", ["2001:db8::1", "192.0.2.1"])
def test_stars_and_rates_mean_the_same_client(data, first, tmp_path):
    state = f"sqlite:///{tmp_path}/state.db"
    neighbour = first.replace("::1", "::2")
    app = create_app(Settings(data_dir=data, state_url=state, rate_limit=1))
    with TestClient(app, client=(first, 1)) as client:
        assert client.put("/api/papers/1706.03762/star").json()["counted"]
        client._transport.client = (neighbour, 2)  # noqa: SLF001  another peer
        assert client.put("/api/papers/1706.03762/star").status_code == 429
