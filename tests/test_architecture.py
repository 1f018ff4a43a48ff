"""The import rules and the shape of the code, compared with ARCHITECTURE.md."""

import ast
import re
import subprocess
import sys
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in ("app", "index")
    for path in (ROOT / package).rglob("*.py")
)
LONGEST = 250  # lines of a module

QUESTION = re.compile(r"(?:What|Who|Whether)\b")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)

MOST_MODULES = 12

OWNERS = {
    "tantivy": ["index/search/tantivy/"],
    "sqlalchemy": [
        *(
            "app/state/",
            "app/summaries/store.py",
            "app/stars/store.py",
            "app/cards/notes.py",
        ),
        "index/snapshots/catalog/",
    ],
    "sqlite3": ["index/snapshots/catalog/"],
    "pylatexenc": ["index/papers/accents.py", "index/papers/prose/"],
    "backports": ["index/sources/"],
    "jinja2": ["app/web/templates.py"],
    "babel": ["app/web/languages.py"],
    "click": ["app/cli/"],
    "tqdm": ["app/cli/progress.py", "index/meaning/encoders/static.py"],
    "uvicorn": ["app/serving/"],
    "httptools": ["app/serving/"],
    "torch": ["index/meaning/encoders/sentences.py", "index/meaning/encoders/training.py"],
    "sentence_transformers": ["index/meaning/encoders/sentences.py"],
    "model2vec": [
        "index/meaning/encoders/static.py",
        "index/meaning/encoders/training.py",
    ],
    "tokenizers": [
        "index/meaning/encoders/lessons.py",
        "index/meaning/encoders/static.py",
        "index/meaning/encoders/training.py",
        "index/meaning/encoders/vocabulary.py",
    ],
    "prometheus_client": ["app/web/watch/metrics.py", "app/site/metrics.py"],
    "faiss": ["index/meaning/vectors/"],
    "mcp": ["app/mcp/server.py", "app/mcp/transports.py"],
    "mcp_types": ["app/mcp/server.py"],
    "rapidfuzz": ["index/search/"],
}


@cache
def parse(file):
    return ast.parse((ROOT / file).read_text())


