"""The state taken out and put back: backups of SQLite and PostgreSQL, and restoring."""

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import traceback
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner

from app.cli.main import main
from app.main import create_app
from app.stars.store import StarStore
from app.state.backup import write_backup
from app.state.connection import Database, StateError
from app.state.tables import TABLES
from app.summaries.store import SummaryStore
from app.summaries.summary import Summary
from tests.app.service import eventually, winnow

ROOT = Path(__file__).parents[3]
PAPER = "1706.03762"
SUMMARY = Summary(
    paper=PAPER,
    language="en",
    author="ada",
    version=None,
    created="2026-11-28",
    markdown="# A “title”\n\n$x < y$\u2028\x00".replace("\x00", ""),
)


@pytest.fixture
def run():
    def call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


def fill(database, stars=3):
    """Put a summary and some stars into a state."""
    SummaryStore(database).put([SUMMARY])
    for _ in range(stars):
        StarStore(database).add(PAPER, 1)


def look(database):
    """Return what a state holds."""
    return SummaryStore(database).read(PAPER), StarStore(database).read([PAPER])


@pytest.fixture
def state(tmp_path):
    """A data directory with a state, whose database is open."""
    database = Database.beside(tmp_path / "data", None)
    fill(database)
    yield tmp_path / "data", database
    database.close()


def test_what_was_backed_up_is_restored(run, state, tmp_path):
    (data, database), file = state, tmp_path / "backup.jsonl"
    done = run("backup", file, "--data", data)
    assert done.exit_code == 0, done.output
    assert "1 rows of star" in done.stdout
    StarStore(database).add(PAPER, 1)
    database.close()
    done = run("restore", file, "--data", data)
    assert done.exit_code == 0, done.output
    assert look(Database.beside(data, None)) == ([SUMMARY], {PAPER: 3})
    (old,) = data.glob("state.db.*Z")
    assert str(old) in done.stdout
    assert look(Database(f"sqlite:///{old}")) == ([SUMMARY], {PAPER: 4})


def test_a_backup_goes_into_an_empty_directory(run, state, tmp_path):
    run("backup", tmp_path / "backup.jsonl", "--data", state[0])
    done = run("restore", tmp_path / "backup.jsonl", "--data", tmp_path / "new")
    assert (done.exit_code, "old state" in done.stdout) == (0, False)
    assert look(Database.beside(tmp_path / "new", None)) == ([SUMMARY], {PAPER: 3})


def test_every_table_of_the_service_is_in_a_backup(run, state, tmp_path):
    create_app()  # whatever it imports has registered its tables
    run("backup", tmp_path / "backup.jsonl", "--data", state[0])
    head = json.loads((tmp_path / "backup.jsonl").read_text().splitlines()[0])
    assert head["tables"] == {t.name: t.c.keys() for t in TABLES.sorted_tables}
    code = (
        "import app.cli.state; from app.state.tables import TABLES; print(*TABLES.tables)"
    )
    listed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(listed.stdout.split()) == set(TABLES.tables)


def test_a_state_that_is_damaged_is_replaced_and_kept(run, state, tmp_path):
    (data, database), file = state, tmp_path / "backup.jsonl"
    run("backup", file, "--data", data)
    database.close()
    (data / "state.db").write_bytes(b"this is no database, but a text of some length")
    assert run("restore", file, "--data", data).exit_code == 0
    assert look(Database.beside(data, None)) == ([SUMMARY], {PAPER: 3})
    (old,) = data.glob("state.db.*Z")
    assert old.read_bytes().startswith(b"this is no")


