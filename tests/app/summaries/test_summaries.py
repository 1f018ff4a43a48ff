"""Summaries: kept, given out, shown, taken in and deleted."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.cli.main import main
from app.main import create_app
from app.settings import Settings
from app.state.connection import Database
from app.summaries.api import SummariesAnswer, SummaryShape
from app.summaries.files import (
    BadSummary,
    format_json_line,
    read_directory,
    read_lines,
    write_directory,
)
from app.summaries.store import SummaryStore, find_gists
from app.summaries.summary import Summary
from app.web.contract import ErrorShape
from tests.app.markup import Markup

TOKEN = "a token of some length"  # noqa: S105  of these tests
PAPER, OLD = "1706.03762", "hep-th/9711200"
AS_OPERATOR = {"Authorization": f"Bearer {TOKEN}"}
TEXT = "## Q1\n\nThe loss $\\mathcal{L}_{a}$ & <b>more</b>, \\$5.\n"


def summary(paper=PAPER, language="en", author="a model", **other):
    facts = {"version": 5, "created": "2026-11-20T00:00:00Z", "markdown": TEXT} | other
    return Summary(paper=paper, language=language, author=author, **facts)


def sent(**fields):
    return {"language": "en", "author": "a model", "markdown": TEXT} | fields


@pytest.fixture
def own_data(data, tmp_path):
    """A copy of the small dump's data directory, which a test may change."""
    without_state = shutil.ignore_patterns("state.db*")  # other tests star papers there
    return shutil.copytree(data, tmp_path / "data", ignore=without_state)


@pytest.fixture
def database(own_data):
    """The database of the directory."""
    return Database.beside(own_data, None)


@pytest.fixture
def state(database):
    """The state of the directory."""
    return SummaryStore(database)


@pytest.fixture
def client(own_data):
    """The application on the directory, with a token."""
    settings = Settings(data_dir=own_data, token=SecretStr(TOKEN))
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


@pytest.fixture
def run(own_data):
    """Run `winnow summaries` on the directory."""

    def call(command, *arguments, text=None):
        words = ["summaries", command, *map(str, arguments), "--data", str(own_data)]
        return CliRunner().invoke(main, words, input=text, prog_name="winnow")

    return call


# The state.


def test_a_summary_takes_the_place_of_one_in_its_language_by_its_author(state):
    assert state.put([summary(), summary(language="zh"), summary(author="another")]) == 3
    assert state.put([summary(markdown="Anew.")]) == 0

    kept = state.read(PAPER)
    assert [(one.language, one.author) for one in kept] == [
        ("en", "a model"),
        ("en", "another"),
        ("zh", "a model"),
    ]
    assert kept[0].markdown == "Anew."
    assert state.read(OLD) == []


def test_summaries_are_there_for_another_process(state, database, own_data):
    state.put([summary()])
    database.close()
    assert list(SummaryStore(Database.beside(own_data, None)).read_all()) == [summary()]


def test_the_gists_of_a_page_are_read_at_once_in_the_readers_language(state, database):
    state.put([summary(), summary(OLD), summary(OLD, language="zh", markdown="短。")])
    with database.connect() as connection:
        found = find_gists(connection, [PAPER, OLD, "1406.2661"], "zh")
        assert found.keys() == {PAPER, OLD}
        assert (found[OLD].text, found[OLD].language) == ("短。", "zh")
        assert found[PAPER].language == "en"
        assert find_gists(connection, [], "en") == {}


