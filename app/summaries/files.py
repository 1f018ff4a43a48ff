"""Files of summaries: one JSON object per line, or Markdown files with a header.

---
paper: 1706.03762v7
language: en
author: the Winnow authors
created: 2026-11-20
---
The document.

Values may be in quotes or in blocks (`author: |`), as in YAML; other facts than these five
are passed over, and so are blank lines before the header.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson
from pydantic import ValidationError

from app.summaries.summary import MAX_MARKDOWN, Summary, SummaryRecord
from index import BadId

MAX_LINE = 8 * MAX_MARKDOWN
"""Bytes of a line of JSON, or of a Markdown file."""

_FENCE = "---"
_FACTS = ("paper", "language", "author", "version", "created")
_QUOTED = re.compile(r'(?:"((?:[^"\\]|\\.)*)"|\'((?:[^\']|\'\')*)\')\s*(?:#.*)?')
_ESCAPE = re.compile(r'\\(["\\/])')
_COMMENT = re.compile(r"(?:^|\s+)#.*")
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_BLOCK = re.compile(r"[|>][-+\d]{0,2}\s*(?:#.*)?")
_ITEM = re.compile(r"\s*-\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadSummary:
    """A record that is not a summary: its place, and the problem with it."""

    place: str
    problem: str


def read_lines(file: IO[bytes], name: str) -> Iterator[Summary | BadSummary]:
    """Yield a summary or a BadSummary for each line of JSON; skip empty lines."""
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        place = f"{name}, line {number}"
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE)
            yield BadSummary(place=place, problem=f"longer than {MAX_LINE:,} bytes")
        elif line.strip():
            yield _parse_json(line, place)


def read_directory(directory: Path) -> Iterator[Summary | BadSummary]:
    """Yield a summary or a BadSummary for each .md file below a directory, by name."""
    for file in sorted(directory.rglob("*.md")):
        yield read_document(file, str(file.relative_to(directory)))


def is_document(file: Path) -> bool:
    """Tell whether a file is one Markdown document by its name."""
    return file.suffix.lower() in (".md", ".markdown")


def read_document(file: Path, place: str) -> Summary | BadSummary:
    """Read one Markdown file."""
    try:
        with file.open("rb") as opened:
            text = opened.read(MAX_LINE + 1).decode()
    except UnicodeDecodeError:
        return BadSummary(place=place, problem="not UTF-8")
    except OSError as error:
        return BadSummary(place=place, problem=error.strerror or "cannot be read")
    return _parse_markdown(text, place)


def format_json_line(summary: Summary) -> bytes:
    """Return a summary as a line that `read_lines` can read."""
    return orjson.dumps(_list_facts(summary) | {"markdown": summary.markdown}) + b"\n"


def write_directory(summaries: Iterable[Summary], directory: Path) -> int:
    """Write summaries as files that `read_directory` can read; return their number.

    Several summaries of one paper in one language are numbered from the second on.
    """
    directory.mkdir(parents=True, exist_ok=True)
    names: Counter[str] = Counter()
    for summary in summaries:
        name = f"{summary.paper.replace('/', '_')}.{summary.language}"
        names[name] += 1
        number = f".{names[name]}" if names[name] > 1 else ""
        (directory / f"{name}{number}.md").write_text(_format_markdown(summary), "utf-8")
    return names.total()


def _format_markdown(summary: Summary) -> str:
    facts = [
        f"{name}: {_write_value(str(value))}"
        for name, value in _list_facts(summary).items()
        if value is not None
    ]
    return "\n".join([_FENCE, *facts, _FENCE, summary.markdown])


def _write_value(value: str) -> str:
    """Quote a value that would be read as another one without quotes."""
    if _join_value([value]) == value:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _list_facts(summary: Summary) -> dict[str, Any]:
    return {name: getattr(summary, name) for name in _FACTS}


def _parse_json(line: bytes, place: str) -> Summary | BadSummary:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return BadSummary(place=place, problem=f"not JSON: {error.msg}")
    if not isinstance(record, dict):
        return BadSummary(place=place, problem="not a JSON object")
    return _parse_record(record, place)


def _parse_markdown(text: str, place: str) -> Summary | BadSummary:
    """Parse the header up to the second fence, one fact per line, and the document."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = _BLANK_LINES.sub("", text, count=1).split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), 0)
    if lines[0].rstrip() != _FENCE or not end:
        return BadSummary(
            place=place,
            problem=f"does not begin with its facts ({', '.join(_FACTS)}) "
            f"between two lines of {_FENCE}",
        )
    read = _read_facts(lines[1:end])
    facts = {name: fact for name, fact in read if name in _FACTS and fact}
    return _parse_record({**facts, "markdown": "\n".join(lines[end + 1 :])}, place)


def _read_facts(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield facts with their values; indented lines go on with the value before."""
    name, parts = "", list[str]()
    for line in [*lines, "end:"]:
        if name and (not line.strip() or line[0] in " \t-"):
            parts.append(line)
            continue
        if name:
            yield name, _join_value(parts)
        name, colon, value = line.partition(":")
        name, parts = (name, [value.strip()]) if colon else ("", [])


def _join_value(parts: list[str]) -> str:
    """Return a value on one line: a plain one, a block, or the entries of a list."""
    first, *others = parts
    if _BLOCK.fullmatch(first):
        return " ".join(line.strip() for line in others if line.strip())
    entries = [_ITEM.sub("", line) for line in others if _ITEM.match(line)]
    if not first and entries:
        return ", ".join(_read_value(entry.strip()) for entry in entries)
    more = (line.strip() for line in others)
    return _read_value(" ".join(filter(None, (first, *more))))


def _read_value(written: str) -> str:
    """Return a value as YAML reads it: without its quotes, or without a comment behind."""
    if quoted := _QUOTED.fullmatch(written):
        double, single = quoted.groups()
        if single is not None:
            return single.replace("''", "'")
        return _ESCAPE.sub(r"\1", double)
    return _COMMENT.sub("", written)


def _parse_record(record: dict[str, Any], place: str) -> Summary | BadSummary:
    try:
        return SummaryRecord.model_validate(record).make_summary_of_paper()
    except ValidationError as error:
        first = error.errors()[0]
        what = ".".join(map(str, first["loc"])) or "record"
        return BadSummary(place=place, problem=f"{what[:80]}: {first['msg'].lower()}")
    except BadId as error:
        return BadSummary(place=place, problem=f"paper: {error}")
