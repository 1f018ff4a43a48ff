"""The browser's modules that need no browser, tested by node."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.stem
)
def test_the_scripts_tests_pass(file):
    own = os.environ.get("WINNOW_TEST_DATA", HERE.parent.parent.parent / "shared" / "data")
    beside = str(Path(sys.executable).parent)
    node = shutil.which("node") or shutil.which("node", path=beside)
    assert node, "no node; run `make test`, which brings one"
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=HERE.parent.parent,
        env={
            **os.environ,
            "WINNOW_OWN_CASES": str(Path(own) / "eval/markdown/own_cases.jsonl"),
            "WINNOW_ABSTRACTS": str(Path(own) / "arxiv-sample-20k.jsonl.gz"),
        },
    )
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
    assert "# pass 0" not in done.stdout
