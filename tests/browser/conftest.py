"""A real browser, and a real service with the demo and the small dump to look at."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from index import Dump, rebuild, update
from tests.app.service import Service

ROOT = Path(__file__).parent.parent.parent
PAGES = {
    "home": "/",
    "home-zh": "/?lang=zh",
    "help": "/search",
    "results": "/search?q=quantum",
    "results-page-2": "/search?q=the+of&sort=newest&page=2",
    "results-zh": "/search?q=quantum+zzzzzz&lang=zh",
    "notices": "/search?q=1706.03762+2105.04321+1706.99999",
    "odd": "/search?q=2302.07001+2302.07002+2010.10010",
    "nothing": "/search?q=zzzzzz",
    "paper": "/paper/1706.03762",
    "paper-old": "/paper/hep-th/9711200",
    "paper-authors": "/paper/2105.04321",
    "api": "/api/docs",
    "missing": "/nowhere",
}
WIDTHS = {"phone": 390, "desk": 1280}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="package")
def site(dump_file, tmp_path_factory):
    """The address of a service with the demo and the small dump."""
    directory = tmp_path_factory.mktemp("site")
    for build, dump in (
        (rebuild, ROOT / "demo" / "landmarks.jsonl"),
        (update, dump_file),
    ):
        with Dump.open(dump) as opened:
            build(opened, directory / "data", watch=lambda *_: None)
    with Service(directory / "data", directory / "log") as service:
        yield service.url


@pytest.fixture(scope="package")
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


class Watch:
    """Everything that a page does and should not."""

    def __init__(self, context, site):
        """Listen to a context."""
        self._host = urlsplit(site).netloc
        self.wrongs = []
        context.on("console", self._console)
        context.on("weberror", lambda e: self.wrongs.append(f"threw {e.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

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


@pytest.fixture
def open_context(browser, site):
    """Open a private window that is watched until the test ends."""
    opened = []

    def make(**options):
        context = browser.new_context(base_url=site, **options)
        context.set_default_timeout(15_000)
        opened.append((context, Watch(context, site)))
        return context

    yield make
    for context, watch in opened:
        cookies = context.cookies()
        context.close()
        assert watch.wrongs == []
        assert cookies == []


@pytest.fixture
def page(open_context):
    """A page of a private window."""
    return open_context(viewport={"width": 1280, "height": 900}).new_page()


@pytest.fixture(params=PAGES)
def name(request):
    """The name of each page in turn."""
    return request.param
