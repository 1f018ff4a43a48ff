"""The documents keep up with the code, and with each other."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from app import __version__
from app.cli.main import main
from app.main import create_app
from app.settings import Settings
from index import MAX_LENGTH, MAX_OFFSET
from index.search.query.lexer import DAY_NAMES, FIELD_NAMES
from tests.app.commands import runnable

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"
LONGEST_README = 120


def tracked(*patterns):
    """Return the files of the project that match, as git knows them."""
    listed = ["git", "ls-files", *patterns]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(
        path for path in map(ROOT.joinpath, done.stdout.splitlines()) if path.exists()
    )


def read(name):
    return (ROOT / name).read_text()


OPERATING, API, SEARCHING = (
    read(f"docs/{name}.md") for name in ("operating", "api", "searching")
)
MANUAL = "\n".join(path.read_text() for path in sorted(ROOT.glob("docs/*.md")))
MARKDOWN = [path for path in tracked("*.md") if "demo" not in path.parts]
ENTRIES = [
    (path.stem, entry)
    for path in sorted(ROOT.glob("docs/decisions/*.md"))
    if path.name != "README.md"
    for entry in re.split(r"^## ", path.read_text(), flags=re.MULTILINE)[1:]
]


def test_the_readme_is_short():
    assert len(read("README.md").splitlines()) <= LONGEST_README


def test_the_readme_leads_to_every_document():
    documents = {path for path in MARKDOWN if path.parent in (ROOT, ROOT / "docs")}
    linked = {target for _, target, _ in links(ROOT / "README.md")}
    assert documents - {ROOT / "README.md"} <= linked


@pytest.mark.parametrize(("name", "field"), Settings.model_fields.items())
def test_every_setting_is_in_operating_with_its_default(name, field):
    row = f"| `WINNOW_{name.upper()}` | `{field.default}` | {field.description} |"
    assert row in OPERATING


@pytest.mark.parametrize(("name", "command"), runnable(main).items())
def test_every_command_is_in_operating_with_its_options(name, command):
    row = next(r for r in OPERATING.splitlines() if re.match(rf"\| `winnow {name}\b", r))
    for option in command.params:
        if option.param_type_name == "option" and option.name != "data":
            assert re.search(rf"\[{option.opts[-1]}\b", row), option.opts


def operations():
    """Return every described operation: ("GET", "/api/search") …"""
    for path, described in create_app().openapi()["paths"].items():
        for method in described:
            yield method.upper(), path


@pytest.mark.parametrize(("method", "path"), sorted(operations()))
def test_every_described_route_is_in_the_api_document(method, path):
    assert f"\n| `{method} {path}` |" in API


def undescribed():
    """Return the paths of what is served but not described: pages and what they need."""
    for route in create_app().routes:
        within = getattr(route, "effective_route_contexts", lambda route=route: [route])
        for context in within():
            if getattr(context, "include_in_schema", True):
                continue
            if "GET" in context.methods:
                yield re.sub(r"\{(\w+):\w+\}", r"{\1}", context.path)


def test_pages_are_among_what_is_not_described():
    assert {"/", "/search", "/paper/{paper_id}", "/arxiv/{what}", "/me"} < set(
        undescribed()
    )


@pytest.mark.parametrize("path", sorted(set(undescribed())))
def test_every_page_is_in_a_table_of_the_manual(path):
    assert f"\n| `{path}` |" in MANUAL


@pytest.mark.parametrize("name", [n for n in (*FIELD_NAMES, *DAY_NAMES) if n != "all"])
def test_every_field_of_the_query_language_is_in_searching(name):
    assert f"`{name}:" in SEARCHING


def test_limits_are_the_ones_the_manual_says():
    assert f"Offsets go up to {MAX_OFFSET:,}" in API
    assert f"more than {MAX_LENGTH:,} characters" in SEARCHING


def test_every_room_has_its_place_in_the_architecture():
    text = read("ARCHITECTURE.md")
    rooms = {path.parent for path in ROOT.glob("app/**/*.py")}
    rooms |= {path.parent for path in ROOT.glob("index/**/*.py")}
    assert len(rooms) > 2
    for room in rooms:
        assert f"{room.name}/" in text, room


def test_the_version_is_one():
    project = tomllib.loads(read("pyproject.toml"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {
        "attr": "app.__version__"
    }
    assert create_app().version == __version__
    assert f"\n## {__version__} - 20" in read("CHANGELOG.md")
    assert "\n## Unreleased\n" in read("CHANGELOG.md")
    for file in tracked("app/*.py", "index/*.py", "setup/*.py"):
        assigned = re.findall(rf'= "{re.escape(__version__)}"', file.read_text())
        assert bool(assigned) == (file == ROOT / "app" / "__init__.py"), file


def test_the_licence_is_the_one_the_project_names():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert (project["license"], project["license-files"]) == ("Apache-2.0", ["LICENSE"])
    licence = read("LICENSE")
    assert licence.lstrip().startswith(
        "Apache License\n                           Version 2.0"
    )
    assert "END OF TERMS AND CONDITIONS" in licence
    assert "Copyright [yyyy] [name of copyright owner]" in licence


@pytest.mark.parametrize("table", sorted(RESULTS.glob("*.md")), ids=lambda path: path.stem)
def test_the_benchmarks_document_has_the_tables_of_the_last_results(table):
    rows = [line for line in table.read_text().splitlines() if line.startswith("|")]
    assert len(rows) > 2
    assert "\n".join(rows) in read("docs/benchmarks.md")


def test_there_are_results_of_benchmarks():
    assert len(list(RESULTS.glob("*.md"))) > 20


@pytest.mark.parametrize(("room", "entry"), ENTRIES, ids=lambda text: text.split("\n")[0])
def test_every_decision_has_a_date_a_choice_and_a_reason(room, entry):
    title, _, body = entry.partition("\n\n")
    assert "\n" not in title
    dated = re.match(r"\*(\d{4}-\d{2}-\d{2})\*\n\n- \*\*Choice:\*\* \S", body)
    assert dated, room
    assert body.count("\n- **Why:** ") == 1, room
    assert body.count("\n- **Numbers:** ") <= 1, room


def test_every_file_of_decisions_is_in_their_list():
    listed = read("docs/decisions/README.md")
    for room in {room for room, _ in ENTRIES}:
        assert f"[{room}.md]({room}.md)" in listed


def prose(path):
    """Return a document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)


