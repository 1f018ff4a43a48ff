"""How every page looks and is used: any width, light and dark, by keyboard, by all."""

import json
from pathlib import Path

import pytest

from tests.browser.conftest import PAGES, ROOT, WIDTHS

SCREENSHOTS = Path(__file__).parent / "screenshots"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def settle(page, name):
    """Wait until a page has drawn all that it will draw."""
    if name == "api":
        page.locator(".opblock").first.wait_for()
    page.evaluate("document.fonts.ready.then(() => true)")


def test_a_page_never_scrolls_sideways(page, name):
    page.goto(PAGES[name])
    settle(page, name)
    for width in (320, 390, 768, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5)
                .filter((e) => !e.closest("pre, .microlight, .highlight-code"))
                .map((e) => e.outerHTML.slice(0, 120))"""
        )
        scrolled = page.evaluate("document.documentElement.scrollWidth")
        assert scrolled <= width, f"at {width}: {wide[:3]}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_its_portrait_taken(open_context, name, scheme):
    SCREENSHOTS.mkdir(exist_ok=True)
    page = open_context(color_scheme=scheme).new_page()
    page.goto(PAGES[name])
    settle(page, name)
    for width_name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        path = SCREENSHOTS / f"{name}-{width_name}-{scheme}.png"
        page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 5_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_keeps_anyone_from_reading(open_context, name, scheme):
    page = open_context(color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(PAGES[name])
    settle(page, name)
    page.add_script_tag(path=AXE)
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        grave = [
            (v["id"], [n["html"][:150] for n in v["nodes"][:3]])
            for v in result["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert grave == [], json.dumps(grave, indent=1)


def background(page):
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    if colour == "rgba(0, 0, 0, 0)":
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return [int(part) for part in colour[4:-1].split(",")]


def test_a_page_is_dark_for_those_who_want_it(page, name):
    page.goto(PAGES[name])
    settle(page, name)
    page.emulate_media(color_scheme="light")
    assert min(background(page)) > 230
    page.emulate_media(color_scheme="dark")
    assert max(background(page)) < 50


def focused(page):
    """What has the keyboard's focus, and how that is shown."""
    return page.evaluate(
        """() => {
          const element = document.activeElement;
          if (element === document.body) return null;
          const box = element.getBoundingClientRect();
          const shown = [element, element.parentElement].some((e) => {
            const style = getComputedStyle(e);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
          });
          const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
          return {name: element.outerHTML.slice(0, 80), shown, inside};
        }"""
    )


@pytest.mark.parametrize("name", ["home", "help", "results", "paper", "missing"])
def test_every_stop_of_the_tab_key_is_seen(page, name):
    page.goto(PAGES[name])
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = focused(page)
        if stop is None:
            break
        assert stop["shown"], stop
        assert stop["inside"], stop
        stops.append(stop["name"])
    assert len(stops) > 5


@pytest.mark.parametrize("name", ["home", "results", "paper", "missing"])
def test_the_first_stop_skips_to_the_content(page, name):
    page.goto(PAGES[name])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    assert skip.evaluate("e => e === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_search_box_is_reached_by_its_label(page):
    page.goto("/")
    assert page.get_by_label("Search papers").is_visible()


def test_targets_on_a_phone_are_large_enough(open_context, name):
    page = open_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(PAGES[name])
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), .button, .pager a")]
            .filter((e) => e.checkVisibility() && !e.closest("#swagger-ui"))
            .filter((e) => e.getBoundingClientRect().height < 24)
            .map((e) => e.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_the_serif_is_our_own(page):
    page.goto("/paper/1706.03762")
    settle(page, "paper")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert any("Source Serif 4" in family for family in loaded)
