"""The command line: every command's help, success and failure."""

import gzip
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import termios
from contextlib import suppress

import pytest
from click.testing import CliRunner

from app import __version__
from app.cli.main import main
from app.related.answer import KeywordsAnswer, RelatedAnswer
from app.search.answer import SearchAnswer
from index import find_live
from tests.app.commands import listed, runnable
from tests.app.service import TIMEOUT_S, eventually, get, winnow
from tests.index.sources.packers import tarred

COMMANDS = ["rebuild", "update", "info", "verify", "prune", "search", "serve"]
COMMANDS += ["harvest", "related", "keywords", "summaries", "backup", "restore", "mcp"]
RUNNABLE = runnable(main)


@pytest.fixture
def run():
    """Run a command in this process."""

    def call(*arguments, text=None):
        arguments = [str(argument) for argument in arguments]
        return CliRunner().invoke(main, arguments, input=text, prog_name="winnow")

    return call


@pytest.fixture
def start(tmp_path):
    """Start the console script as a process of its own."""
    started = []

    def call(*arguments, **options):
        process = subprocess.Popen(
            [winnow(), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            **options,
        )
        started.append(process)
        return process

    yield call
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


@pytest.fixture
def one_paper(build, record):
    """A data directory that a test may change."""
    return build([record()])


def snapshots(data):
    return sorted(path.name for path in (data / "snapshots").iterdir())


def test_every_command_is_listed_with_what_it_does(run):
    result = run("--help")
    assert result.exit_code == 0
    assert [name for name, _ in listed(main)] == sorted(COMMANDS)
    for command in COMMANDS:
        assert re.search(rf"^  {command} +[A-Z]\w+", result.output, re.MULTILINE)


@pytest.mark.parametrize("command", RUNNABLE)
def test_every_command_explains_itself(run, command):
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "--data" in result.output
    assert run(*command.split(), "-h").output == result.output


@pytest.mark.parametrize(("command", "found"), RUNNABLE.items())
def test_every_option_says_what_it_is_for(command, found):
    for parameter in found.params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            shown = parameter.help or parameter.show_default
            assert shown, f"{command} {parameter.opts}"


def test_the_version_is_that_of_the_service(run):
    assert run("--version").output == f"winnow, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["sift"],
        ["rebuild"],
        ["search"],
        ["rebuild", "x", "--limit", "0"],
        ["rebuild", "x", "--live"],
        ["rebuild", "--live", "--limit", "3"],
        ["related"],
        ["related", "x", "--method", "best"],
        ["related", "x", "--limit", "0"],
        ["keywords"],
        ["keywords", "x", "--limit", "0"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--sort", "best"],
        ["prune", "--keep", "0"],
        ["serve", "--port", "65536"],
        ["serve", "--workers", "0"],
    ],
)
def test_a_command_that_is_not_understood_has_status_2_and_shows_the_usage(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


@pytest.mark.parametrize(
    "arguments", [["info"], ["verify"], ["search", "x"], ["update", os.devnull]]
)
def test_without_a_snapshot_a_command_says_to_build_one(run, tmp_path, arguments):
    result = run(*arguments, "--data", tmp_path / "nothing")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert re.fullmatch(
        r"Error: no snapshot in \S+; run `winnow rebuild DUMP`\n", result.stderr
    )
    assert not (tmp_path / "nothing").exists()


def test_rebuild_publishes_a_snapshot_and_says_so(run, dump_file, tmp_path):
    result = run("rebuild", dump_file, "--data", tmp_path / "data")
    assert result.exit_code == 0
    name = find_live(tmp_path / "data").name
    assert re.fullmatch(
        rf"published {name}: 26 papers, 26 of them from papers.jsonl, in [\d.]+ s\n",
        result.stdout,
    )
    assert run("verify", "--data", tmp_path / "data").exit_code == 0


def test_rebuild_live_needs_no_dump(run, data, tmp_path):
    copy = shutil.copytree(data, tmp_path / "copy", symlinks=True)
    before = find_live(copy).name
    result = run("rebuild", "--live", "--data", copy)
    assert result.exit_code == 0, result.stderr
    name = find_live(copy).name
    assert re.fullmatch(
        rf"published {name}: 26 papers, 26 of them from its own papers in {before}, "
        r"in [\d.]+ s\n",
        result.stdout,
    )
    refused = run("rebuild", "--live", "--data", tmp_path / "nothing")
    assert (refused.exit_code, "no snapshot in" in refused.stderr) == (1, True)


def test_rebuild_reads_standard_input(run, dump_file, tmp_path):
    packed = gzip.compress(dump_file.read_bytes())
    result = run("rebuild", "-", "--data", tmp_path / "data", text=packed)
    assert result.exit_code == 0
    assert "26 papers" in result.stdout


def test_rebuild_may_take_only_some_papers(run, dump_file, tmp_path):
    result = run("rebuild", dump_file, "--data", tmp_path / "data", "--limit", 3)
    assert result.exit_code == 0
    assert ": 3 papers, 3 of them" in result.stdout


def test_rebuild_shows_what_it_skipped_and_where(run, write_dump, record, tmp_path):
    dump = write_dump([record(), b"not json", record(title=None), record()])
    result = run("rebuild", dump, "--data", tmp_path / "data")
    assert result.exit_code == 0
    assert "skipped line 2: " in result.stderr
    assert "not json" in result.stderr
    assert re.search(r"skipped 1 records?: ", result.stderr)
    assert re.search(r"1 repeated ids?: the later record won", result.stderr)


def test_rebuild_says_which_files_it_passed_over_and_why_a_number_is_no_id(
    run, write_dump, record, tmp_path
):
    lines = [record(), b'{"id": 2401.0001, "title": "T"}']
    path = tmp_path / "dump.tar"
    path.write_bytes(tarred(write_dump(lines).read_bytes()))
    result = run("rebuild", path, "--data", tmp_path / "data")
    assert "passed over 2 files of the archive, no JSON: LICENSE, ._arxiv" in result.stderr
    assert "skipped 1 record: numeric_id (put ids in quotes" in result.stderr


@pytest.mark.parametrize("command", ["rebuild", "update"])
@pytest.mark.parametrize(
    "content",
    [b"", b"not json\n", b"\n\n", gzip.compress(os.urandom(9_000))[:-20]],
    ids=["empty", "not json", "blank", "truncated"],
)
def test_a_dump_that_cannot_be_read_changes_nothing(
    run, one_paper, tmp_path, command, content
):
    before = snapshots(one_paper)
    dump = tmp_path / "bad.jsonl"
    dump.write_bytes(content)
    result = run(command, dump, "--data", one_paper)
    assert result.exit_code == 1
    assert re.match(r"Error: (\S+/)?bad.jsonl ", result.stderr.splitlines()[-1])
    assert "Traceback" not in result.output
    assert snapshots(one_paper) == before


@pytest.mark.parametrize("command", ["rebuild", "update"])
def test_a_dump_that_is_not_there_is_named(run, one_paper, command):
    result = run(command, "nowhere.jsonl", "--data", one_paper)
    assert result.exit_code == 1
    assert "nowhere.jsonl" in result.stderr
    assert len(snapshots(one_paper)) == 1


def test_rebuild_into_a_place_that_cannot_be_written_says_which(run, dump_file, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("rebuild", dump_file, "--data", tmp_path / "file" / "data")
    assert result.exit_code == 1
    assert "cannot write in" in result.stderr
    assert str(tmp_path / "file") in result.stderr


def test_update_adds_and_replaces(run, build, write_dump, record):
    data = build([record("2401.00001"), record("2401.00002")])
    dump = write_dump([record("2401.00002", title="New"), record("2401.00003")])
    result = run("update", dump, "--data", data)
    assert result.exit_code == 0
    assert "3 papers, 2 of them from dump.jsonl" in result.stdout
    found = run("search", "2401.00002", "--data", data)
    assert found.stdout.strip().endswith("New")


def test_related_prints_papers_with_their_reasons(run, topical_data):
    result = run("related", "2401.00003", "--data", topical_data, "--limit", 4)
    assert result.exit_code == 0
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [len(line) for line in lines] == [5] * 4
    assert all(line[0].startswith("2401.") for line in lines)
    assert "quant-ph" in lines[0][4]


def test_related_prints_what_the_api_answers(run, topical_data):
    several = ("2401.00003", "2404.00001", "--unlike", "2402.00001")
    result = run("related", *several, "--data", topical_data, "--json", "--sort", "date")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    RelatedAnswer.model_validate(answer, extra="forbid")
    assert answer["meta"]["unlike"] == ["2402.00001"]


def test_related_without_vectors_says_what_it_did(run, data):
    found = run("search", "cat:cs.LG", "--data", data, "--limit", 1).stdout.split("\t")[0]
    result = run("related", found, "--data", data)
    assert "note: no_vectors" in result.stderr
    refused = run("related", found, "--data", data, "--method", "vectors")
    assert refused.exit_code == 1
    assert "winnow rebuild DUMP --encoder auto" in refused.stderr


@pytest.mark.parametrize("command", ["related", "keywords"])
def test_a_paper_that_is_not_there_is_named(run, data, command):
    assert "2401.99999" in run(command, "2401.99999", "--data", data).stderr
    assert run(command, "nonsense", "--data", data).exit_code == 1


def test_keywords_prints_those_of_a_paper_or_a_text(run, topical_data):
    of_paper = run("keywords", "2401.00003", "--data", topical_data)
    assert (of_paper.exit_code, len(of_paper.stdout.splitlines()) > 0) == (0, True)
    text = "# Replica symmetry breaking\n\nWe study **spin glasses**."
    of_text = run("keywords", "-", "--data", topical_data, "--limit", 2, text=text)
    assert sorted(of_text.stdout.splitlines()) == [
        "replica symmetry breaking",
        "spin glasses",
    ]
    as_json = run("keywords", "-", "--data", topical_data, "--json", text=text)
    KeywordsAnswer.model_validate(json.loads(as_json.stdout), extra="forbid")


def test_keywords_of_no_text_or_too_much(run, data):
    assert run("keywords", "-", "--data", data, text="").exit_code == 1
    too_much = run("keywords", "-", "--data", data, text="word " * 30_000)
    assert too_much.exit_code == 2
    assert "100,000 characters" in too_much.stderr


def test_search_prints_what_meaning_finds(run, topical_data):
    result = run("search", "cosmology", "--mode", "semantic", "--data", topical_data)
    assert result.exit_code == 0
    assert "note: nearest (papers 120)" in result.stderr
    assert result.stdout.startswith("2402.")


OURS = re.compile(
    r"encoder shipped: .*|with --encoder minilm, .*|"
    r"[a-z]+ …|[a-z]+: [\d,]+ papers?, [\d,]+ a second(, .* left)?"
)


def test_a_build_shows_nothing_but_what_we_say(start, write_dump, record, tmp_path):
    dump = write_dump([record(), record("2401.00002", title="Another")])
    build = start("rebuild", dump, "--data", tmp_path / "data", "--encoder", "auto")
    output, shown = (text.decode() for text in build.communicate(timeout=TIMEOUT_S))

    assert build.returncode == 0, shown
    assert re.fullmatch(r"published .*\n", output)
    assert "encode …" in shown
    assert [line for line in shown.splitlines() if not OURS.fullmatch(line)] == []


def test_libraries_are_heard_when_they_warn():
    said = """
import logging
from app.cli.main import main
main(["prune", "--help"], standalone_mode=False)
logging.getLogger("model2vec.model").info("Saved")
logging.getLogger("a.library").warning("Beware")
logging.getLogger("app.web.errors").info("Ours")
"""
    environment = os.environ | {"WINNOW_LOG_LEVEL": "info"}
    ended = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, env=environment
    )

    assert ended.stderr.splitlines() == ["WARNING: Beware", "INFO: Ours"]


def test_an_encoder_that_is_not_there_is_named(run, one_paper, dump_file):
    result = run("rebuild", dump_file, "--data", one_paper, "--encoder", "/no/model")
    assert result.exit_code == 1
    assert "/no/model" in result.stderr
    assert "Traceback" not in result.output


def test_info_tells_what_the_snapshot_holds(run, data):
    result = run("info", "--data", data)
    assert result.exit_code == 0
    facts = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert facts["snapshot"] == f"{find_live(data).name} (rebuild, encoder none)"
    assert facts["papers"].startswith("26 in ")
    assert facts["days"] == "1996-02-01 to 2024-05-01"
    assert facts["from"].startswith("papers.jsonl, ")
    assert "peak" in facts["index"]


def test_info_as_json_is_the_manifest(run, data):
    result = run("info", "--data", data, "--json")
    manifest = json.loads(result.stdout)
    assert manifest == json.loads((find_live(data) / "manifest.json").read_text())
    assert manifest["papers"] == 26


def test_verify_finds_a_whole_snapshot_whole(run, data):
    result = run("verify", "--data", data)
    assert (result.exit_code, result.stdout) == (0, f"{find_live(data).name} is whole\n")


def test_verify_names_what_is_damaged_and_what_to_do(run, one_paper):
    catalog = find_live(one_paper) / "catalog.db"
    catalog.write_bytes(catalog.read_bytes()[:-1] + b"!")
    (find_live(one_paper) / "stray").write_text("")
    result = run("verify", "--data", one_paper)
    assert result.exit_code == 1
    assert "catalog.db is not what was written" in result.stderr
    assert "stray does not belong here" in result.stderr
    assert "run `winnow rebuild DUMP`" in result.stderr


def test_prune_keeps_the_newest_and_the_live_one(run, one_paper, build, record):
    for _ in range(3):
        build([record()], one_paper)
    names = sorted(
        snapshots(one_paper), key=lambda n: (one_paper / "snapshots" / n).stat().st_mtime_ns
    )
    result = run("prune", "--data", one_paper, "--keep", 2)
    assert result.exit_code == 0
    assert sorted(result.stdout.split()[1::2]) == sorted(names[:2])
    assert snapshots(one_paper) == sorted(names[2:])
    assert find_live(one_paper).name in snapshots(one_paper)


def test_prune_says_when_there_is_nothing_to_remove(run, build, record):
    result = run("prune", "--data", build([record()]))
    assert (result.exit_code, result.stdout) == (0, "nothing to remove\n")


def test_prune_removes_what_a_dead_build_has_left(run, one_paper):
    (one_paper / "snapshots" / "20200101T000000Z.partial").mkdir()
    assert "removed 20200101T000000Z.partial" in run("prune", "--data", one_paper).stdout


def test_prune_keeps_what_a_process_has_open_and_says_so(run, build, record, service):
    data = build([record()])
    first = find_live(data).name
    process = service(data)
    assert get(f"{process.url}/healthz").status_code == 200
    build([record()], data)
    result = run("prune", "--data", data, "--keep", 1)
    assert result.stdout == f"kept {first}: a process has it open\n"
    process.stop()
    assert f"removed {first}" in run("prune", "--data", data, "--keep", 1).stdout


def test_search_prints_a_line_for_each_paper_that_scripts_can_split(run, data):
    result = run("search", "attention graph", "--data", data)
    assert result.exit_code == 0
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert lines[0] == ["2403.12347", "2024-03-19", "Attention for Graph Networks"]
    assert all(len(line) == 3 for line in lines)
    assert "for: attention graph" in result.stderr


def test_search_as_json_is_what_the_api_answers(run, data, client):
    params = {"q": "lattice", "limit": 2, "offset": 1, "sort": "oldest"}
    options = [f"--{k}={v}" for k, v in params.items() if k != "q"]
    result = run("search", "lattice", "--data", data, "--json", *options)
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    SearchAnswer.model_validate(printed, extra="forbid")
    answered = client.get("/api/search", params=params).json()
    for answer in (printed, answered):
        assert answer["meta"].pop("took_ms") >= 0
    assert printed == answered


def test_search_has_status_1_if_there_is_no_paper(run, data):
    result = run("search", "zzzzzz", "--data", data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert run("search", "zzzzzz", "--data", data, "--json").exit_code == 1


@pytest.mark.parametrize("query", ["x" * 4_001, "\udcff", "", "\x00"])
def test_search_survives_any_query(run, data, query):
    result = run("search", "--data", data, "--", query)
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output
    assert not isinstance(result.exception, UnicodeError)


def test_search_beyond_what_can_be_paged_to_says_why(run, data):
    result = run("search", "lattice", "--data", data, "--offset", 10_000)
    assert result.exit_code == 2
    assert "0<=x<=9999" in result.stderr


def test_the_data_directory_may_come_from_the_environment(run, data, monkeypatch):
    monkeypatch.setenv("WINNOW_DATA_DIR", str(data))
    assert run("info").exit_code == 0
    assert run("search", "lattice").exit_code == 0


def test_a_setting_that_cannot_be_read_is_named(run, monkeypatch):
    monkeypatch.setenv("WINNOW_PORT", "http")
    result = run("info")
    assert result.exit_code == 2
    assert "WINNOW_PORT" in result.stderr


def test_the_module_of_the_console_script_runs_too(data):
    command = [sys.executable, "-c", "from app.cli.main import main; main()"]
    done = subprocess.run(
        [*command, "info", "--data", data], capture_output=True, timeout=TIMEOUT_S
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_output_into_a_closed_pipe_is_no_traceback(data):
    search = subprocess.Popen(
        [winnow(), "search", "a", "--data", data, "--json", "--limit", "200"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    search.stdout.close()
    error = search.stderr.read()
    search.stderr.close()
    search.wait(TIMEOUT_S)
    assert b"Traceback" not in error


def waiting_build(start, data, record):
    """Start a build that waits for more of its standard input."""
    process = start("rebuild", "-", "--data", data)
    process.stdin.write(json.dumps(record()).encode() + b"\n")
    process.stdin.flush()
    eventually(lambda: list((data / "snapshots").glob("*.partial/fulltext/meta.json")))
    return process


def test_an_interrupted_build_says_so_and_leaves_no_debris(start, build, record):
    data = build([record()])
    before = snapshots(data)
    process = waiting_build(start, data, record)
    while process.poll() is None:  # Python loses one that comes in a finalizer
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
    error = process.stderr.read()
    assert process.returncode == 130
    assert b"the live snapshot is unchanged" in error
    assert b"Traceback" not in error
    assert snapshots(data) == before


def test_a_second_build_is_refused_and_told_who_has_the_first(
    start, run, build, record, dump_file
):
    data = build([record()])
    first = waiting_build(start, data, record)
    for command in (["rebuild", dump_file], ["update", dump_file], ["prune"]):
        result = run(*command, "--data", data)
        assert result.exit_code == 1
        assert f"another build is running in {data} (process {first.pid})" in result.stderr
    first.stdin.close()
    assert first.wait(TIMEOUT_S) == 0


def test_a_pipe_sees_lines_and_no_bar(start, dump_file, tmp_path):
    process = start("rebuild", dump_file, "--data", tmp_path / "data")
    _, error = process.communicate(timeout=TIMEOUT_S)
    lines = error.decode().splitlines()
    assert lines[0].startswith("index: 26 papers, ")
    stages = [
        "commit",
        "keywords",
        "catalog",
        "history",
        "words",
        "encode",
        "verify",
        "checksum",
    ]
    shown = [line.removesuffix(" …") for line in lines if line.endswith("…")]
    assert shown == [*stages, "publish"]
    assert any(line.startswith("keywords: 26 papers, ") for line in lines)
    assert "encoder none: as asked, about 0 s" in lines
    assert b"\r" not in error


def test_a_terminal_sees_a_bar_with_the_rate(dump_file, tmp_path):
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    process = subprocess.Popen(
        [winnow(), "rebuild", dump_file, "--data", tmp_path / "data"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while received := os.read(ours, 65_536):
            shown += received
    except OSError:  # a terminal whose other side was closed
        pass
    os.close(ours)
    assert process.wait(TIMEOUT_S) == 0
    assert b"index 100%" in shown
    assert b"26 papers" in shown


def test_a_search_that_is_too_dear_is_refused_with_a_sentence(run, data):
    words = [f"{a}{b}ler~2" for a in "bcdfg" for b in ("oi", "ai", "ee", "uu", "yo")]
    ended = run("search", " OR ".join(words), "--explain", "--data", str(data))
    assert ended.exit_code == 1
    assert "times what one request may cost" in ended.output
    assert "leave explain out" in ended.output
