"""Tries the wheel as someone without a checkout: `make try-wheel`.

Installs it into an empty environment, with nothing of an extra, and asks it for what
Winnow is for: a library, a search by meaning, related papers, keywords.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
_HEAVY = ("torch", "sentence_transformers", "transformers")
_PAPER = "1706.03762"


def main() -> None:
    """Install the newest wheel of dist/, and use it."""
    wheel = max((ROOT / "dist").glob("*.whl"), key=lambda file: file.stat().st_mtime)
    with tempfile.TemporaryDirectory(prefix="winnow-wheel-") as place:
        home = Path(place)
        venv.create(home / "venv", with_pip=True)
        python = home / "venv" / "bin" / "python"
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run(python, *install, "--constraint", ROOT / "constraints.txt", wheel)
        found = f"from importlib.util import find_spec as f; print(*filter(f, {_HEAVY}))"
        _expect(not _run(python, "-c", found, cwd=home).strip(), "an extra was installed")
        _use(home / "venv" / "bin" / "winnow", home)
    print(f"{wheel.name}: installed, built, searched, related, keywords")  # noqa: T201  a program


def _use(winnow: Path, home: Path) -> None:
    """Build the demo, and ask for a search by meaning, related papers and keywords."""
    data = ["--data", home / "data"]
    _run(winnow, "rebuild", ROOT / "demo" / "landmarks.jsonl", *data, cwd=home)
    by_meaning = ["search", "teaching machines to translate", "--mode", "semantic"]
    for asked in (by_meaning, ["related", _PAPER]):
        lines = _run(winnow, *asked, "--limit", "5", *data, cwd=home).splitlines()
        _expect(len(lines) == 5, f"{asked[0]} found {len(lines)} papers, not 5")  # noqa: PLR2004
    keywords = _run(winnow, "keywords", _PAPER, *data, cwd=home)
    _expect(bool(keywords.strip()), "there are no keywords")


def _run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603  our own
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _expect(is_true: bool, otherwise: str) -> None:  # noqa: FBT001  what is expected
    if not is_true:
        sys.exit(otherwise)


if __name__ == "__main__":
    main()
