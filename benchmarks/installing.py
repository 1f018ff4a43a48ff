"""What `make serve` costs in an empty clone: seconds to the first page, megabytes, memory.

With the node of this machine, and where there is none; and, for comparison, at the last
commit that installed torch for everyone. Packages come from where pip and npm find them,
with the caches that they have.
"""

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.corpus import ROOT, Corpus
from benchmarks.server import Client, measure_held
from benchmarks.tables import write

TIMES = 3
BEFORE = "968d885^"
"""The last commit that installed torch for everyone."""

ELSEWHERE = {"seconds": "256 for Python packages alone", "disk": "5400", "memory": "905"}
"""What that took on a machine where torch comes from PyPI, as the issue reports it."""

_PORT = 8765
_TIMEOUT_S = 900
_NODE = {"node", "npm", "npx"}
_ASKED = ("/search?q=teaching+machines+to+read&mode=semantic", "/related?like=1706.03762")


def run(corpus: Corpus) -> None:
    """Install several times with node on the PATH, and once without."""
    full = os.environ["PATH"]
    runs = [_install(corpus.scratch / "clone", full) for _ in range(TIMES)]
    middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    without = _install(corpus.scratch / "clone", _path_without_node(corpus.scratch))
    before = _install(corpus.scratch / "clone", full, BEFORE)
    rows = [
        {
            "what": what,
            "before, elsewhere": ELSEWHERE.get(key, ""),
            "before, here": f"{before[key]:.0f}",
            "with node": f"{middle[key]:.0f}",
            "node from PyPI": f"{without[key]:.0f}",
        }
        for key, what in _ROWS.items()
    ]
    write(
        "installing",
        f"`make serve` in an empty clone, median of {TIMES}",
        rows,
        runs=runs,
        before=before,
    )


_ROWS = {
    "seconds": "seconds to the first page",
    "cpu": "of these CPU, s",
    "disk": "MB on disk, without history",
    "history": "MB of history (.git)",
    "memory": "the server's memory after a search by meaning and a related page, MiB",
}


def _install(clone: Path, path: str, commit: str = "HEAD") -> dict[str, float]:
    shutil.rmtree(clone, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    subprocess.run(["git", "checkout", "--quiet", commit], cwd=clone, check=True)
    began, began_cpu = time.perf_counter(), _count_cpu()
    with _made(clone, path):
        seconds, cpu = time.perf_counter() - began, _count_cpu() - began_cpu
        client = Client(_PORT)
        for address in _ASKED:
            _ask(client, address)
        held = measure_held(f"{clone}/.venv/bin/")["resident MiB"]
    history = _count_bytes(clone / ".git")
    return {
        "seconds": seconds,
        "cpu": cpu,
        "disk": (_count_bytes(clone) - history) / 1e6,
        "history": history / 1e6,
        "memory": held,
    }


def _ask(client: Client, address: str) -> None:
    """Ask until the server, which opens its model in the background, has an answer."""
    deadline = time.monotonic() + 10
    while (status := client.get(address)[0]) == 503 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert status == 200, (address, status)


@contextmanager
def _made(clone: Path, path: str) -> Iterator[None]:
    """Run `make serve` until a page has come; stop it at the end."""
    settings = {"PATH": path, "WINNOW_PORT": str(_PORT)}
    process = subprocess.Popen(
        ["make", "--silent", "serve"],
        cwd=clone,
        env={k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"} | settings,
        start_new_session=True,
    )
    try:
        _wait_for_a_page(process)
        yield
    finally:
        os.killpg(process.pid, 15)
        process.wait()


def _wait_for_a_page(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{_PORT}/", timeout=5) as page:
                if page.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("`make serve` shows no page")


def _count_cpu() -> float:
    """Return the seconds of CPU that this machine has spent."""
    words = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system = (int(word) for word in words[:3])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def _count_bytes(folder: Path) -> int:
    """Return the bytes that a folder's files take on disk, a linked one once."""
    found = {}
    for file in folder.rglob("*"):
        if not file.is_symlink() and file.is_file():
            status = file.stat()
            found[status.st_ino] = status.st_blocks * 512
    return sum(found.values())


def _path_without_node(scratch: Path) -> str:
    """Return a PATH with every program of ours but node."""
    folder = scratch / "programs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for program in Path(place).glob("*"):
            link = folder / program.name
            if program.name not in _NODE and not link.exists():
                link.symlink_to(program.resolve())
    return str(folder)
