"""Formulas in a real browser: typeset where they are seen, copied, translated around."""

import re

import pytest
from playwright.sync_api import expect

MATH = "/search?q=gauge+theory"


@pytest.fixture
def typeset(page):
    """A page of results whose first formulas are typeset."""
    page.goto(MATH)
    page.locator(".typeset").first.wait_for()
    return page


def test_what_is_near_is_typeset_and_what_is_far_waits(typeset):
    last = typeset.locator(
        ".papers > li:nth-child(20) .tex, .papers > li:nth-child(19) .tex"
    )
    last = last.last
    assert "typeset" not in last.get_attribute("class")
    assert last.inner_text() == last.text_content()
    last.scroll_into_view_if_needed()
    expect(last).to_have_class(re.compile("typeset"))


def test_a_typeset_formula_is_read_aloud_as_mathml(typeset):
    formula = typeset.locator(".typeset").first
    assert formula.locator("math").count() == 1
    assert formula.locator("mjx-container").get_attribute("aria-hidden") == "true"


def test_drawings_instead_of_text_are_a_word_away(page):
    def draw(route):
        answer = route.fetch()
        body = answer.text().replace('data-math-output="chtml"', 'data-math-output="svg"')
        route.fulfill(response=answer, body=body)

    page.route("**/search?**", draw)
    page.goto(MATH)
    formula = page.locator(".typeset").first
    expect(formula.locator("mjx-container svg").first).to_be_visible()  # a part a line
    assert formula.bounding_box()["height"] > 5


def test_a_page_without_formulas_loads_no_mathjax(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    assert asked
    assert not any("/mathjax" in address for address in asked)


def test_mathjax_is_one_script_and_the_signs_that_are_needed(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(MATH)
    page.locator(".typeset").first.wait_for()
    scripts = [address for address in asked if "/mathjax" in address and ".js" in address]
    parts = [address for address in scripts if "/chtml/dynamic/" not in address]
    assert len(parts) == 1, parts


def test_printing_typesets_everything(typeset):
    typeset.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(typeset.locator(".tex:not(.typeset, .tex-failed)")).to_have_count(0)
    assert typeset.locator(".tex-failed").count() == 0


def test_a_formula_is_copied_as_tex_and_as_mathml(open_window):
    window = open_window(permissions=["clipboard-read", "clipboard-write"])
    page = window.context.new_page()
    page.goto(MATH)
    formula = page.locator(".typeset").first
    formula.wait_for()
    tex = formula.get_attribute("data-tex")

    def copied():
        return page.evaluate("navigator.clipboard.readText()")

    formula.click(button="right")
    page.get_by_role("menuitem", name="Copy TeX").click()
    assert copied() == rf"\({tex}\)"
    formula.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert copied().startswith("<math")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(formula).to_be_focused()
    window.check()


def test_the_arrows_lead_from_formula_to_formula(typeset):
    block = typeset.locator(".paper", has=typeset.locator(".typeset")).first
    expect(block.locator(".tex[tabindex='0']")).to_have_count(1)
    block.locator(".tex[tabindex='0']").focus()
    typeset.keyboard.press("ArrowRight")
    second = block.locator(".tex").nth(1)
    expect(second).to_be_focused()
    assert second.get_attribute("tabindex") == "0"


TRANSLATOR = """() => {
  const skipped = (node) => node.parentElement?.closest(
    "font, script, style, code, [translate=no], .notranslate");
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let text; (text = walker.nextNode());)
      if (text.data.trim() && !skipped(text)) texts.push(text);
    for (const text of texts) {
      const outer = document.createElement("font");
      const inner = document.createElement("font");
      inner.textContent = text.data.replace(/[A-Za-z]+/g, "译");
      outer.append(inner);
      text.replaceWith(outer);
    }
  };
  translate(document.body);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node.isConnected) translate(node.nodeType === 1 ? node : node.parentNode);
  }).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.mark.parametrize(
    "first", ["translate", pytest.param("typeset", marks=pytest.mark.long)]
)
def test_formulas_survive_translation_in_any_order(page, first):
    page.goto(MATH, wait_until="commit" if first == "translate" else "load")
    if first == "typeset":
        page.locator(".typeset").first.wait_for()
    page.wait_for_load_state("domcontentloaded")
    before = page.locator(".tex").count()
    page.evaluate(TRANSLATOR)
    page.locator(".typeset").first.wait_for()
    assert "译" in page.locator(".summary").first.inner_text()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".tex:not(.typeset, .tex-failed)")).to_have_count(0)
    assert page.locator(".tex").count() == before
    assert page.locator(".tex font, .tex-failed").count() == 0
    assert page.locator(".authors font, .arxiv-id font").count() == 0


def test_code_and_formulas_of_a_summary_survive_translation(page):
    page.goto("/paper/1706.03762")
    page.evaluate(TRANSLATOR)
    document = page.locator(".document[open] .markdown").first
    expect(document.locator("h3")).to_have_count(6)
    expect(document.locator("p font").first).to_contain_text("译")
    assert document.locator("code font, .tex font").count() == 0
    assert "def attention(q, k, v" in document.locator("pre").inner_text()


BOMBS = (
    r"\frac{1}{" * 100 + "x" + "}" * 100,
    r"\rule{1e5em}{1e5em}",
    r"\def\x{\x}\x",
    r"\undefined{x",
    r"\mmlToken{mi}[href='java script:alert(1)' style='position:fixed']{x}",
    r"\kern-99999em x",
    r"\textcolor{url(//example.org)}{x}",
    "x" * 6_000,
)


def test_a_bad_formula_harms_no_other_and_nothing_else(typeset):
    typeset.evaluate(
        """async (bombs) => {
          const script = document.querySelector("script[data-math-output]").src;
          const { formulas } = await import(script);
          const block = document.createElement("article");
          block.id = "bombs";
          for (const tex of [...bombs, "x^2"]) {
            const formula = document.createElement("span");
            formula.className = "tex notranslate";
            formula.textContent = tex;
            block.append(formula, " ");
          }
          document.querySelector("main").prepend(block);
          await formulas.typesetNow(block);
        }""",
        list(BOMBS),
    )
    block = typeset.locator("#bombs")
    expect(block.locator(".tex:not(.typeset, .tex-failed)")).to_have_count(0)
    expect(block.locator(".tex").last).to_have_class(re.compile("typeset"))
    assert block.locator("[href], [style*=fixed], a").count() == 0
    width = typeset.evaluate("document.documentElement.scrollWidth")
    assert width <= typeset.viewport_size["width"]
    assert block.bounding_box()["height"] < 5_000
