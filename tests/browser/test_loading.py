"""What a page asks for at first."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PAGES, Window

MOST_REQUESTS = 15


@pytest.fixture
def page(browser, site):
    """A page in a window of its own, with nothing in its cache."""
    window = Window(browser, site, viewport={"width": 1280, "height": 900})
    yield window.context.new_page()
    window.check()
    window.context.close()


def test_a_cold_listing_asks_for_little(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGES["listing"])
    expect(page.locator(".papers .tex.typeset").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(asked) <= MOST_REQUESTS, asked
