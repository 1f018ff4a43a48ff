"""The documents keep up with the code."""

import re
from pathlib import Path

import pytest

from app.categories import page as categories_page
from app.cli.main import main
from app.listings import page as listing_page
from app.main import VERSION, create_app
from app.papers import page as pages
from app.related import page as related_page
from app.settings import Settings
from app.site import me as me_page
from app.site import rendering as about_page
from index import MAX_OFFSET
from index.search.query.lexer import DAY_NAMES, FIELD_NAMES
from tests.app.commands import runnable

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize(("name", "field"), Settings.model_fields.items())
def test_every_setting_is_in_the_readme_with_its_default(name, field):
    row = f"| `WINNOW_{name.upper()}` | `{field.default}` | {field.description} |"
    assert row in README


@pytest.mark.parametrize(("name", "command"), runnable(main).items())
def test_every_command_is_in_the_readme_with_its_options(name, command):
    row = next(line for line in README.splitlines() if line.startswith(f"| `winnow {name}"))
    for option in command.params:
        if option.param_type_name == "option" and option.name != "data":
            assert option.opts[-1] in row, option.opts


@pytest.mark.parametrize("path", sorted(create_app().openapi()["paths"]))
def test_every_described_route_is_in_the_readme(path):
    assert re.search(rf"`(?:GET|POST|PUT) {re.escape(path)}`", README)


_PAGES = (
    pages,
    related_page,
    listing_page,
    categories_page,
    me_page,
    about_page,
)


@pytest.mark.parametrize(
    "route",
    [route for module in _PAGES for route in module.router.routes],
    ids=lambda route: route.path,
)
def test_every_page_is_in_the_readme(route):
    assert f"`{route.path.replace(':path', '')}`" in README


def test_every_field_of_the_query_language_is_in_the_readme():
    for name in (*FIELD_NAMES, *DAY_NAMES):
        if name != "all":
            assert f"{name}:" in README, name


def test_limits_are_the_ones_the_readme_says():
    assert f"{MAX_OFFSET:,}" in README


def test_every_file_of_index_and_app_has_its_place_in_the_architecture():
    text = (ROOT / "ARCHITECTURE.md").read_text()
    for file in [*ROOT.glob("app/*.py"), *ROOT.glob("index/**/*.py")]:
        if file.name != "__init__.py":
            assert re.search(rf"\b{file.stem}\b", text), file


def test_the_version_is_one():
    project = (ROOT / "pyproject.toml").read_text()
    assert f'version = "{VERSION}"' in project
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_readme_carries_the_tables_of_the_last_benchmarks():
    for table in sorted((ROOT / "tests" / "bench" / "results").glob("*.md")):
        rows = [line for line in table.read_text().splitlines() if line.startswith("|")]
        assert "\n".join(rows) in README, table.name


def test_no_file_names_a_package_registry():
    for name in ("package-lock.json", "constraints.txt", "Makefile", "Dockerfile"):
        text = (ROOT / name).read_text()
        assert '"resolved"' not in text
        assert "index-url" not in text
