"""The corpus of benchmarks: real papers, and a library built from them."""

import lzma
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WINNOW = Path(sys.executable).with_name("winnow")
OLD, NEW = "arxiv-1986-2019.jsonl.xz", "arxiv-2025-2026.jsonl.xz"
SAMPLE = "arxiv-sample-20k.jsonl.gz"


class Corpus:
    """Finds the data of WINNOW_TEST_DATA (default ../shared/data), builds in scratch."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        scratch.mkdir(parents=True, exist_ok=True)
        default = ROOT.parent / "shared" / "data"
        self._data = Path(os.environ.get("WINNOW_TEST_DATA", default))

    def file(self, name: str) -> Path:
        """Return a file of the data, or stop and say where it is expected."""
        path = self._data / name
        if not path.exists():
            sys.exit(f"{path} is missing; set WINNOW_TEST_DATA to where {name} is")
        return path

    def unpacked(self, name: str) -> tuple[Path, float]:
        """Unpack a file once; return it and the seconds that took this time."""
        plain = self.scratch / Path(name).stem
        start = time.perf_counter()
        with lzma.open(self.file(name)) as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file, 4 << 20)
        return plain, time.perf_counter() - start

    def library(self) -> Path:
        """Return a data directory with the old file's papers, built if there is none."""
        data = self.scratch / "library"
        if not (data / "CURRENT").exists():
            winnow("rebuild", self.file(OLD), "--data", data)
        return data

    def whole_library(self) -> Path:
        """Return a data directory with the papers of both files, built if there is none."""
        data = self.scratch / "library-all"
        if not (data / "CURRENT").exists():
            command = [WINNOW, "rebuild", "-", "--data", data]
            with subprocess.Popen(command, stdin=subprocess.PIPE) as build:
                assert build.stdin
                for name in (OLD, NEW):
                    with lzma.open(self.file(name)) as packed:
                        shutil.copyfileobj(packed, build.stdin, 4 << 20)
                build.stdin.close()
            assert build.returncode == 0
        return data

    def june_library(self) -> Path:
        """Return a data directory with the papers of 30 May to 3 June 2026 alone.

        A page of a day shows the same cards as in the whole library; this is built in
        seconds.
        """
        data = self.scratch / "library-june"
        if not (data / "CURRENT").exists():
            days = self.scratch / "june.jsonl"
            with lzma.open(self.file(NEW), "rt") as packed, days.open("w") as file:
                file.writelines(line for line in packed if _JUNE.search(line))
            winnow("rebuild", days, "--data", data)
        return data


_JUNE = re.compile(r'"update_date": ?"2026-0(?:5-3[01]|6-0[1-3])"')


def winnow(*args: object) -> None:
    """Run the command line; its failure is ours."""
    subprocess.run([WINNOW, *map(str, args)], check=True)
