"""The rooms of the browser's scripts: their arrows and sizes; only entries run."""

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "static" / "js"
MODULES = sorted(path.relative_to(SCRIPTS).as_posix() for path in SCRIPTS.rglob("*.js"))
ENTRIES = [module for module in MODULES if module.startswith("entries/")]
OTHERS = [module for module in MODULES if module not in ENTRIES]
MOST_MODULES = 12
MOST_LINES = 250

_IMPORT = re.compile(
    r"""\b(?:from|import)\s*\(?\s*(["'])([^"']+)\1""",
)
_DECLARATION = re.compile(
    r"(import|export (const|let|class|function|async function)|export \{"
    r"|const|let|class|function|async function)\b"
)
_CONTINUES = re.compile(r"[\s)}\]]|//|/\*|$")
_ROW = re.compile(r"^\| `([a-z/]+)` \| .+? \| ([^|]*)\|$", re.MULTILINE)


def room_of(module):
    return str(PurePosixPath(module).parent)


@cache
def source(module):
    return (SCRIPTS / module).read_text()


@cache
def imports(module):
    """Return the modules of ours that one names: imports, those made later, types."""
    found = set()
    for _, name in _IMPORT.findall(source(module)):
        assert name.startswith("."), f"{module} imports {name}, which no browser finds"
        path = (SCRIPTS / module).parent.joinpath(name).resolve()
        assert path.is_file(), f"{module} imports {name}, which is not there"
        if path.is_relative_to(SCRIPTS):
            found.add(path.relative_to(SCRIPTS).as_posix())
        else:
            assert path.is_relative_to(ROOT / "static" / "vendor"), (module, name)
    return found


@cache
def table():
    """Return the rooms that each room may import, as the architecture has it."""
    for document in ROOT.glob("ARCHITECTURE*.md"):
        _, heading, rows = document.read_text().partition("| Room of `static/js` |")
        if heading:
            text = rows.partition("\n\n")[0]
            found = {
                room: set(re.findall(r"`([^`]+)`", allowed))
                for room, allowed in _ROW.findall(text)
            }
            outer = {room for room in found if "/" not in room} - {"entries"}
            found["entries"] = outer
            return found
    raise AssertionError("no table of the rooms of static/js")


def arrows(module):
    own = room_of(module)
    return {room_of(other) for other in imports(module)} - {own}


def test_every_room_is_in_the_table_and_the_table_has_no_other():
    assert set(table()) == {room_of(module) for module in MODULES}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_the_rooms_that_its_own_may(module):
    assert arrows(module) <= table()[room_of(module)]


@pytest.mark.parametrize("room", sorted(table()))
def test_the_table_allows_nothing_that_is_not_done(room):
    done = set().union(*(arrows(module) for module in MODULES if room_of(module) == room))
    assert table()[room] <= done


def test_no_rooms_import_each_other_however_far_around():
    left = {room: set(allowed) for room, allowed in table().items()}
    while left:
        free = {room for room, allowed in left.items() if not allowed & set(left)}
        assert free, f"a circle among {sorted(left)}"
        left = {room: allowed for room, allowed in left.items() if room not in free}


def test_no_modules_import_each_other_however_far_around():
    left = {module: _run_by(module) for module in MODULES}
    while left:
        free = {module for module, others in left.items() if not others & set(left)}
        assert free, f"a circle among {sorted(left)}"
        left = {module: others for module, others in left.items() if module not in free}


def _run_by(module):
    """Return the modules that are run before one; types are not run."""
    code = re.sub(
        r"/\*.*?\*/|^\s*//[^\n]*", "", source(module), flags=re.DOTALL | re.MULTILINE
    )
    names = {name for _, name in _IMPORT.findall(code)}
    folder = (SCRIPTS / module).parent
    paths = {(folder / name).resolve() for name in names}
    return {
        path.relative_to(SCRIPTS).as_posix()
        for path in paths
        if path.is_relative_to(SCRIPTS)
    }


def test_every_module_is_reached_from_an_entry():
    reached, due = set(), set(ENTRIES)
    while due:
        reached |= due
        due = set().union(*(_run_by(module) for module in due)) - reached
    assert reached == set(MODULES)


def named_by_pages():
    """Return the scripts and sheets of ours that templates name."""
    texts = [path.read_text() for path in ROOT.glob("templates/**/*.html")]
    names = re.findall(r"static\('((?:built|js|css)/[^']*)'\)", "".join(texts))
    return {PurePosixPath(name) for name in names}


def test_pages_name_just_what_is_built_from_the_entries_and_mathjax():
    sheets = {path.name for path in (SCRIPTS.parent / "css" / "entries").glob("*.css")}
    parts = set().union(*map(_run_by, ENTRIES))
    scripts = {PurePosixPath(entry).name for entry in set(ENTRIES) - parts}
    built = scripts | sheets | {"mathjax.js"}
    assert named_by_pages() == {PurePosixPath("built", name) for name in built}


def test_a_sheet_is_part_of_an_entry():
    css = SCRIPTS.parent / "css"
    entries = "".join(path.read_text() for path in css.glob("entries/*.css"))
    imported = re.findall(r'@import "\.\./([\w-]+\.css)"(?: print)?;', entries)
    assert set(imported) == {path.name for path in css.glob("*.css")}


@pytest.mark.parametrize("module", OTHERS)
def test_a_module_that_is_no_entry_only_declares(module):
    for line in source(module).splitlines():
        assert _CONTINUES.match(line) or _DECLARATION.match(line), line


@cache
def touched():
    """Return what each module touches as it is run, besides the language."""
    beside = str(Path(sys.executable).parent)
    node = shutil.which("node") or shutil.which("node", path=beside)
    assert node, "no node; run `make test`, which brings one"
    script = ROOT / "tests" / "js" / "effects.mjs"
    files = [str(SCRIPTS / module) for module in MODULES]
    done = subprocess.run(
        [node, "--experimental-vm-modules", script, *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("module", OTHERS)
def test_importing_a_module_that_is_no_entry_runs_nothing(module):
    assert touched()[str(SCRIPTS / module)] == []


@pytest.mark.parametrize("module", ENTRIES)
def test_an_entry_runs(module):
    assert touched()[str(SCRIPTS / module)]


@pytest.mark.parametrize("room", sorted(table()))
def test_a_room_is_small_enough_to_know(room):
    assert len([module for module in MODULES if room_of(module) == room]) <= MOST_MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_and_says_at_once_what_it_is(module):
    lines = source(module).splitlines()
    assert len(lines) <= MOST_LINES
    first = lines[1] if lines[0] == "// @ts-check" else lines[0]
    assert re.match(r"// (?!(What|Who|Whether|How|Where|When|Which)\b)[A-Z]", first)