@cache
def imports(file):
    """Return the modules that a file imports, in full."""
    found = set()
    for node in ast.walk(parse(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def packages(file):
    return {module.partition(".")[0] for module in imports(file)}


def top_level_names(file):
    return [type(node).__name__ for node in parse(file).body]


def docstrings(file):
    """Yield the docstrings of a file, its classes and functions."""
    for node in ast.walk(parse(file)):
        if isinstance(node, DOCUMENTED) and (text := ast.get_docstring(node)):
            yield text


def test_there_is_something_to_check():
    assert {"app/main.py", "index/__init__.py"} < set(FILES)
    assert "index.papers.paper" in imports("index/__init__.py")


@pytest.mark.parametrize("engine", OWNERS)
def test_only_its_owner_imports_an_engine(engine):
    importers = [file for file in FILES if engine in packages(file)]

    strangers = [f for f in importers if not f.startswith(tuple(OWNERS[engine]))]
    assert strangers == []
    assert bool(importers) == bool(OWNERS[engine])


@pytest.mark.parametrize("web", ["app", "fastapi", "starlette", "pydantic"])
def test_the_index_knows_nothing_of_the_web(web):
    knowing = [f for f in FILES if f.startswith("index/") and web in packages(f)]

    assert knowing == []


def test_the_app_enters_the_index_by_its_front_door():
    import index

    allowed = {"index", *(f"index.{name}" for name in index.__all__)}
    for file in FILES:
        if file.startswith("app/"):
            used = {module for module in imports(file) if module.startswith("index")}
            assert used <= allowed, file


def test_the_front_door_shows_just_what_it_names():
    import index

    assert all(hasattr(index, name) for name in index.__all__)
    assert list(index.__all__) == sorted(
        index.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name)
    )


def test_arrows_between_rooms_point_down_and_never_in_a_circle():
    ended = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert ended.returncode == 0, ended.stdout
    assert "0 broken" in ended.stdout


def room_of(module):
    """Return the room that a module lies in, `app/` for app's own two; None outside."""
    parts = module.split(".")
    if parts[0] not in ("app", "index"):
        return None
    path = ROOT.joinpath(*parts)
    while not path.is_dir():
        path = path.parent
    return f"{path.relative_to(ROOT).as_posix()}/"


def arrows():
    """Return the rooms that each room imports, but for the front door of `index`."""
    found = {}
    for file in FILES:
        room = f"{Path(file).parent.as_posix()}/"
        targets = {room_of(module) for module in imports(file)} - {None, room}
        if file != "index/__init__.py":
            found.setdefault(room, set()).update(targets)
    return found


def table():
    """Return the arrows as the table of ARCHITECTURE.md has them."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rows = re.findall(r"^\| `([\w/]+/)` \| [^|]+ \| ([^|]*) \|$", text, re.MULTILINE)
    return {room: set(re.findall(r"`([\w/]+/)`", targets)) for room, targets in rows}


def test_the_architecture_has_every_room_with_its_arrows():
    shown, real = table(), arrows()

    assert set(shown) == set(real)
    for room, targets in real.items():
        cell = ", ".join(f"`{target}`" for target in sorted(targets))
        assert shown[room] == targets, f"{room} imports {cell}"


def test_the_app_itself_is_its_main_and_its_settings():
    assert {path.stem for path in (ROOT / "app").glob("*.py")} == {
        *("__init__", "main", "settings"),
    }


@pytest.mark.parametrize("room", sorted({str(Path(file).parent) for file in FILES}))
def test_no_room_is_crowded(room):
    modules = {path.stem for path in (ROOT / room).glob("*.py")} - {"__init__"}

    assert len(modules) <= MOST_MODULES


def test_a_seam_is_declared_once():
    """A protocol that two modules declared would drift apart."""
    protocols = [
        node.name
        for file in FILES
        for node in ast.walk(parse(file))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(b, ast.Name) and b.id == "Protocol" for b in node.bases)
    ]

    assert {"Engine", "Vocabulary", "Counts", "Records"} <= set(protocols)
    assert len(protocols) == len(set(protocols))


def test_the_errors_depend_on_nothing():
    assert imports("index/errors.py") == set()


@pytest.mark.parametrize("file", FILES)
def test_no_module_is_long(file):
    lines = (ROOT / file).read_text().count("\n")

    assert lines <= LONGEST


def test_no_room_is_called_after_nothing():
    vague = {"utils", "util", "helpers", "common", "base", "misc", "manager", "service"}

    rooms = {part for file in FILES for part in Path(file).with_suffix("").parts}
    assert rooms & vague == set()


@pytest.mark.parametrize("file", FILES)
def test_a_file_says_first_what_it_is(file):
    docstring = ast.get_docstring(parse(file))

    assert docstring
    first = docstring.splitlines()[0]
    assert first.endswith((".", "!"))
    assert "?" not in first


@pytest.mark.parametrize("file", FILES)
def test_no_docstring_begins_with_a_question_word(file):
    asking = [text for text in docstrings(file) if QUESTION.match(text)]

    assert asking == []


def test_a_question_word_is_recognised_only_at_the_beginning():
    assert QUESTION.match("What a paper is.")
    assert QUESTION.match("Whether it is whole.")
    assert not QUESTION.match("Tell whether it is whole.")
    assert not QUESTION.match("Whole rows of the files.")
    assert len(list(docstrings("index/errors.py"))) > 10


def test_how_rare_a_word_is_is_computed_in_one_place():
    """BM25's half a document is added nowhere else."""
    smoothed = re.compile(r"\w - \w+ \+ 0\.5")

    places = [f for f in FILES if smoothed.search((ROOT / f).read_text())]
    assert len(places) == 1, places


def test_a_front_door_holds_no_code():
    for file in FILES:
        if file.endswith("__init__.py"):
            kinds = set(top_level_names(file))
            assert kinds <= {"Expr", "Import", "ImportFrom", "Assign"}, file


def test_only_the_command_line_prints():
    for file in FILES:
        if file not in ("app/cli/main.py", "app/cli/progress.py"):
            calls = {
                node.func.id
                for node in ast.walk(parse(file))
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            assert "print" not in calls, file


def test_importing_the_app_opens_nothing_and_needs_no_machine_learning(tmp_path):
    code = """
import sys
opened = []
def watch(event, arguments):
    if event in ("sqlite3.connect", "socket.connect", "socket.bind", "subprocess.Popen"):
        opened.append(event)
    if event == "open" and set(arguments[1] or "") & set("wax+"):
        opened.append(arguments[0])
sys.dont_write_bytecode = True
sys.addaudithook(watch)
import app.main, app.cli.main
heavy = {"torch", "transformers", "sentence_transformers", "faiss", "model2vec"}
heavy &= set(sys.modules)
sys.exit(f"{opened} {heavy}" if opened or heavy else 0)
"""
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )

    assert ended.stderr == ""
    assert ended.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_every_file_of_tests_is_run(request):
    """pytest passes over folders called `build` and `dist` unless it is told not to."""
    passed_over = request.config.getini("norecursedirs")
    folders = {
        part
        for file in (ROOT / "tests").rglob("test_*.py")
        for part in file.relative_to(ROOT).parts[:-1]
    }
    assert "build" in folders
    for folder in folders:
        assert not any(fnmatch(folder, pattern) for pattern in passed_over), folder