def links(path):
    """Yield the relative links of a document: as written, the file, the anchor."""
    for written in re.findall(r"\]\(([^()\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(path))):
        if re.match(r"[a-z]+:", written):
            continue
        file, _, anchor = written.partition("#")
        yield written, (path.parent / file).resolve() if file else path, anchor


def anchors(path):
    """Return the anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(path), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path):
    for written, file, anchor in links(path):
        assert file.exists(), written
        if anchor:
            assert anchor in anchors(file), written


def test_links_are_found_at_all():
    assert sum(len(list(links(path))) for path in MARKDOWN) > 30


def test_commands_of_make_that_documents_name_exist():
    targets = set(re.findall(r"^([\w-]+):", read("Makefile"), flags=re.MULTILINE))
    for path in MARKDOWN:
        text = path.read_text()
        named = set(re.findall(r"(?:^|`)make (\w[\w-]*)", text, flags=re.MULTILINE))
        assert named <= targets, path


def test_nothing_tells_to_install_another_project_of_our_name():
    kinds = "*.md *.html *.js *.po *.py *.sh *.toml *.txt *.yml .ci/run Makefile Dockerfile"
    other = re.compile(r"install (?:-\S+ )*['\"]?winnow(?![-_]papers|-\w+\.)\b")
    assert other.search("uv pip install -U winnow")
    for path in tracked(*kinds.split()):
        if path != Path(__file__):
            assert not other.search(path.read_text()), path


def test_no_file_names_a_package_registry():
    hosts = "|".join(
        ("registry" + r"\.npmjs", r"pypi\." + "org", r"pythonhosted\." + "org")
    )
    for path in tracked(
        "*.md", "*.json", "*.toml", "*.txt", "*.yml", "Makefile", "Dockerfile"
    ):
        text = path.read_text()
        assert not re.search(rf"{hosts}|\"resolved\":\s*\"|--(extra-)?index-url", text), (
            path
        )
