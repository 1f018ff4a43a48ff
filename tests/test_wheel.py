"""The wheel: what is in it, and that it serves where nothing but its packages is.

`make try-wheel` runs these tests, and so does `make long`.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path

import fastapi
import httpx2
import pytest

from app.web.languages import load_language
from tests.app.markup import Markup
from tests.app.service import Service
from tests.conftest import ROOT

pytestmark = pytest.mark.long

FOLDERS = ("app", "index", "setup", "static", "templates")
FILES = ("README.md", "pyproject.toml")
STALE = "build/lib/app/stale.py"
"""What an earlier build may have left."""


def cloned(into, *, without=""):
    """Copy what a build reads, so that it leaves nothing here."""

    ignore = shutil.ignore_patterns("__pycache__", without)
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, into / folder, ignore=ignore)
    for file in FILES:
        shutil.copy(ROOT / file, into / file)
    return into


def build(clone, into):
    options = ["--no-deps", "--no-build-isolation", "--no-index"]
    return subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", into, clone],
        cwd=into,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel, built in a clone in which another was built before."""
    clone = cloned(tmp_path_factory.mktemp("clone"))
    (clone / STALE).parent.mkdir(parents=True)
    (clone / STALE).touch()
    directory = tmp_path_factory.mktemp("dist")
    done = build(clone, directory)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-4_000:]
    (path,) = directory.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel):
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_installs_app_and_index_and_nothing_beside_them(names):
    tops = {name.partition("/")[0] for name in names}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"app", "index"}
    assert len(tops) == 3


def test_the_wheel_holds_every_file_of_its_packages(names):
    for package in ("app", "index"):
        for file in files_of(ROOT / package):
            name = f"{package}/{file}".replace(".po", ".mo")
            assert name in names
    assert [name for name in names if name.endswith("zh/LC_MESSAGES/winnow.mo")]


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_the_wheel_holds_what_pages_are_made_of(names, folder):
    files = files_of(ROOT / folder)

    assert {f"app/{folder}/{file}" for file in files} <= names
    assert len(files) > 20


@pytest.mark.parametrize(
    "name",
    [
        "templates/base.html",
        "templates/gallery.txt",
        "static/css/page.css",
        "static/js/me/page.js",
        "static/built/site.js",
        "static/built/me.css",
        "static/vendor/marked/marked.js",
        "static/vendor/fonts/source-serif-4-latin-wght-normal.woff2",
    ],
)
def test_the_wheel_holds_one_of_each_kind(names, name):
    assert f"app/{name}" in names


def test_nothing_of_an_earlier_build_is_in_the_wheel(names):
    assert "app/stale.py" not in names
    assert not [name for name in names if "__pycache__" in name]


@pytest.mark.parametrize(
    ("folder", "file"),
    [("vendor", "swagger-ui/swagger-ui.css"), ("built", "api-docs.css")],
)
def test_no_wheel_is_built_without_what_browsers_need(tmp_path, folder, file):
    clone = cloned(tmp_path / "clone", without=folder)
    done = build(clone, tmp_path)

    assert done.returncode
    assert f"static/{folder}/{file} is missing; run `make wheel`" in (
        done.stdout + done.stderr
    )
    assert not list(tmp_path.glob("*.whl"))


def files_of(directory):
    return [
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The console script of the wheel in an environment elsewhere."""
    venv = tmp_path_factory.mktemp("elsewhere") / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", venv])
    python = venv / "bin" / "python"
    options = ["--no-deps", "--no-index", "--no-compile"]
    run([sys.executable, "-m", "pip", "--python", python, "install", *options, wheel])
    (library,) = venv.glob("lib/*/site-packages")
    # A path in a .pth is searched, its own .pth, that of this checkout, is not.
    dependencies = Path(fastapi.__file__).parent.parent
    (library / "dependencies.pth").write_text(f"{dependencies}\n")
    where = "import app, index; print(app.__file__, index.__file__)"
    shown = run([python, "-c", where], cwd=venv, env=environment()).split()
    assert all(path.startswith(str(library)) for path in shown)
    return venv / "bin" / "winnow"


def environment():
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(program, dump, where):
    rebuild = [program, "rebuild", dump, "--data", "data", "--encoder", "none"]
    run(rebuild, cwd=where, env=environment())
    log = where / "log"
    with (
        Service(where / "data", log, program=program, cwd=where, PYTHONPATH="") as service,
        httpx2.Client(base_url=service.url, trust_env=False) as client,
    ):
        yield client


def test_a_service_from_the_wheel_shows_pages_scripts_and_languages(
    installed, write_dump, record, tmp_path
):
    dump = write_dump([record(title="Lattices of Winnowed Grain")])

    with served(installed, dump, tmp_path) as client:
        home = Markup(client.get("/").raise_for_status().text)
        sheets = [e["href"] for e in home.all("link", rel="stylesheet")]
        scripts = [e["src"] for e in home.all("script") if e["src"]]
        assert sheets
        assert scripts
        for address in (*sheets, *scripts, vendored(sheets[0])):
            response = client.get(address).raise_for_status()
            assert "immutable" in response.headers["cache-control"]
        assert (
            load_language("zh").translate("Skip to content") in client.get("/?lang=zh").text
        )
        assert "====" not in client.get("/about/rendering").raise_for_status().text
        found = client.get("/api/search?q=winnowed").raise_for_status().json()
        assert found["total"] == 1


def vendored(address):
    """Return the address of a file of static/vendor, given that of another file."""
    return f"{'/'.join(address.split('/')[:3])}/vendor/marked/marked.js"
