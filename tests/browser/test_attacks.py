"""Hostile texts in every place that shows one: nothing runs, loads, covers or breaks."""

import json
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from index import Dump, rebuild
from tests.app.service import Service
from tests.browser.conftest import ROOT, Window
from tests.browser.payloads import CONTEXTS, MARKUP, PAYLOADS, TEX
from tests.browser.sight import close

PAPERS = 260
SHARES = 20
"""Each payload is tried in this share of the contexts, and by `make long` in all."""
(RENDER,) = (path.name for path in (ROOT / "static" / "built").glob("render-*.js"))
"""What renders Markdown, as a script that only some pages load."""
CARDS = "/search?q=payload&sort=oldest&page={}"


def some(numbers, step=3):
    """Return every third number, and the others for `make long`."""
    return [
        pytest.param(number, marks=() if at % step == 0 else pytest.mark.long)
        for at, number in enumerate(numbers)
    ]


@pytest.fixture(scope="module")
def attacked(record, tmp_path_factory):
    """A service whose papers have payloads in all their fields."""
    directory = tmp_path_factory.mktemp("attacked")
    dump = directory / "dump.jsonl"
    with dump.open("w") as file:
        for number in range(PAPERS):
            one, two = (PAYLOADS[(number * step) % len(PAYLOADS)] for step in (1, 7))
            fields = {
                "title": f"payload {one}",
                "authors": f"Ada {two[:200]}, Alan $x$ {one[:100]}",
                "abstract": f"payload {two} ${one}$ and \\[{two}\\] end",
                "comments": one,
                "journal_ref": two[:500],
                "doi": one[:100],
                "versions": [{"version": "v1", "created": f"{1 + number % 28} Jan 2001"}],
            }
            file.write(json.dumps(record(f"2401.{number + 1:05}", **fields)) + "\n")
    with Dump.open(dump) as opened:
        rebuild(opened, directory / "data", watch=lambda *_: None)
    with Service(directory / "data", directory / "log") as service:
        yield service.url


@pytest.fixture(scope="module")
def trap(browser, attacked):
    """A window on that service that tells what its pages should not have done."""
    window = Window(browser, attacked, viewport={"width": 1000, "height": 800})
    window.context.on("dialog", lambda dialog: window.wrongs.append(dialog.message))
    window.context.add_init_script(
        """addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) =>
             console.error(`violated ${violatedDirective}: ${sample}`))"""
    )
    yield window
    window.context.close()


@pytest.fixture
def victim(trap):
    """A page of that window, watched until the test ends."""
    trap.wrongs.clear()
    page = trap.context.new_page()
    yield page
    close(page)
    trap.check()


@pytest.fixture(scope="module")
def board(trap):
    """A page that has loaded what renders documents, to render one after the other."""
    page = trap.context.new_page()
    page.goto("/about/rendering")
    yield page
    close(page)


UNWANTED = (
    "main :is(script, iframe, object, embed, style, link, base, form:not([action^='/']), "
    "[style*=fixed], [onerror], [onload], [onclick], [onmouseover], [onfocus], "
    "img, video, audio, svg image, use)"
)


def check(page):
    """Fail if the page has what no text may bring, or is larger than a page."""
    assert page.evaluate("window.caught") is None
    assert page.locator(UNWANTED).count() == 0
    bad = page.evaluate(
        """() => [...document.querySelectorAll("main a[href]")]
            .map((a) => a.href.baseVal ?? a.href)
            .map((href) => href.startsWith("/") ? location.origin + href : href)
            .filter((href) => !URL.canParse(href)
              || !["http:", "https:", "mailto:"].includes(new URL(href).protocol))"""
    )
    assert bad == []
    sizes = page.evaluate(
        """() => [document.documentElement.scrollWidth, innerWidth,
                   document.querySelector("main").id]"""
    )
    assert sizes[0] <= sizes[1]
    assert sizes[2] == "content"


def test_there_are_several_hundred_payloads_and_ten_contexts():
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 400
    assert len(CONTEXTS) >= 10