def test_what_lies_in_the_write_ahead_log_is_backed_up(run, state, tmp_path):
    data, _ = state
    assert (data / "state.db-wal").stat().st_size > 0
    copied = shutil.copy(data / "state.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(copied)) as copy:
        tables = copy.execute("SELECT count(*) FROM sqlite_master").fetchone()
    run("backup", tmp_path / "backup.jsonl", "--data", data)
    assert tables == (0,)  # what a copy of the file alone would have kept
    assert '{"star":["1706.03762",3]}' in (tmp_path / "backup.jsonl").read_text()


def test_a_backup_is_of_one_moment_while_a_server_writes(state, tmp_path):
    """Each write adds a star and a summary at once; no backup has one without the other."""
    data, database = state
    enough = threading.Event()

    def write():
        number = 0
        while not enough.is_set():
            number += 1
            with database.connect() as connection:
                for table, row in (
                    ("star", {"paper": f"p{number}", "count": 1}),
                    ("summary", summary_row(f"p{number}")),
                ):
                    connection.execute(TABLES.tables[table].insert(), row)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        other = Database.beside(data, None)
        counts = [write_backup(other, tmp_path / f"{n}.jsonl") for n in range(10)]
        other.close()
    finally:
        enough.set()
        writer.join()
    assert counts[-1]["star"] > counts[0]["star"]
    assert all(count["star"] == count["summary"] for count in counts)


def summary_row(paper):
    return {
        "paper": paper,
        "language": "en",
        "author": "",
        "created": "",
        "markdown": "text " * 200,
    }


def test_restoring_is_refused_while_a_server_runs(run, service, data, tmp_path):
    fresh = shutil.copytree(data, tmp_path / "data")
    fill(database := Database.beside(fresh, None))
    database.close()
    process = service(fresh)
    backup = tmp_path / "backup.jsonl"
    assert run("backup", backup, "--data", fresh).exit_code == 0
    address = f"{process.url}/api/papers/{PAPER}/star"
    assert httpx2.put(address).json()["stars"] == 4
    refused = run("restore", backup, "--data", fresh)
    assert refused.exit_code == 1
    assert "a server is running" in refused.output
    assert httpx2.delete(address).json()["stars"] == 3
    process.stop()
    assert run("restore", backup, "--data", fresh).exit_code == 0


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda lines: lines[:-1], "not whole"),
        (lambda lines: [*lines[:-1], lines[-1][:-3]], "damaged"),
        (lambda lines: [lines[0], *lines[2:]], "not whole"),
        (lambda lines: [*lines, lines[1]], "damaged"),
        (lambda lines: [lines[0], '{"star":[1]}', *lines[1:]], "damaged"),
        (lambda lines: ["{}", *lines[1:]], "no backup"),
        (lambda lines: [lines[0].replace("star", "moon"), *lines[1:]], "does not know"),
        (lambda _: [], "no backup"),
        (lambda _: ["[]"], "no backup"),
        (lambda _: ["\x00"], "damaged"),
        (lambda lines: [*lines[:1], '{"star":5}', *lines[1:]], "damaged"),
        (lambda lines: [*lines[:1], '{"star":[1,2]}', *lines[1:]], "damaged"),
        (lambda lines: [*lines[:1], '{"star":["a",true]}', *lines[1:]], "damaged"),
        (lambda lines: [*lines[:1], '{"star":["a","b"]}', *lines[1:]], "damaged"),
        (lambda lines: [*lines[:1], '{"star":[null,1]}', *lines[1:]], "damaged"),
        (lambda lines: [*lines[:1], f'{{"star":["a",{1 << 63}]}}', *lines[1:]], "damaged"),
        (lambda lines: ['{"winnow_state":1}', *lines[1:]], "names no tables"),
        (lambda lines: ['{"winnow_state":1,"tables":[]}', *lines[1:]], "names no tables"),
        (lambda lines: ['{"winnow_state":1,"tables":{"star":1}}', *lines[1:]], "not know"),
        (
            lambda lines: ['{"winnow_state":1,"tables":{"star":["x"]}}', *lines[1:]],
            "not know",
        ),
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(
    run, state, tmp_path, spoil, problem
):
    (data, database), file = state, tmp_path / "backup.jsonl"
    run("backup", file, "--data", data)
    file.write_text("\n".join(spoil(file.read_text().splitlines())))
    done = run("restore", file, "--data", data)
    assert done.exit_code == 1
    assert problem in done.output
    assert look(database) == ([SUMMARY], {PAPER: 3})
    assert sorted(p.name for p in data.iterdir() if "state.db." in p.name) == []


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(run, state, tmp_path):
    done = run("backup", tmp_path / "nowhere" / "file", "--data", state[0])
    assert done.exit_code == 1
    assert "cannot write" in done.output
    missing = run("restore", tmp_path / "missing", "--data", state[0])
    assert (missing.exit_code, "cannot read" in missing.output) == (1, True)