def test_all_are_kept_or_none(state):
    with pytest.raises(ZeroDivisionError):
        state.put(summary(author=str(1 // number)) for number in (1, 0))
    assert list(state.read_all()) == []


# The JSON API.


def test_summaries_are_answered_in_the_shape_described(client, state):
    state.put([summary(), summary(language="zh", version=None)])

    answer = client.get(f"/api/papers/{PAPER}/summaries").json()
    SummariesAnswer.model_validate(answer, extra="forbid")
    first, second = answer["data"]
    assert (first["markdown"], first["version"], first["outdated"]) == (TEXT, "v5", True)
    assert (second["version"], second["outdated"]) == (None, False)
    chinese = client.get(f"/api/papers/arXiv:{PAPER}v7/summaries?language=zh").json()
    assert chinese["data"] == [second]


def test_a_paper_without_summaries_has_an_empty_list(client):
    assert client.get(f"/api/papers/{OLD}/summaries").json() == {"data": []}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/papers/1706.99999/summaries", 404),
        ("/api/papers/nonsense/summaries", 404),
        (f"/api/papers/{PAPER}/summaries?foo=1", 400),
        (f"/api/papers/{PAPER}/summaries?language={'x' * 500}", 400),
    ],
)
def test_what_cannot_be_answered_has_an_error_that_says_why(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    ErrorShape.model_validate(answer.json(), extra="forbid")


def test_an_answer_is_the_same_until_a_summary_changes(client, state):
    state.put([summary()])
    path = f"/api/papers/{PAPER}/summaries"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    state.put([summary(markdown="Anew.")])
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_operator_writes_replaces_and_deletes(client):
    path = f"/api/papers/{OLD}/summaries"
    fields = sent(version="v2", created="2026-11-20")
    new = client.put(path, json=fields, headers=AS_OPERATOR)
    assert new.status_code == 201
    SummaryShape.model_validate(new.json(), extra="forbid")
    assert new.json()["created"] == "2026-11-20T00:00:00Z"
    again = client.put(path, json=fields | {"markdown": "Anew."}, headers=AS_OPERATOR)
    assert again.status_code == 200
    assert [one["markdown"] for one in client.get(path).json()["data"]] == ["Anew."]

    client.put(path, json=sent(language="zh"), headers=AS_OPERATOR)
    gone = client.delete(f"{path}?language=en", headers=AS_OPERATOR)
    assert gone.json() == {"deleted": 1}
    assert [one["language"] for one in client.get(path).json()["data"]] == ["zh"]


def test_without_a_time_a_summary_is_of_now(client):
    path = f"/api/papers/{PAPER}/summaries"
    made = client.put(path, json=sent(), headers=AS_OPERATOR).json()["created"]
    age = datetime.now(UTC) - datetime.fromisoformat(made)
    assert 0 <= age.total_seconds() < 60


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nobody_else_writes(client, state, method, headers):
    state.put([summary()])
    answer = client.request(
        method,
        f"/api/papers/{PAPER}/summaries",
        json=sent(markdown="Not mine.") if method == "PUT" else None,
        headers=headers,
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    ErrorShape.model_validate(answer.json(), extra="forbid")
    assert list(state.read_all()) == [summary()]


def test_a_token_of_other_letters_is_refused(client):
    headers = {"Authorization": "Bearer пароль".encode()}
    answer = client.put(f"/api/papers/{PAPER}/summaries", json=sent(), headers=headers)
    assert answer.status_code == 401


def test_without_a_token_nothing_can_be_written(connect, data):
    answer = connect(data).put(
        f"/api/papers/{PAPER}/summaries", json=sent(), headers=AS_OPERATOR
    )
    assert answer.status_code == 403
    assert "WINNOW_TOKEN" in answer.json()["message"]


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "English"},
        {"language": "en\n"},
        {"author": " "},
        {"author": "a\x00b"},
        {"author": "a\n---\nb"},
        {"author": "a\u2028b"},
        {"language": "abc-abcdefgh-abcdefgh"},
        {"version": 0},
        {"version": "five"},
        {"created": "yesterday"},
        {"created": 5},
        {"created": ""},
        {"markdown": " \n"},
        {"markdown": "a\x00b"},
        {"markdown": "x" * 200_001},
        {"paper": PAPER},
    ],
    ids=str,
)
def test_what_is_no_summary_is_refused(client, state, fields):
    answer = client.put(
        f"/api/papers/{PAPER}/summaries", json=sent(**fields), headers=AS_OPERATOR
    )
    assert answer.status_code == 400, answer.json()
    assert answer.json()["param"] == next(iter(fields))
    assert list(state.read_all()) == []


def test_a_paper_that_is_not_here_gets_none(client):
    path = "/api/papers/1706.99999/summaries"
    assert client.put(path, json=sent(), headers=AS_OPERATOR).status_code == 404


# Pages.


def test_a_paper_shows_its_summaries_those_in_the_readers_language_first(client, state):
    state.put([summary(), summary(language="zh", markdown="## 问\n")])

    page = Markup(client.get(f"/paper/{PAPER}?lang=zh").text)
    documents = page.all("div", class_="markdown")
    assert [document["lang"] for document in documents] == ["zh", "en"]
    assert documents[1].text == " ".join(TEXT.split())
    assert len(page.all("p", class_="outdated")) == 2


