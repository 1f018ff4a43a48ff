"""What `make lock` writes: the versions of what our packages bring along."""

import tomllib
from pathlib import Path

from setup.lock import name_package, select_lines

ROOT = Path(__file__).parent.parent
PROJECT = {
    "name": "ours",
    "dependencies": ["Web.Server==1.0"],
    "optional-dependencies": {
        "dev": ["YAML==2.0", "linter==1"],
        "meaning": ["torch==2"],
        "bench": ["ours[meaning]", "charts==3"],
    },
}
NEEDS = {"web-server": ["yaml", "loop"], "charts": ["torch", "linter"], "loop": ["sockets"]}
FROZEN = [
    *("charts==3", "linter==1", "loop==0.1", "nvidia-cudnn==9", "sockets==4"),
    *("torch==2+cpu", "web_server==1.0", "YAML==2.0", "local @ file:///somewhere"),
]


def test_what_is_brought_along_is_kept_and_what_we_pin_is_not():
    kept = select_lines(FROZEN, PROJECT, NEEDS)
    assert {"loop==0.1", "sockets==4"} <= set(kept)
    assert not {"web_server==1.0", "charts==3", "torch==2+cpu"} & set(kept)


def test_what_an_extra_pins_is_kept_where_it_comes_without_that_extra():
    assert {"YAML==2.0", "linter==1"} <= set(select_lines(FROZEN, PROJECT, NEEDS))
    assert "linter==1" not in select_lines(FROZEN, PROJECT, {})


def test_addresses_and_packages_of_one_platform_are_left_out():
    kept = select_lines(FROZEN, PROJECT, NEEDS)
    assert not [line for line in kept if "@" in line or line.startswith("nvidia")]


def test_the_file_says_nothing_else_than_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    pinned = {
        name_package(text): text
        for group in (project["dependencies"], *extras)
        for text in group
    }
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    constrained = [line for line in lines if not line.startswith("#")]
    assert all("==" in line and "/" not in line for line in constrained)
    for line in constrained:
        name, version = name_package(line), line.partition("==")[2]
        assert pinned.get(name, line).partition("==")[2] == version
