"""A real browser, and a real service with the demo and the small dump to look at."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect, sync_playwright

from app.state.connection import Database
from app.summaries.files import read_directory
from app.summaries.store import SummaryStore
from index import Dump, rebuild, update
from tests.app.service import Service, eventually
from tests.browser.sight import close

ROOT = Path(__file__).parent.parent.parent
PAGES = {
    "related": "/related?like=1706.03762",
    "refined": "/related?like=1706.03762,1810.04805&unlike=1406.2661",
    "unasked": "/related",
    "meaning": "/search?q=teaching+machines+to+translate&mode=semantic",
    "both": "/search?q=teaching+machines+to+translate",
    "home": "/",
    "help": "/search",
    "results": "/search?q=the+of&sort=newest&page=2",
    "notices": "/search?q=2105.04321+2302.07001+2302.07002+1706.99999",
    "filtered": "/search?q=the+of&cat=cs,math&year=1990..2024&explain=1",
    "nothing-zh": "/search?q=zzzzzz&lang=zh",
    "paper": "/paper/1706.03762",
    "paper-zh": "/paper/quant-ph/9508027?lang=zh",
    "listing": "/arxiv/cs.LG?date=2017-06",
    "listing-zh": "/arxiv/cs.LG+cs.CL-cs.CV?date=2017-06-12&lang=zh",
    "narrowed": "/arxiv/cs.LG?date=2017-06&include=attention&sort=graphs,transformers",
    "quiet-day": "/arxiv/cs.LG?date=2017-06-11",
    "list": "/arxiv/1706.03762,hep-th/9711200,2101.00001",
    "categories": "/categories",
    "me": "/me",
    "rendering": "/about/rendering",
    "api": "/api/docs",
    "missing": "/nowhere",
}
DESK_FIRST = pytest.mark.parametrize(
    "page", ["desk", pytest.param("phone", marks=pytest.mark.long)], indirect=True
)
"""For what is the same on a phone but for its layout, which tests of looks see."""
expect.set_options(timeout=60_000)  # a busy machine is slow, not wrong
_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
_QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def site(dump_file, tmp_path_factory):
    """The address of a service with the demo and the small dump."""
    directory = tmp_path_factory.mktemp("site")
    data = directory / "data"
    with Dump.open(ROOT / "demo" / "landmarks.jsonl") as dump:
        rebuild(dump, data, encoder="shipped", watch=lambda *_: None)
    with Dump.open(dump_file) as dump:
        update(dump, data, watch=lambda *_: None)
    SummaryStore(Database.beside(data, None)).put(
        read_directory(ROOT / "demo" / "summaries")
    )
    with Service(data, directory / "log") as service:
        health = f"{service.url}/healthz"
        eventually(lambda: b"being opened" not in urlopen(health).read())  # noqa: S310
        yield service.url


@pytest.fixture(scope="session")
def browser():
    """Chromium: that of WINNOW_CHROMIUM, else the one on the PATH."""
    path = os.environ.get("WINNOW_CHROMIUM") or next(
        filter(None, map(shutil.which, _NAMES)), None
    )
    if not path:
        pytest.fail(
            "no Chromium: run `make test`, which installs one, or name one in "
            "WINNOW_CHROMIUM",
            pytrace=False,
        )
    arguments = [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


class Window:
    """A private window, and everything that its pages do and should not."""

    def __init__(self, browser, site, **options):
        """Open it, and listen."""
        self.context = browser.new_context(base_url=site, **options)
        self.context.set_default_timeout(60_000)
        self._host = urlsplit(site).netloc
        self.wrongs = []
        self.context.on("console", self._console)
        self.context.on("weberror", lambda e: self.wrongs.append(f"threw {e.error}"))
        self.context.on("request", self._request)
        self.context.on("response", self._response)

    def check(self):
        """Fail if a page did what it should not."""
        assert self.wrongs == []
        assert self.context.cookies() == []

    def _console(self, message):
        is_status = "the server responded with a status of" in message.text
        if message.type in ("error", "warning") and not is_status:
            self.wrongs.append(f"console: {message.text}")

    def _request(self, request):
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self._host:
            self.wrongs.append(f"asked {request.url}")

    def _response(self, response):
        if response.status >= 400 and response.request.resource_type != "document":
            self.wrongs.append(f"{response.status} for {response.url}")


@pytest.fixture(scope="session")
def open_window(browser, site):
    """Open a private window for several tests."""
    opened = []

    def open_one(**options):
        opened.append(Window(browser, site, **options))
        return opened[-1]

    yield open_one
    for window in opened:
        window.context.close()


@pytest.fixture(scope="session")
def window(open_window):
    """A private window as most readers have it."""
    return open_window()


@pytest.fixture
def page(window):
    """A new page of that window, watched until the test ends."""
    opened = window.context.new_page()
    yield opened
    close(opened)
    window.check()


@pytest.fixture
def own_window(browser, site):
    """A window whose memory no other test has; its pages may copy, and leave for arXiv."""
    window = Window(
        browser,
        site,
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    window.context.route("https://arxiv.org/**", lambda route: route.fulfill(body=""))
    yield window
    window.context.close()


@pytest.fixture(
    params=[(1280, 900), pytest.param((390, 844), marks=pytest.mark.long)],
    ids=["desk", "phone"],
)
def sized_window(request, browser, site):
    """A window of each size, whose memory no other test has, watched to its end."""
    width, height = request.param
    size = {"width": width, "height": height}
    window = Window(browser, site, viewport=size, reduced_motion="reduce")
    yield window
    window.check()
    window.context.close()
