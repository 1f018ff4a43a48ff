"""The browser's modules that need no browser, tested by node."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REAL = {
    "abstracts": ("WINNOW_ABSTRACTS", "arxiv-sample-20k.jsonl.gz"),
    "own-cases": ("WINNOW_OWN_CASES", "eval/markdown/own_cases.jsonl"),
}
"""Tests of real data: the variable that names the file to them, and the file."""

NAMES = sorted(file.name.removesuffix(".test.mjs") for file in HERE.glob("*.test.mjs"))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in REAL])
def test_the_scripts_tests_pass(name):
    run(name)


@pytest.mark.parametrize("name", REAL)
def test_the_scripts_tests_pass_on_real_data(name, real_data):
    variable, file = REAL[name]

    run(name, **{variable: str(real_data(file).absolute())})


def run(name, **variables):
    beside = str(Path(sys.executable).parent)
    node = shutil.which("node") or shutil.which("node", path=beside)
    assert node, "no node; run `make test`, which brings one"
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", str(HERE / f"{name}.test.mjs")],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=HERE.parent.parent,
        env=os.environ | variables,
    )
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
    summary = done.stdout.splitlines()
    assert "# pass 0" not in summary
    assert "# skipped 0" in summary
