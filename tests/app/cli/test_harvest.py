"""Harvests through the command line: from a server like arXiv's to a search."""

import json
import re
import shutil
import signal
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.cli.main import main
from app.cli.progress import Fetched
from app.cli.schedule import Schedule, read_schedule, repeat
from index import (
    HarvestFailed,
    Manifest,
    OaiClient,
    Reached,
    Shelf,
    find_live,
    gather,
    verify,
)
from index.meaning.encoders import neural
from index.sources.oai import client as clients
from tests.app.service import eventually, winnow
from tests.oai_server import OaiServer, failing, paper, write_error

ROOT = Path(__file__).parents[3]
CURRENT = date(2026, 11, 5)
FROM = ("--from", "2026-11-01")


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(clients, "PAUSE_S", 0)


@pytest.fixture
def server():
    """Five papers of five days, two a page."""
    papers = [paper(n, f"2026-11-{n:02}") for n in range(1, 6)]
    with OaiServer(papers, page=2) as running:
        yield running


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def run(server, data, monkeypatch):
    """Run a command of the command line on the data directory."""
    monkeypatch.setenv("WINNOW_OAI_URL", server.url)

    def call(*arguments):
        arguments = [*map(str, arguments), "--data", str(data)]
        return CliRunner().invoke(main, arguments, prog_name="winnow")

    return call


@pytest.fixture
def harvest(run):
    """Harvest, and expect that to end well."""

    def call(*options):
        result = run("harvest", *options)
        assert result.exit_code == 0, result.output
        return result

    return call


def known(data):
    library = Shelf(data).library()
    return {p.id: p for batch in library.catalog.read_batches(100) for p in batch}


def manifest(data):
    return Manifest.read_from(find_live(data))


def spooled(data):
    return sorted(path.name for path in (data / "harvest").rglob("*") if path.is_file())


def test_from_nothing_a_harvest_builds_a_library_that_is_searched(harvest, run, data):
    result = harvest(*FROM)

    assert "fetch: 2 records up to 2026-11-02, " in result.stderr
    assert "fetched 5 records, 5 of them new or changed" in result.stderr
    assert re.search(
        r"published \S+: 5 papers, 5 of them from harvest of http", result.stdout
    )
    assert run("search", "harvested").stdout.count("2611.") == 5
    assert verify(find_live(data)) == []
    assert spooled(data) == ["LOCK"]


def test_without_a_snapshot_a_harvest_says_where_to_begin(run, server):
    result = run("harvest")

    assert result.exit_code == 1
    assert "--from" in result.stderr
    assert server.requests == []


def test_a_harvest_begins_a_day_before_what_the_library_knows(harvest, server, data, run):
    harvest(*FROM)
    assert manifest(data).harvested == {"": CURRENT}
    assert "current    to 2026-11-05" in run("info").stdout
    server.requests.clear()
    server.papers.append(paper(6, "2026-11-06"))

    harvest()

    assert server.asked[0]["from"] == "2026-11-04"
    assert manifest(data).harvested == {"": date(2026, 11, 6)}
    assert (manifest(data).command, manifest(data).kept) == ("update", 1)


def test_nothing_new_publishes_nothing_and_says_so(harvest, data):
    harvest(*FROM)
    before = find_live(data)

    result = harvest()

    assert result.stdout == "nothing new; nothing was published\n"
    assert find_live(data) == before
    assert spooled(data) == ["LOCK", "reached.json"]


def test_an_empty_span_publishes_nothing(harvest, server, data):
    harvest(*FROM)
    server.papers.clear()

    assert "nothing new" in harvest().stdout
    assert manifest(data).harvested == {"": CURRENT}


def test_a_changed_paper_is_replaced(harvest, server, data, run):
    harvest(*FROM)
    versions = [(f"v{n}", f"Mon, {n} Nov 2026 17:00:00 GMT", "D") for n in (1, 2)]
    server.papers[1] = paper(2, "2026-11-06", title="Rewritten", versions=versions)

    harvest()

    found = known(data)
    assert len(found) == 5
    assert found["2611.00002"].title == "Rewritten"
    assert len(found["2611.00002"].versions) == 2
    assert "2611.00002" in run("search", "rewritten").stdout
    assert manifest(data).kept == 1


