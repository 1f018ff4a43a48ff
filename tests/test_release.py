"""Cutting a release: what it changes, and what it refuses to do."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

CHANGELOG = """# Changelog

## Unreleased

### Added

- A query field for the licence.

## 0.3.0 - 2026-01-02

- The beginning.
"""


class Project:
    """A git repository with what a release touches."""

    def __init__(self, path):
        self.path = path
        (path / "setup").mkdir()
        (path / "app").mkdir()
        shutil.copy(ROOT / "setup" / "release.py", path / "setup")
        self.version_file = path / "app" / "__init__.py"
        self.version_file.write_text('"""The app."""\n\n__version__ = "0.3.0"\n')
        self.changelog = path / "CHANGELOG.md"
        self.changelog.write_text(CHANGELOG)
        self.git("init", "--quiet")
        self.git("config", "user.name", "A releaser")
        self.git("config", "user.email", "releaser@example.org")
        self.git("config", "commit.gpgsign", "false")
        self.git("config", "tag.gpgsign", "false")
        self.commit("Begin")

    def git(self, *arguments):
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self, subject):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)

    def release(self, *arguments):
        program = [sys.executable, "-B", "setup/release.py", *arguments]
        return subprocess.run(program, cwd=self.path, capture_output=True, text=True)

    def state(self):
        return (
            self.git("rev-parse", "HEAD"),
            self.git("tag"),
            self.git("status", "--porcelain"),
            self.changelog.read_text(),
            self.version_file.read_text(),
        )


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def refused(project, version, reason):
    before = project.state()
    ended = project.release(version)
    assert ended.returncode == 1
    assert reason in ended.stderr
    assert project.state() == before


def test_a_release_sets_the_version_cuts_the_changelog_and_tags_the_commit(project):
    ended = project.release("0.4.0")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert '__version__ = "0.4.0"\n' in project.version_file.read_text()
    today = datetime.now(UTC).date().isoformat()
    heading = f"## Unreleased\n\n## 0.4.0 - {today}\n\n### Added\n\n- A query field"
    assert project.changelog.read_text() == CHANGELOG.replace(
        "## Unreleased\n\n### Added\n\n- A query field", heading
    )
    assert project.git("log", "-1", "--format=%s") == "Release 0.4.0"
    assert project.git("cat-file", "-t", "v0.4.0") == "tag"
    assert project.git("rev-parse", "v0.4.0^{commit}") == project.git("rev-parse", "HEAD")
    assert project.git("status", "--porcelain") == ""


def test_a_released_version_is_not_released_again(project):
    assert project.release("0.4.0").returncode == 0
    refused(project, "0.4.0", "the tag v0.4.0 exists")


@pytest.mark.parametrize("version", ["0.3.0", "0.2.9", "0.0.10"])
def test_a_version_must_be_above_the_last(project, version):
    refused(project, version, f"{version} is not above 0.3.0")


def test_a_version_must_be_above_every_tag(project):
    project.git("tag", "v0.10.0")
    refused(project, "0.9.0", "0.9.0 is not above 0.10.0")


@pytest.mark.parametrize("version", ["", "1", "1.2", "v1.2.3", "1.2.3rc1", "01.2.3"])
def test_a_version_has_three_numbers(project, version):
    refused(project, version, "make release VERSION=1.2.3")


@pytest.mark.parametrize("file", ["CHANGELOG.md", "untracked.txt"])
def test_a_tree_with_changes_is_not_released(project, file):
    with (project.path / file).open("a") as changed:
        changed.write("\nA change.\n")
    refused(project, "0.4.0", file)


@pytest.mark.parametrize(
    "section", ["", "## Unreleased\n\n", "## Unreleased\n\n### Added\n\n"]
)
def test_an_empty_changelog_is_not_released(project, section):
    released = CHANGELOG[CHANGELOG.index("## 0.3.0") :]
    project.changelog.write_text(f"# Changelog\n\n{section}{released}")
    project.commit("Empty the changelog")
    refused(project, "0.4.0", "nothing under Unreleased")