@pytest.mark.parametrize("number", some(range(1, PAPERS // 20 + 1), 7))
def test_the_cards_of_hostile_papers_are_harmless(victim, number):
    victim.goto(CARDS.format(number))
    assert victim.locator(".paper").count() == 20
    victim.evaluate("dispatchEvent(new Event('beforeprint'))")
    waiting = victim.locator(".tex:not(.typeset, .tex-failed)")
    expect(waiting).to_have_count(0)
    check(victim)


@pytest.mark.parametrize("number", some(range(1, PAPERS, 29)))
def test_the_page_of_a_hostile_paper_is_harmless(victim, number):
    victim.goto(f"/paper/2401.{number:05}")
    victim.evaluate("dispatchEvent(new Event('beforeprint'))")
    waiting = victim.locator(".tex:not(.typeset, .tex-failed)")
    expect(waiting).to_have_count(0)
    check(victim)


@pytest.mark.parametrize("number", some(range(0, len(PAYLOADS), len(PAYLOADS) // 40), 6))
def test_what_is_asked_for_is_harmless_where_it_is_repeated(victim, number):
    victim.goto(f"/search?{urlencode({'q': PAYLOADS[number][:300]})}")
    assert victim.locator("header input[name=q]").count() == 1
    check(victim)


@pytest.mark.parametrize(
    "payloads",
    [
        lambda number: PAYLOADS[number % SHARES :: SHARES],
        pytest.param(lambda _: PAYLOADS, marks=pytest.mark.long),
    ],
    ids=["a share of them", "all"],
)
@pytest.mark.parametrize("context", CONTEXTS)
def test_a_document_with_any_payload_is_harmless(trap, board, context, payloads):
    trap.wrongs.clear()
    victim = board
    victim.evaluate("document.querySelector('.rendering').replaceChildren()")
    pattern = CONTEXTS[context]
    chosen = payloads(list(CONTEXTS).index(context))
    texts = [pattern.replace("{0}", payload) for payload in chosen]
    shown = victim.evaluate(
        """async ([texts, name]) => {
          const math = document.querySelector("script[data-math-output]").src;
          const { formulas } = await import(math);
          const { render } = await import(math.replace("site.js", name));
          const place = document.querySelector(".rendering");
          for (const text of texts) {
            const block = document.createElement("article");
            block.className = "markdown";
            block.append(render(text));
            place.append(block);
            await formulas.typesetNow(block);
          }
          const ids = place.querySelectorAll("[id]:not(mjx-container *), [name]");
          return [place.childElementCount, ids.length,
                  place.querySelectorAll(".tex:not(.typeset, .tex-failed)").length,
                  Math.max(...[...place.children].map((b) => b.offsetHeight))];
        }""",
        [texts, RENDER],
    )
    assert shown[0] == len(chosen) >= len(PAYLOADS) // SHARES
    assert shown[1:3] == [0, 0]
    assert shown[3] < 20_000
    check(victim)


def test_a_formula_cannot_reach_beyond_its_box(victim):
    victim.goto("/about/rendering")
    beyond = victim.evaluate(
        """async (texs) => {
          const math = document.querySelector("script[data-math-output]").src;
          const { formulas } = await import(math);
          const { makeFormula } = await import(
            math.replace("built/site", "js/math/element"));
          const place = document.querySelector(".rendering");
          place.replaceChildren();
          const found = [];
          for (const tex of texs) {
            const block = document.createElement("p");
            block.append("x ", makeFormula(tex, false, document));
            place.append(block);
            await formulas.typesetNow(block);
            const { contain, overflowX } = getComputedStyle(block.lastChild);
            const isBoxed = contain.includes("paint") || overflowX !== "visible";
            const isText = block.lastChild.classList.contains("tex-failed");
            if (!isBoxed && !isText) found.push(tex);
            if (block.offsetHeight > 5000 || block.offsetWidth > innerWidth)
              found.push(tex);
          }
          return found;
        }""",
        [*TEX, *MARKUP[:20]],
    )
    assert beyond == []
    check(victim)
