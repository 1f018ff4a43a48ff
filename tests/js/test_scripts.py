"""The browser's modules that need no browser, tested by node."""

import os
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

HERE = Path(__file__).parent
OWN = Path(
    os.environ.get("WINNOW_TEST_DATA", HERE.parent.parent.parent / "shared" / "data")
)
SETTINGS = {
    "WINNOW_OWN_CASES": str(OWN / "eval/markdown/own_cases.jsonl"),
    "WINNOW_ABSTRACTS": str(OWN / "arxiv-sample-20k.jsonl.gz"),
}


def run(*files, **settings):
    """Run files, or all, by one node; return how it ended and the suite of each."""
    node = shutil.which("node") or shutil.which("node", path=Path(sys.executable).parent)
    assert node, "no node; run `make test`, which brings one"
    done = subprocess.run(
        [node, "--test-reporter=junit", str(HERE / "all.mjs"), *files],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parent.parent,
        env=os.environ | SETTINGS | settings,
    )
    return done, ET.fromstring(done.stdout).findall("testsuite")  # noqa: S314  our own


def told(case):
    """Report a case as one of pytest's."""
    skipped, failure = case.find("skipped"), case.find("failure")
    if skipped is not None:
        pytest.skip(skipped.get("message"))
    assert failure is None, "".join(failure.itertext())


@pytest.mark.parametrize(
    "settings",
    [{}, pytest.param({"WINNOW_LONG": "1"}, marks=pytest.mark.long)],
    ids=["short", "long"],
)
def test_the_scripts_tests_pass(subtests, settings):
    done, suites = run(**settings)
    for suite in suites:
        for case in suite.iter("testcase"):
            with subtests.test(f"{suite.get('name')}: {unescape(case.get('name'))}"):
                told(case)
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
    files = {file.name for file in HERE.glob("*.test.mjs")}
    assert {suite.get("name") for suite in suites if len(suite)} == files


def test_without_the_real_data_scripts_skip_and_say_what_is_missing(tmp_path):
    missing = {name: str(tmp_path / name) for name in SETTINGS}
    done, suites = run("own-cases.test.mjs", "abstracts.test.mjs", **missing)

    assert done.returncode == 0
    cases = [case for suite in suites for case in suite.iter("testcase")]
    assert len(cases) == len(SETTINGS)
    for case in cases:
        assert case.find("skipped").get("message").startswith(f"no real data in {tmp_path}")
