"""How every page looks and is used: any width, light and dark, by keyboard, by all."""

from pathlib import Path

import pytest

from tests.browser.conftest import PAGES
from tests.browser.sight import COLOURS, PLACES, barriers, close, settle

SCREENSHOTS = Path(__file__).parent / "screenshots"
WIDTHS = {"phone": 390, "desk": 1280}
SCHEMES = ["light", "dark"]
LIKE_OTHERS = {
    "refined",
    "meaning",
    "both",
    "results",
    "narrowed",
    "list",
    "paper-zh",
    "nothing-zh",
    "quiet-day",
    "unasked",
}
"""Pages with the same parts as others; `make long` looks at them, too."""
VISIBLE = "[...document.querySelectorAll('body *')].filter((e) => e.checkVisibility())"


@pytest.fixture(scope="module")
def still(open_window):
    """A window without motion: no colour is caught on its way to another."""
    return open_window(reduced_motion="reduce")


def some(pages):
    """Return one page of each kind, and the others for `make long`."""
    return [
        pytest.param(name, marks=pytest.mark.long if name in LIKE_OTHERS else ())
        for name in pages
    ]


@pytest.fixture(scope="module", params=some(PAGES))
def drawn(request, still):
    """Each page in turn, with all that it will draw."""
    page = still.context.new_page()
    page.goto(PAGES[request.param])
    if request.param == "api":
        page.locator(".opblock").first.wait_for()
    page.name, page.look = request.param, None
    look(page, WIDTHS["desk"], "light")
    page.evaluate(f"() => {{ window.wide = new WeakSet({VISIBLE}) }}")
    yield page
    close(page)


@pytest.fixture
def sight(drawn, still):
    """Each page in turn, watched until the test ends."""
    yield drawn
    still.check()


def look(page, width, scheme):
    """Give a page a width and a colour scheme, and let it draw itself.

    That takes long: the tests stand in an order in which pages change seldom.
    """
    if page.look == (width, scheme):
        return
    page.look = width, scheme
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    settle(page)


def test_a_page_is_dark_for_those_who_want_it(sight):
    look(sight, 1280, "light")
    assert min(background(sight)) > 230
    look(sight, 1280, "dark")
    assert max(background(sight)) < 50


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        ("desk", "light"),
        ("desk", "dark"),
        ("phone", "light"),
        pytest.param("phone", "dark", marks=pytest.mark.long),
    ],
)
def test_a_page_keeps_nobody_from_reading(sight, width, scheme):
    look(sight, WIDTHS[width], scheme)
    assert grave(sight, width, scheme) == []


def test_what_a_finger_must_hit_is_large_enough(sight):
    look(sight, WIDTHS["phone"], "light")
    small = sight.evaluate(
        """() => [...document.querySelectorAll("button, input, .button, .pager a")]
            .filter((e) => e.checkVisibility() && !e.closest("#swagger-ui"))
            .filter((e) => e.getBoundingClientRect().height < 24)
            .map((e) => e.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize(
    "width",
    [320, *(pytest.param(w, marks=pytest.mark.long) for w in (390, 768, 1280, 2560))],
)
def test_a_page_never_scrolls_sideways(sight, width):
    look(sight, width, "light")
    needed, beyond = sight.evaluate(
        """() => [
            document.documentElement.scrollWidth,
            [...document.querySelectorAll("body *")]
                .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5)
                .map((e) => e.outerHTML.slice(0, 120)),
        ]"""
    )
    assert needed <= width, beyond


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_has_its_portrait_taken(sight, width, scheme):
    look(sight, WIDTHS[width], scheme)
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"{sight.name}-{width}-{scheme}.png"
    sight.screenshot(path=path)
    assert path.stat().st_size > 5_000


def grave(page, width, scheme):
    """Return what is wrong. On a phone, all is asked of what only a phone shows.

    What both show has been looked at on the desk, but for its size and its place.
    """
    rules = {} if scheme == "light" else {"runOnly": COLOURS}
    if width == "desk":
        return barriers(page, **rules)
    found = barriers(page, runOnly=PLACES) if scheme == "light" else []
    narrow = f"(window.narrow = {VISIBLE}.filter((e) => !window.wide.has(e))).length"
    if page.evaluate(narrow):
        found += barriers(page, "{include: window.narrow}", **rules)
    return found


def background(page):
    """Return red, green and blue of what is behind the text."""
    colours = page.evaluate(
        "[document.body, document.documentElement]"
        ".map((e) => getComputedStyle(e).backgroundColor)"
    )
    solid = next(colour for colour in colours if colour.startswith("rgb("))
    return [int(part) for part in solid[4:-1].split(",")]


@pytest.mark.parametrize("name", ["home", "notices", "filtered", "paper"])
def test_every_stop_of_the_tab_key_is_seen(page, name):
    page.goto(PAGES[name])
    stops = 0
    while stops < 25:
        page.keyboard.press("Tab")
        stop = focused(page)
        if stop is None:
            break
        assert stop["marked"], stop
        assert stop["inside"], stop
        stops += 1
    assert stops > 5


def focused(page):
    """Return what has the focus, whether that is marked, and whether it is in sight."""
    return page.evaluate(
        """() => {
          const element = document.activeElement;
          if (element === document.body) return null;
          const box = element.getBoundingClientRect();
          const marked = [element, element.parentElement].some((e) => {
            const style = getComputedStyle(e);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
          });
          const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
          return {element: element.outerHTML, marked, inside};
        }"""
    )


@pytest.mark.parametrize("name", ["results", "missing"])
def test_the_first_stop_skips_to_the_content(page, name):
    page.goto(PAGES[name])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    assert skip.evaluate("e => e === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_search_box_has_a_label(page):
    page.goto("/")
    assert page.get_by_label("Search papers").is_visible()


def test_the_serif_is_our_own(page):
    page.goto(PAGES["paper"])
    loaded = page.evaluate(
        """document.fonts.ready.then((fonts) =>
            [...fonts].filter((f) => f.status === "loaded").map((f) => f.family))"""
    )
    assert any("Source Serif 4" in family for family in loaded)