def test_a_withdrawn_paper_stays_and_is_marked(harvest, server, data):
    harvest(*FROM)
    gone = [("v1", "Mon, 2 Nov 2026 17:00:00 GMT", "D"), ("v2", None, "I")]
    server.papers[1] = paper(2, "2026-11-06", versions=gone)

    harvest()

    assert known(data)["2611.00002"].withdrawn


def test_a_deleted_paper_is_taken_out(harvest, server, data):
    harvest(*FROM)
    server.papers[1] = paper(2, "2026-11-06", deleted=True)
    server.papers.append(paper(9, "2026-11-06", deleted=True))

    result = harvest()

    assert "1 of them new or changed" in result.stderr
    assert set(known(data)) == {f"2611.{n:05}" for n in (1, 3, 4, 5)}
    assert verify(find_live(data)) == []
    assert "nothing new" in harvest().stdout


def test_a_record_that_is_no_paper_is_told_and_left_out(harvest, server, data):
    server.papers[2]["title"] = " "

    result = harvest(*FROM)

    assert "skipped 1 record: no_title" in result.stderr
    assert len(known(data)) == 4
    assert "nothing new" in harvest().stdout


def test_after_a_dump_a_harvest_begins_at_its_newest_record(
    harvest, server, data, build, record
):
    build([record(update_date="2026-11-04"), record("2401.00002")], data)

    harvest()

    assert server.asked[0]["from"] == "2026-11-03"
    assert len(known(data)) == 2 + 3


@pytest.mark.parametrize("number", [3, 4])
def test_earlier_snapshots_begin_at_their_newest_paper(harvest, server, data, number):
    shutil.unpack_archive(ROOT / "tests" / "snapshots" / f"format-{number}.tar.gz", data)
    last = manifest(data).last_day
    assert manifest(data).harvested is None

    harvest()

    assert server.asked[0]["from"] == str(last - timedelta(days=1))
    assert manifest(data).harvested == {"": CURRENT}
    assert verify(find_live(data)) == []


def test_sets_are_current_each_by_itself(harvest, run, server, data):
    for one in server.papers[:3]:
        one["sets"] = ["math:math:AT"]
    harvest(*FROM, "--set", "math")
    assert manifest(data).harvested == {"math": date(2026, 11, 3)}

    assert "--from" in run("harvest").stderr
    assert "--from" in run("harvest", "--set", "cs").stderr
    server.requests.clear()
    harvest("--set", "math:math:AT")
    assert server.asked[0]["from"] == "2026-11-02"
    harvest(*FROM, "--set", "math,cs")
    assert manifest(data).harvested["cs"] == CURRENT
    assert "nothing new" in harvest(*FROM).stdout
    assert manifest(data).harvested == {"math": date(2026, 11, 3), "cs": CURRENT}
    server.papers.append(paper(6, "2026-11-06"))
    harvest()
    assert server.asked[-2]["from"] == "2026-11-04"
    assert manifest(data).harvested == {"": date(2026, 11, 6)}
    assert len(known(data)) == 6


def test_records_that_were_only_touched_are_asked_for_once(harvest, server, data):
    harvest(*FROM)
    for one in server.papers:
        one["datestamp"] = "2026-11-20"
    assert "nothing new" in harvest().stdout
    harvest()
    assert server.asked[-1].get("from", "2026-11-19") == "2026-11-19"
    note = data / "harvest" / "reached.json"
    assert "2026-11-20" in note.read_text()
    note.write_text("{")
    assert "nothing new" in harvest().stdout


def test_a_failed_harvest_changes_nothing_and_the_next_goes_on(harvest, run, server, data):
    harvest(*FROM)
    server.papers += [paper(n, "2026-11-07") for n in range(10, 17)]
    server.requests.clear()
    server.answers = [None, None, failing(403)]
    before = find_live(data)

    failed = run("harvest")

    assert (failed.exit_code, failed.stdout) == (1, "")
    assert "status 403" in failed.stderr
    assert find_live(data) == before
    harvest()
    assert len(server.requests) == 3 + 3
    assert len(known(data)) == 12


def test_a_build_that_fails_keeps_what_was_fetched(harvest, server, data):
    harvest(*FROM)
    server.papers.append(paper(6, "2026-11-06"))
    client = OaiClient(server.url, agent="test")
    with pytest.raises(HarvestFailed), gather(data, client):
        raise HarvestFailed("on purpose")
    count = len(server.requests)

    harvest()

    assert len(server.requests) == count
    assert len(known(data)) == 6