def test_a_backup_never_replaces_the_state_itself(run, state, tmp_path):
    data, database = state
    (tmp_path / "link").symlink_to(data / "state.db")
    for file in (data / "state.db", data / "state.db-wal", tmp_path / "link"):
        done = run("backup", file, "--data", data)
        assert (done.exit_code, "the state itself" in done.output) == (1, True)
    assert look(database) == ([SUMMARY], {PAPER: 3})


def test_a_backup_replaces_nothing_that_is_no_file(run, state, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path):
        done = run("backup", place, "--data", state[0])
        assert (done.exit_code, "no ordinary file" in done.output) == (1, True)
    assert pipe.is_fifo()


def test_a_backup_replaces_nothing_but_a_backup(run, state, tmp_path):
    data, _ = state
    for name in ("CURRENT", "SERVING", "notes.txt"):
        (data / name).write_text("20261128T120000Z\n")
        done = run("backup", data / name, "--data", data)
        assert (done.exit_code, "it is no backup" in done.output) == (1, True)
        assert (data / name).read_text() == "20261128T120000Z\n"
    for _ in range(2):
        assert run("backup", tmp_path / "backup.jsonl", "--data", data).exit_code == 0


def test_a_file_that_a_restore_would_replace_is_kept(run, state):
    data, database = state
    database.close()
    run("backup", data / "state.db.new", "--data", data)
    before = (data / "state.db.new").read_bytes()
    done = run("restore", data / "state.db.new", "--data", data)
    assert (done.exit_code, "give it another name" in done.output) == (1, True)
    assert (data / "state.db.new").read_bytes() == before


def test_what_is_logged_of_a_failure_names_no_paper_of_a_reader(state):
    _, database = state
    stars = TABLES.tables["star"]
    row = {column.name: 1 for column in stars.columns} | {"paper": PAPER}

    def insert_twice():
        with database.connect() as connection:
            connection.execute(stars.insert(), [row, row])

    with pytest.raises(StateError) as caught:
        insert_twice()
    told = "".join(traceback.format_exception(caught.value))
    assert "parameters hidden" in told
    assert PAPER not in told