def test_a_card_has_a_fold_where_there_is_a_summary(client, state):
    state.put([summary(OLD)])
    page = Markup(client.get("/search?q=the+of").text)
    folds = page.all("details", class_="document")
    assert [fold["data-summaries"] for fold in folds] == [f"/api/papers/{OLD}/summaries"]


def test_a_paper_can_be_had_as_markdown(client, state):
    state.put([summary()])
    answer = client.get(f"/paper/{PAPER}", headers={"Accept": "text/markdown"})
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.text.startswith("# Attention Is All You Need\n")
    assert TEXT.strip() in answer.text


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "text/html,*/*;q=0.8",
        "text/html",
        "text/markdown;q=0",
        "text/markdown;q=x",
        "text/markdown;q=0.5,text/html",
        "text/markdownish",
        ",,;",
    ],
)
def test_others_get_the_page(client, accept):
    answer = client.get(f"/paper/{PAPER}", headers={"Accept": accept})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_database_that_cannot_be_used_costs_a_page_nothing_but_the_summaries(own_data):
    (own_data / "state.db").write_bytes(b"this is no database, but a text of some length")
    with TestClient(create_app(Settings(data_dir=own_data))) as client:
        assert client.get(f"/paper/{PAPER}").status_code == 200
        assert client.get("/search?q=the+of").status_code == 200
        answer = client.get(f"/api/papers/{PAPER}/summaries")
    assert answer.status_code == 503
    assert answer.json()["error"] == "state_unavailable"
    assert "state" in answer.json()["message"].lower()


# The command line.


def test_what_is_exported_is_imported_as_it_was(run, state, tmp_path):
    kept = [
        summary(),
        summary(author='an "other" \\one\\ # "two"'),
        summary(OLD, "zh-Hant", "模型", version=None, markdown="---\nnot: facts\n---\n$x$"),
    ]
    state.put(kept)
    lines = run("export")
    assert lines.exit_code == 0
    files = tmp_path / "files"
    assert run("export", "--directory", files).exit_code == 0
    assert sorted(file.name for file in files.iterdir()) == [
        f"{PAPER}.en.2.md",
        f"{PAPER}.en.md",
        "hep-th_9711200.zh-Hant.md",
    ]
    for source, text in (("-", lines.output), (files, None)):
        assert run("delete", PAPER, f"{OLD}v2").output == "3 summaries deleted\n"
        taken = run("import", source, text=text)
        assert taken.exit_code == 0, taken.output
        assert "3 summaries of 2 papers taken in, 3 of them new" in taken.output
        assert list(state.read_all()) == kept


def test_some_are_exported_and_deleted(run, state):
    state.put([summary(), summary(language="zh"), summary(OLD)])
    assert len(run("export", PAPER).output.splitlines()) == 2
    assert run("delete", PAPER, "--language", "zh").exit_code == 0
    assert run("delete", PAPER, "--author", "nobody").exit_code == 1
    assert [(one.paper, one.language) for one in state.read_all()] == [
        (PAPER, "en"),
        (OLD, "en"),
    ]
    assert run("export", "1406.2661").exit_code == 1


def test_what_is_no_summary_is_told_and_left_out(run, state):
    good = json.loads(format_json_line(summary()))
    lines = [
        json.dumps(good),
        "{",
        "[]",
        "",
        json.dumps(good | {"paper": "nonsense"}),
        json.dumps(good | {"markdown": 5}),
        json.dumps(good | {"paper": "1706.99999", "extra": 1}),
        json.dumps(good | {"paper": "1706.99999v3", "version": None}),
    ]
    taken = run("import", "-", text="\n".join(lines))

    assert taken.exit_code == 1
    told = [line for line in taken.output.splitlines() if line.startswith("left out")]
    assert [line.split(":")[0].rpartition(" ")[2] for line in told] == list("23567")
    assert "2 summaries of 2 papers taken in" in taken.output
    assert "1 of those papers are not in the library (yet)" in taken.output
    assert [(one.paper, one.version) for one in state.read_all()] == [
        (PAPER, 5),
        ("1706.99999", 3),
    ]


def test_a_file_that_is_not_there_is_told(run):
    assert run("import", "nowhere.jsonl").exit_code == 2