def test_another_server_begins_anew(harvest, run, server, data):
    server.answers = [None, failing(403)]
    assert run("harvest", *FROM).exit_code == 1
    with OaiServer([paper(1)]) as other:
        harvest(*FROM, "--url", other.url)
    assert set(known(data)) == {"2611.00001"}


def test_two_harvests_at_once_are_one_too_many(run, server, data):
    client = OaiClient(server.url, agent="test")
    with gather(data, client, since=date(2026, 11, 1)):
        result = run("harvest", *FROM)
    assert result.exit_code == 1
    assert "another harvest is running" in result.stderr


def test_the_server_is_told_who_asks(harvest, server, monkeypatch):
    harvest(*FROM)
    assert re.fullmatch(r"Winnow/\d+\.\d+\.\d+\S*", server.agents[-1])
    monkeypatch.setenv("WINNOW_CONTACT", "you@example.org")
    harvest()
    assert server.agents[-1].endswith(" (you@example.org)")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--from", "yesterday"], "not a day"),
        (["--from", "2099-01-01"], "yet to come"),
        (["--set", "cs,,math"], "sets are"),
        (["--set", "cs&verb=Identify"], "sets are"),
        (["--every", "soon"], "neither"),
        (["--every", "0h"], "neither"),
        (["--every", "999999d"], "neither"),
        (["--every", "24:00"], "neither"),
        (["--keep", "0"], "keep"),
    ],
)
def test_an_option_that_says_nothing_is_refused(run, server, options, words):
    result = run("harvest", *options)

    assert result.exit_code == 2
    assert words in result.stderr
    assert server.requests == []


@pytest.mark.parametrize("contact", ["a\nb", "ü@example.org"])
def test_a_contact_that_fits_in_no_header_is_refused(run, contact, monkeypatch):
    monkeypatch.setenv("WINNOW_CONTACT", contact)
    assert "WINNOW_CONTACT" in run("harvest", *FROM).stderr


def test_an_address_of_no_server_is_refused(run):
    result = run("harvest", *FROM, "--url", "file:///etc/passwd")
    assert (result.exit_code, "no address" in result.stderr) == (1, True)


def test_older_snapshots_are_deleted_only_where_that_is_asked(harvest, server, data):
    def names():
        return sorted(path.name for path in (data / "snapshots").iterdir())

    harvest(*FROM)
    for n in (6, 7):
        server.papers.append(paper(n, "2026-11-06"))
        result = harvest()
    assert len(names()) == 3
    assert "1 older snapshot could be deleted" in result.stderr
    server.papers.append(paper(8, "2026-11-06"))
    result = harvest("--keep", 2)
    assert len(names()) == 2
    assert result.stdout.count("removed ") == 2
    assert "could be deleted" not in result.stderr


def test_the_way_of_a_harvest_tells_the_day_the_rate_and_the_time_left(capsys):
    day = datetime.now(UTC).date() - timedelta(days=100)
    start = day - timedelta(days=10)
    Fetched().show(Reached(within="cs", pages=2, records=5_000, start=start, day=day))

    line = capsys.readouterr().err
    assert re.fullmatch(
        rf"fetch: 5,000 records of cs up to {day}, [\d,]+ a second, [\d,]+ min left\n", line
    )


def test_an_update_prunes_too(run, data, build, record, write_dump):
    build([record()], data)
    dump = write_dump([record("2401.00002")])
    assert "could be deleted" not in run("update", dump).stderr
    assert "could be deleted" in run("update", dump).stderr
    assert "removed " in run("update", dump, "--keep", 1).stdout
    assert len(list((data / "snapshots").iterdir())) == 1


def test_what_another_day_fetched_is_built_and_then_comes_the_rest(
    harvest, server, data, monkeypatch
):
    client = OaiClient(server.url, agent="test")
    with pytest.raises(HarvestFailed), gather(data, client, since=date(2026, 11, 1)):
        raise HarvestFailed("killed while it built")
    server.papers.append(paper(6, "2026-11-06"))

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=1)

    monkeypatch.setattr("index.snapshots.harvest.gathering.datetime", Tomorrow)
    harvest(*FROM)
    assert len(known(data)) == 6