def test_where_there_is_no_state_a_backup_says_so_and_makes_none(run, tmp_path):
    done = run("backup", tmp_path / "backup.jsonl", "--data", tmp_path / "elsewhere")
    assert (done.exit_code, "no state to back up" in done.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_cannot_be_restored_for_it_is_read_twice(run, state, tmp_path):
    data, database = state
    run("backup", tmp_path / "backup.jsonl", "--data", data)
    content = (tmp_path / "backup.jsonl").read_bytes()
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    try:
        done = run("restore", f"/dev/fd/{reading}", "--data", data)
    finally:
        os.close(reading)
    assert (done.exit_code, "no ordinary file" in done.output) == (1, True)
    assert look(database) == ([SUMMARY], {PAPER: 3})


def test_every_state_that_a_restore_replaces_is_kept(run, state, tmp_path):
    (data, database), file = state, tmp_path / "backup.jsonl"
    run("backup", file, "--data", data)
    database.close()
    for _ in range(3):
        assert run("restore", file, "--data", data).exit_code == 0
    assert len([p for p in data.glob("state.db.*") if "-wal" not in p.name]) == 3


def test_restoring_waits_for_no_command_that_imports_summaries(state, tmp_path):
    data, database = state
    file = tmp_path / "backup.jsonl"
    write_backup(database, file)
    command = [winnow(), "summaries", "import", "-", "--data", data]
    importing = subprocess.Popen(command, stdin=subprocess.PIPE)
    eventually(lambda: is_locked(data / "SERVING"))
    restoring = [winnow(), "restore", file, "--data", data]
    done = subprocess.run(restoring, capture_output=True, text=True)
    importing.communicate(b"")
    assert (done.returncode, "stop it, then restore" in done.stderr) == (1, True)
    assert importing.returncode == 0
    assert subprocess.run(restoring, capture_output=True).returncode == 0


def is_locked(path):
    """Tell whether a process holds the lock of a file."""
    if not path.exists():
        return False
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory):
    """The address of a PostgreSQL that lives for these tests, if there is one here."""
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL is installed")
    found = shutil.which("pg_ctl") and shutil.which("initdb")
    if not found:
        pytest.skip("no PostgreSQL is installed")
    owner = "postgres" if os.geteuid() == 0 else None
    home = tmp_path_factory.mktemp("postgresql")
    if owner:
        for folder in (home, home.parent, home.parent.parent):
            folder.chmod(0o755)
        shutil.chown(home, owner)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def call(*command):
        subprocess.run(
            command, check=True, capture_output=True, user=owner, cwd=home, timeout=120
        )

    call("initdb", "-D", home / "db", "-A", "trust", "-U", "winnow", "-E", "UTF8", "-N")
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
    start = ("pg_ctl", "-D", home / "db", "-l", home / "log", "-o", options)
    call(*start, "-w", "start")
    yield f"postgresql+psycopg://winnow@127.0.0.1:{port}/postgres"
    call("pg_ctl", "-D", home / "db", "-m", "immediate", "stop")


def test_postgresql_is_backed_up_and_restored_the_same(
    run, postgresql, state, tmp_path, monkeypatch
):
    data, local = state
    file, moved = tmp_path / "backup.jsonl", tmp_path / "moved.jsonl"
    assert write_backup(local, file) == {"star": 1, "summary": 1}
    monkeypatch.setenv("WINNOW_STATE_URL", postgresql)
    done = run("restore", file, "--data", data)
    assert done.exit_code == 0, done.output
    database = Database(postgresql)
    assert look(database) == ([SUMMARY], {PAPER: 3})
    StarStore(database).add(PAPER, 1)
    assert run("backup", moved, "--data", data).exit_code == 0
    assert run("restore", file, "--data", data).exit_code == 0
    assert look(database) == ([SUMMARY], {PAPER: 3})
    database.close()
    kept = max(data.glob("state-*.jsonl"))
    assert kept.read_text().splitlines()[1:] == moved.read_text().splitlines()[1:]


def test_a_database_that_is_away_shows_its_host_to_the_log_alone(data, caplog):
    from starlette.testclient import TestClient

    from app.settings import Settings

    pytest.importorskip("psycopg", reason="no driver for PostgreSQL is installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"postgresql+psycopg://winnow:unmistakable@127.0.0.1:{port}/winnow"
    with TestClient(create_app(Settings(data_dir=data, state_url=url))) as client:
        answers = [
            client.get(f"/api/papers/{PAPER}/summaries"),
            client.put(f"/api/papers/{PAPER}/star"),
            client.get("/readyz"),
            client.get(f"/paper/{PAPER}"),
        ]
    assert [answer.status_code for answer in answers] == [503, 503, 503, 200]
    for answer in answers:
        assert str(port) not in answer.text
        assert "127.0.0.1" not in answer.text
    assert str(port) in caplog.text
    assert "unmistakable" not in caplog.text
