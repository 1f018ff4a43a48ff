"""A clone has no real data: what needs it skips, and says why."""

import os
import re
import subprocess
import sys

from tests.conftest import ROOT

TESTS = ROOT / "tests"


def test_without_the_real_data_what_needs_it_skips_and_says_what_is_missing(tmp_path):
    files = [file for file in TESTS.rglob("test_*.py") if "real_data" in file.read_text()]
    options = ("-m", "real_data", "-q", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files],
        cwd=ROOT,
        env=os.environ | {"WINNOW_TEST_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout[-4_000:]
    assert re.fullmatch(r"\d+ skipped, \d+ deselected in .*", done.stdout.splitlines()[-1])
    reasons = re.findall(r"^SKIPPED \[\d+\] \S+ (.*)$", done.stdout, re.MULTILINE)
    assert reasons
    for reason in reasons:
        assert re.fullmatch(rf"no \S+ in {tmp_path}; WINNOW_TEST_DATA .*", reason)