# Schedules.


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "moment"),
    [
        ("24h", "2026-11-02 10:00", "2026-11-03 10:00"),
        ("90m", "2026-11-02 10:00", "2026-11-02 11:30"),
        ("2d", "2026-11-27 10:00", "2026-11-29 10:00"),
        ("04:30", "2026-11-02 04:29", "2026-11-02 04:30"),
        ("04:30", "2026-11-02 04:30", "2026-11-03 04:30"),
        ("4:30", "2026-11-27 05:00", "2026-11-30 04:30"),
        ("23:59", "2026-11-28 12:00", "2026-11-30 23:59"),
        ("00:00", "2026-11-29 23:59", "2026-11-30 00:00"),
        ("0:00", "2026-12-31 00:00", "2027-01-01 00:00"),
    ],
)
def test_a_schedule_finds_the_next_moment(text, start, moment):
    assert read_schedule(text).find_next(at(start)) == at(moment)


class Enough(Exception):
    """Ends what runs for ever."""


def repeated(outcomes, capsys):
    """Repeat work that fails where an outcome is an error; return the pauses."""
    pauses, remaining = [], iter(outcomes)

    def work():
        outcome = next(remaining)
        if outcome:
            raise outcome

    def wait(seconds):
        pauses.append(seconds)
        if len(pauses) == len(outcomes):
            raise Enough

    with pytest.raises(Enough):
        repeat(Schedule(length=timedelta(hours=24)), work, wait, lambda: at("2026-11-02"))
    return pauses, capsys.readouterr().err


def test_failures_are_survived_with_growing_pauses(capsys):
    bad = HarvestFailed("the server is ill")
    pauses, errors = repeated([None, *[bad] * 8, OSError(28, "full"), None, bad], capsys)

    assert pauses == [
        86_400,
        *(60, 120, 240, 480, 960, 1_920, 3_600, 3_600),
        *(3_600, 86_400, 60),
    ]
    assert "failed: the server is ill; again in 1 min" in errors


def test_a_mistake_of_ours_is_not_survived(capsys):
    with pytest.raises(ZeroDivisionError):
        repeated([ZeroDivisionError()], capsys)


@pytest.fixture
def running(server, data, tmp_path):
    """Start a harvest as a process of its own; return it and its log."""
    log = tmp_path / "log"
    with log.open("wb") as output:
        command = [winnow(), "harvest", "--data", data, "--url", server.url, *FROM]
        process = subprocess.Popen(
            [*command, "--every", "24h", "--keep", "1"], stdout=output, stderr=output
        )
    yield process, log
    process.kill()
    process.wait()


def test_a_harvest_that_runs_for_ever_ends_at_once_when_it_is_told(server, running, data):
    server.page = 2_500
    process, log = running
    eventually(lambda: "next at " in log.read_text())

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=60) == -signal.SIGTERM
    assert "published" in log.read_text()
    assert set(known(data))


def test_the_manual_schedules_as_compose_does():
    manual = (ROOT / "docs" / "operating.md").read_text()
    assert "--every 04:30 --keep 2" in manual
    assert "OnCalendar=Mon..Fri 04:30 UTC" in manual


