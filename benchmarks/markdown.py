"""Markdown with formulas: the formulas found, and the time to show a page of them."""

import gzip
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.corpus import ROOT, SAMPLE, Corpus, winnow
from benchmarks.server import listening
from benchmarks.tables import write

CARDS = 200
RUNS = 7
_LONG = 50_000  # characters of a document
_OWN_CASES = "eval/markdown/own_cases.jsonl"
_UVICORN = (sys.executable, "-m", "uvicorn", "--log-level", "warning")
_WAYS = {"near what is seen": "", "all at once": "dispatchEvent(new Event('beforeprint'))"}


def run(corpus: Corpus) -> None:
    """Count formulas found by every way; then time a listing and a document."""
    _found(corpus)
    with _listing(corpus) as address, chromium() as browser:
        rows = [
            {"typeset": name}
            | _median([_read(browser, address, then) for _ in range(RUNS)])
            for name, then in _WAYS.items()
        ]
        write(
            "listing",
            f"A listing of {CARDS} papers with formulas, medians of {RUNS}",
            rows,
            by="markdown",
        )
        rows = list(_documents(browser, address))
        title = f"A document of {_LONG // 1_000} KB to a fragment, median of {RUNS * 3}"
        write("document", title, rows, by="markdown")


def _found(corpus: Corpus) -> None:
    script = Path(__file__).with_name("markdown.mjs")
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
    done = subprocess.run(
        [node, script, corpus.file(_OWN_CASES)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    answer = json.loads(done.stdout)
    rows = [
        {"way": way, f"right of {answer['cases']}": right}
        for way, right in answer["right"].items()
    ]
    write("formulas", "Cases with just the right formulas", rows, by="markdown")


@contextmanager
def _listing(corpus: Corpus) -> Iterator[str]:
    """Serve a page of real papers with formulas; yield its address."""
    data = corpus.scratch / "library-math"
    if not (data / "CURRENT").exists():
        dump = corpus.scratch / "math.jsonl"
        with dump.open("w") as file:
            for record in islice(_with_formulas(corpus), CARDS):
                record["comments"] = "all of them"
                file.write(json.dumps(record) + "\n")
        winnow("rebuild", dump, "--data", data, "--encoder", "none")
    with listening(
        [*_UVICORN, "--factory", "benchmarks.wide:create_app"],
        WINNOW_DATA_DIR=str(data),
    ) as port:
        yield f"http://127.0.0.1:{port}/search?q=co:them"


def _with_formulas(corpus: Corpus) -> Iterator[dict[str, object]]:
    with gzip.open(corpus.file(SAMPLE), "rt") as lines:
        for line in lines:
            record = json.loads(line)
            is_math = record["categories"].startswith("math.")
            if is_math and record["abstract"].count("$") >= 4:
                yield record


@contextmanager
def chromium() -> Iterator[Browser]:
    path = (ROOT / ".setup" / "chromium").read_text().strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


_WATCH = """
  window.long = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) long.push(duration);
  }).observe({ type: "longtask", buffered: true });
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) shifted += value;
  }).observe({ type: "layout-shift", buffered: true });
"""
_SCROLL = """async () => {
  for (let step = 0; step < 40; step++) {
    scrollBy(0, 400);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""
_SEEN = """() => {
  const seen = [...document.querySelectorAll(".tex")].filter((e) => {
    const { top, bottom } = e.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  const waiting = (e) => !e.matches(".typeset, .tex-failed");
  return seen.length > 0 && !seen.some(waiting) ? performance.now() : 0;
}"""
_ALL = "() => document.querySelector('.tex:not(.typeset, .tex-failed)') ? 0 : 1"
_MEASURED = """() => {
  const scripts = performance.getEntriesByType("resource").filter(
    ({ name }) => /\\.js$/.test(name));
  const bytes = (some) => some.reduce((sum, e) => sum + e.decodedBodySize, 0) / 1024;
  const isMath = ({ name }) => /(vendor|built)\\/mathjax/.test(name);
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {
    "readable, ms": paint.startTime,
    "script before math, KiB": bytes(scripts.filter((e) => !isMath(e))),
    "of math, KiB": bytes(scripts.filter(isMath)),
    "long tasks": long.length,
    "longest, ms": Math.max(0, ...long),
    "layout shift, scrolling": shifted,
  };
}"""


def _read(browser: Browser, address: str, then: str) -> dict[str, float]:
    """Open the page in a new window and measure it once its first cards are typeset."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.goto(address, wait_until="domcontentloaded")
    if then:
        page.evaluate(then)
        page.wait_for_function(_ALL, timeout=120_000)
    typeset = float(page.wait_for_function(_SEEN, timeout=120_000).json_value())
    page.evaluate(_SCROLL)
    measured: dict[str, float] = page.evaluate(_MEASURED)
    context.close()
    return {
        "readable, ms": measured.pop("readable, ms"),
        "seen formulas typeset, ms": typeset,
    } | measured


def _median(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in runs) for name in runs[0]}


def _documents(browser: Browser, address: str) -> Iterator[Mapping[str, object]]:
    text = ""
    for file in sorted((ROOT / "demo" / "summaries").glob("*.en.md")) * _LONG:
        text += file.read_text().partition("\n---\n")[2]
        if len(text) >= _LONG:
            break
    page = browser.new_page()
    page.goto(address)
    for name, times in _timed(page, text[:_LONG]).items():
        yield {"way": name, "ms": statistics.median(times)}
    page.close()


def _timed(page: Page, text: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = page.evaluate(
        """async ([text, runs]) => {
          const math = document.querySelector("script[data-math-output]").src;
          const from = (name) => import(math.replace("built/site.js", name));
          const { render } = await from("js/markdown/render.js");
          const { scan } = await from("js/markdown/scanner/scan.js");
          const { Marked } = await from("vendor/marked/marked.js");
          const { default: purifier } = await from("vendor/dompurify/purify.js");
          const ways = {
            "Winnow": () => render(text),
            "of that, finding the formulas": () => scan(text),
            "plain Marked and DOMPurify": () => purifier.sanitize(
              new Marked({ gfm: true }).parse(text), { RETURN_DOM_FRAGMENT: true }),
          };
          const found = {};
          for (let run = 0; run < runs; run++)
            for (const [name, way] of Object.entries(ways)) {
              const start = performance.now();
              way();
              (found[name] ??= []).push(performance.now() - start);
            }
          return found;
        }""",
        [text, RUNS * 3],
    )
    return found
