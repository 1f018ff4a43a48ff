"""What is looked at on a page: when it is still, and what keeps people from reading it."""

from tests.conftest import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that a colour scheme can break."""
PLACES = ["scrollable-region-focusable", "meta-viewport"]
"""The rules of axe that a width can break for what is shown at any width."""


def settle(page):
    """Wait until a page has drawn itself, and nothing on it moves."""
    page.evaluate(
        """async () => {
          const frame = () => new Promise(requestAnimationFrame);
          await document.fonts.ready;
          await frame().then(frame);
          while (document.getAnimations().length) await frame();
        }"""
    )


def close(page):
    """Close a page once it has loaded: one that is on its way may never close."""
    page.wait_for_load_state()
    page.close()


def await_formulas(page):
    """Wait until the formulas within the window are drawn, or given up."""
    page.evaluate(
        """async () => {
          const frame = () => new Promise(requestAnimationFrame);
          const waits = (formula) =>
            formula.checkVisibility() &&
            formula.getBoundingClientRect().top < innerHeight;
          const left = () => document.querySelectorAll(".tex:not(.typeset, .tex-failed)");
          while ([...left()].some(waits)) await frame();
        }"""
    )


def barriers(page, within="document", **options):
    """Return what axe finds grave on a page, or within what a script names."""
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE)
    result = page.evaluate(
        f"options => axe.run({within}, {{resultTypes: ['violations'], ...options}})",
        options,
    )
    assert len(result["passes"]) > (10 if within == "document" and not options else 0)
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]])
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