@pytest.mark.long
def test_systemd_accepts_the_units_of_the_manual(tmp_path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed: no systemd-analyze")
    manual = (ROOT / "docs" / "operating.md").read_text()
    units = re.findall(r"^```ini\n# (\S+)\n(.*?)^```$", manual, re.MULTILINE | re.DOTALL)
    assert [Path(path).suffix for path, _ in units] == [".service", ".timer"]
    for path, text in units:
        real = text.replace("/opt/winnow/.venv/bin/winnow", str(winnow()))
        (tmp_path / Path(path).name).write_text(real)
    done = subprocess.run(
        [analyze, "verify", *(tmp_path / Path(path).name for path, _ in units)],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    (service,) = (text for path, text in units if path.endswith(".service"))
    (options,) = re.findall(r"^ExecStart=\S+ harvest (.*)$", service, re.MULTILINE)
    context = main.get_command(None, "harvest").make_context("harvest", options.split())
    assert context.params["keep"] == 2


def test_a_refused_schedule_says_what_there_is():
    with pytest.raises(click.BadParameter, match="04:30"):
        read_schedule("every day")


def test_what_a_server_refuses_is_told_in_its_words(run, server):
    server.answers = [write_error("badArgument", "start date too early")]
    assert "start date too early" in run("harvest", *FROM).stderr


def test_info_prints_how_current_the_library_is_as_json(harvest, run):
    harvest(*FROM)
    assert json.loads(run("info", "--json").stdout)["harvested"] == {"": "2026-11-05"}


@pytest.mark.parametrize("options", [FROM, (*FROM, "--every", "24h")])
def test_nothing_is_fetched_for_an_encoder_that_cannot_be_had(
    run, server, data, monkeypatch, options
):
    monkeypatch.setattr(neural, "_MODULES", ("no_such_module",))
    monkeypatch.setenv("WINNOW_ENCODER", "minilm")

    refused = run("harvest", *options)

    assert refused.exit_code == 1
    assert "make neural" in refused.stderr
    assert server.requests == []
    assert not data.exists()


def test_nothing_is_fetched_for_a_library_whose_encoder_is_missing(
    harvest, run, server, data, monkeypatch
):
    harvest(*FROM)
    manifest = find_live(data) / "manifest.json"
    listed = json.loads(manifest.read_text())
    listed["encoder"] |= {"name": "minilm", "model": "all-MiniLM-L6-v2", "dimensions": 384}
    manifest.write_text(json.dumps(listed))
    monkeypatch.setattr(neural, "_MODULES", ("no_such_module",))
    count = len(server.requests)

    refused = run("harvest")

    assert refused.exit_code == 1
    assert "make neural" in refused.stderr
    assert len(server.requests) == count


def test_what_was_fetched_for_an_older_library_is_not_built(harvest, run, data, server):
    """A build is stopped; one of a dump with newer versions comes first; these stay."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.cli.harvest.rebuild_snapshot", _stop)
        assert run("harvest", *FROM).exit_code == 1
    assert "00001.gz" in spooled(data)
    newer = {
        "id": "2611.00001",
        "title": "A newer title",
        "abstract": "Revised.",
        "authors": "Ada Lovelace",
        "categories": "cs.LG",
        "versions": [
            {"version": f"v{n}", "created": f"{n}0 Nov 2026 17:00:00 GMT"} for n in (1, 2)
        ],
        "update_date": "2026-11-20",
    }
    dump = data.with_name("newer.jsonl")
    dump.write_text(json.dumps(newer) + "\n")
    assert run("rebuild", dump).exit_code == 0
    server.papers = []

    harvest()

    assert known(data)["2611.00001"].title == "A newer title"


def _stop(*_, **__):
    raise HarvestFailed("stopped by the test")


def test_a_later_start_that_failed_leaves_no_day_out(harvest, run, data, server):
    """After --from of a later day was stopped, a harvest begins where the library ends."""
    server.papers = server.papers[:1]
    harvest(*FROM)
    server.papers += [paper(n, f"2026-11-{n:02}") for n in (3, 20)]
    server.answers = [failing(500)] * clients.ATTEMPTS
    assert run("harvest", "--from", "2026-11-15").exit_code == 1

    harvest()

    assert set(known(data)) == {"2611.00001", "2611.00003", "2611.00020"}


def test_the_same_paper_twice_in_a_listing_is_published_once(harvest, data, server):
    twice = [paper(1, title="One title"), paper(1, title="Another title")]
    server.papers = twice
    harvest(*FROM)
    first = find_live(data).name
    assert known(data)["2611.00001"].title == "Another title"

    result = harvest(*FROM)

    assert "0 of them new or changed" in result.stderr
    assert find_live(data).name == first


def test_a_server_that_calls_all_papers_deleted_stops_no_later_harvest(
    harvest, run, data, server
):
    harvest(*FROM)
    server.papers = [paper(n, "2026-11-06", deleted=True) for n in range(1, 6)]
    refused = run("harvest")
    assert refused.exit_code == 1
    assert "every paper of the library would be taken out" in refused.stderr
    assert set(known(data)) == {f"2611.{n:05}" for n in range(1, 6)}
    server.papers.append(paper(6, "2026-11-06"))

    harvest()

    assert set(known(data)) == {"2611.00006"}


def test_records_that_are_no_papers_are_told_though_nothing_is_new(harvest, server):
    harvest(*FROM)
    server.papers.append(paper(9, "2026-11-05") | {"id": "bad"})

    result = harvest()

    assert "1 record could not be read as a paper" in result.stderr
    assert "nothing new" in result.stdout