def test_facts_stand_on_top_of_a_markdown_file(tmp_path):
    (tmp_path / "bare.md").write_text("# No facts\n")
    (tmp_path / "bytes.md").write_bytes(b"---\n\xff\n---\n")
    (tmp_path / "open.md").write_text("---\npaper: 1706.03762\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "right.md").write_bytes(
        b"\xef\xbb\xbf---\r\npaper: 1706.03762v5\r\nlanguage: en\r\n"
        b"author: one: with a colon\r\n---\r\nText.\r\n"
    )
    found = list(read_directory(tmp_path))
    assert [one.place for one in found[:3]] == ["bare.md", "bytes.md", "open.md"]
    assert found[3].author == "one: with a colon"
    assert (found[3].version, found[3].markdown) == (5, "Text.\n")


def test_an_endless_line_is_left_out_and_the_next_one_read(tmp_path):
    file = tmp_path / "summaries.jsonl"
    file.write_bytes(b'"' + b"x" * 5_000_000 + b'"\n' + format_json_line(summary()))
    with file.open("rb") as opened:
        bad, good = read_lines(opened, file.name)
    assert isinstance(bad, BadSummary)
    assert good == summary()


@pytest.mark.parametrize(
    ("header", "facts"),
    [
        ('paper: "1706.03762v5"\nlanguage: "en"\nauthor: "a \\"b\\" c"', ("en", 'a "b" c')),
        ("paper: '1706.03762'\nlanguage: 'zh'\nauthor: 'it''s'", ("zh", "it's")),
        ("paper: 1706.03762\nlanguage: zh_CN\nauthor: 模型", ("zh-CN", "模型")),
        ("paper: 1706.03762\nlanguage: EN\nauthor: a # who", ("en", "a")),
        (
            "x: y\npaper: 1706.03762\na:\n  - paper: y\nlanguage: zh_CN.UTF-8\nauthor: a",
            ("zh-CN", "a"),
        ),
        (
            "paper: 1706.03762\nlanguage: en\nauthor: C# models\ndraft: true",
            ("en", "C# models"),
        ),
        ("paper: 1706.03762\nlanguage: en\nauthor: |\n  a model\n", ("en", "a model")),
        (
            "author: >-\n  a model\n  of ours\npaper: |\n  1706.03762\nlanguage: en",
            ("en", "a model of ours"),
        ),
        (
            "author: |2 # who\n  a model\n\nlanguage: en\npaper: 1706.03762",
            ("en", "a model"),
        ),
        ("author:\n  a model\nlanguage: en\npaper: 1706.03762", ("en", "a model")),
        (
            "author:\n  - one\n  - 'two'\nlanguage: en\npaper: 1706.03762",
            ("en", "one, two"),
        ),
        (
            "note: |\n  author: nobody\nauthor: a\nlanguage: en\npaper: 1706.03762",
            ("en", "a"),
        ),
    ],
)
def test_a_header_is_read_as_people_and_models_write_it(tmp_path, header, facts):
    (tmp_path / "one.md").write_text(f"---\n{header}\n---\nText.", "utf-8")
    (found,) = read_directory(tmp_path)
    assert isinstance(found, Summary), found
    assert (found.paper, found.language, found.author) == (PAPER, *facts)


@pytest.mark.parametrize("before", ["\n", "\r\n\r\n", "  \n\t\n", "\ufeff\n"])
def test_blank_lines_may_stand_before_a_header(tmp_path, before):
    header = f"---\npaper: {PAPER}\nlanguage: en\nauthor: a\n---\nText."
    (tmp_path / "one.md").write_bytes(f"{before}{header}".encode())
    (found,) = read_directory(tmp_path)
    assert isinstance(found, Summary), found
    assert (found.author, found.markdown) == ("a", "Text.")


@pytest.mark.parametrize("author", ["|", ">-", "| a", "- a", "a: b", "x # y", "|2"])
def test_an_author_of_odd_signs_is_read_as_written(tmp_path, author):
    write_directory([summary(author=author)], tmp_path)
    (found,) = read_directory(tmp_path)
    assert found == summary(author=author)


def test_one_markdown_file_is_taken_in(tmp_path, run):
    file = tmp_path / "one.MD"
    file.write_text(
        f"---\npaper: {PAPER}\nlanguage: en\nauthor: a\n---\nText $x$.", "utf-8"
    )
    done = run("import", file)
    assert done.exit_code == 0, done.output
    assert "1 summaries of 1 papers taken in" in done.output
