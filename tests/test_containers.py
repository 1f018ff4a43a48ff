"""The image and the services made of it. No container engine is needed for these."""

import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from app.cli.main import main
from app.settings import Settings

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture
def web():
    return COMPOSE["services"]["web"]


@pytest.fixture
def rebuild():
    return COMPOSE["services"]["rebuild"]


@pytest.fixture
def harvest():
    return COMPOSE["services"]["harvest"]


def instructions(name):
    """What the Dockerfile says after an instruction, lines joined."""
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{name} +(.*)$", joined, re.MULTILINE)


def test_hadolint_has_nothing_to_say():
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True)
    assert (done.returncode, done.stdout.decode()) == (0, "")


def test_base_images_are_pinned_to_the_patch_release():
    images = [line.split()[0] for line in instructions("FROM")]
    assert images
    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+\.\d+-[a-z-]+", i) for i in images)


def test_the_image_does_not_run_as_root():
    users = instructions("USER")
    assert users == ["10001:10001"]
    assert "useradd --uid 10001" in DOCKERFILE


def test_the_image_checks_its_own_health():
    (check,) = instructions("HEALTHCHECK")
    assert "/healthz" in check
    assert f":{Settings.model_fields['port'].default}/" in check


def test_the_health_check_is_a_program_that_compiles():
    (check,) = instructions("HEALTHCHECK")
    command = yaml.safe_load(check.partition("CMD")[2])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "healthcheck", "exec")


def test_the_image_serves_its_data_volume_to_everyone():
    environment = " ".join(instructions("ENV"))
    assert "WINNOW_DATA_DIR=/data" in environment
    assert "WINNOW_HOST=0.0.0.0" in environment
    assert instructions("VOLUME") == ["/data"]
    assert instructions("EXPOSE") == [str(Settings.model_fields["port"].default)]
    assert instructions("CMD") == ['["winnow", "serve"]']


def test_no_extra_package_index_is_used_unless_one_is_named():
    assert instructions("ARG") == ['EXTRA=""', 'PIP_EXTRA_INDEX_URL=""']
    for service in COMPOSE["services"].values():
        arguments = service["build"]["args"]
        assert arguments == {
            "EXTRA": "${EXTRA:-}",
            "PIP_EXTRA_INDEX_URL": "${PIP_EXTRA_INDEX_URL:-}",
        }


@pytest.mark.parametrize(("extra", "has_torch"), [("", False), ("neural", True)])
def test_the_image_is_light_unless_the_extra_is_named(extra, has_torch):
    (program,) = re.findall(r"python -c '([^']+)' > /tmp/requirements.txt", DOCKERFILE)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"EXTRA": extra},
        capture_output=True,
        text=True,
        check=True,
    )
    packages = {line.partition("==")[0] for line in done.stdout.splitlines()}
    assert {"fastapi", "tantivy", "model2vec"} <= packages
    assert ({"torch", "sentence-transformers"} <= packages) == has_torch


@pytest.mark.parametrize(
    "path",
    [
        "app/main.py",
        "app/web/locale/zh/LC_MESSAGES/winnow.po",
        "index/search/tantivy/__init__.py",
        "templates/base.html",
        "static/css/page.css",
        "static/js/entries/api-docs.js",
        "demo/landmarks.jsonl",
        "setup/bundle.py",
        "setup/vendor.py",
        "setup/wheel.py",
        "pyproject.toml",
        "constraints.txt",
        "package.json",
        "package-lock.json",
        "README.md",
        "LICENSE",
    ],
)
def test_the_image_is_given_what_it_needs(path):
    assert (ROOT / path).exists()
    assert is_in_the_build_context(path)


@pytest.mark.parametrize(
    "path",
    [".git/config", ".venv/bin/python", "data/CURRENT", "tests/conftest.py", ".env"],
)
def test_the_image_is_given_nothing_else(path):
    assert not is_in_the_build_context(path)


def is_in_the_build_context(path):
    """Read .dockerignore as Docker does: the last pattern that matches decides."""
    included = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line and not line.startswith("#"):
            pattern = line.removeprefix("!")
            places = [path, *map(str, Path(path).parents)]
            if any(fnmatch(place, pattern) for place in places):
                included = line.startswith("!")
    return included


def test_the_service_starts_again_and_is_watched(web):
    assert web["restart"] == "unless-stopped"
    assert web["healthcheck"]["retries"] >= 2
    assert not web["healthcheck"].get("disable")


def test_the_service_is_reached_from_this_machine_only(web):
    assert web["ports"] == ["127.0.0.1:8000:8000"]


def test_a_rebuild_is_started_on_demand_only(web, rebuild):
    assert rebuild["profiles"] == ["rebuild"]
    assert "profiles" not in web
    assert "restart" not in rebuild


def test_a_rebuild_has_the_image_the_user_and_the_volume_of_the_service(web, rebuild):
    for key in ("image", "build", "user"):
        assert rebuild.get(key) == web.get(key)
    assert "data:/data" in web["volumes"]
    assert "data:/data" in rebuild["volumes"]
    assert "data" in COMPOSE["volumes"]


def test_a_rebuild_reads_dumps_and_cannot_change_them(rebuild):
    assert "./dumps:/dumps:ro" in rebuild["volumes"]
    assert rebuild["command"] == ["winnow", "rebuild", "/dumps/arxiv.jsonl"]


@pytest.mark.parametrize("name", ["web", "rebuild", "harvest"])
def test_a_container_can_do_no_more_than_it_must(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108  the container's own
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", ["web", "rebuild", "harvest"])
def test_logs_of_a_container_are_rotated(name):
    logging = COMPOSE["services"][name]["logging"]
    assert logging["driver"] == "json-file"
    assert logging["options"] == {"max-size": "10m", "max-file": "5"}


@pytest.mark.parametrize("name", ["rebuild", "harvest"])
def test_builds_leave_the_processors_to_those_who_read(name):
    assert COMPOSE["services"][name]["cpu_shares"] < 1_024
    assert "cpu_shares" not in COMPOSE["services"]["web"]


def test_settings_that_compose_passes_on_exist(web, harvest):
    for name in (*web["environment"], *harvest["environment"]):
        if name.startswith("WINNOW_"):
            assert name.removeprefix("WINNOW_").lower() in Settings.model_fields


def test_a_harvest_runs_for_ever_where_it_is_asked_for(web, harvest):
    assert harvest["profiles"] == ["harvest"]
    assert harvest["restart"] == "unless-stopped"
    assert harvest["volumes"] == ["data:/data"]
    assert harvest["init"] is True  # a first process would not hear SIGTERM
    for key in ("image", "build", "user"):
        assert harvest.get(key) == web.get(key)


def test_a_harvest_keeps_two_snapshots_and_is_a_command_that_there_is(harvest):
    program, name, *options = harvest["command"]
    assert (program, name) == ("winnow", "harvest")
    context = main.get_command(None, name).make_context(name, options)
    assert context.params["keep"] == 2
    assert context.params["every"].minute == 4 * 60 + 30
