"""The words of a corpus with their numbers of papers, as a file of a snapshot."""

from collections.abc import Callable, Iterable
from pathlib import Path

from index.errors import BrokenSnapshot


def write_words(words: Iterable[tuple[str, int]], file: Path) -> None:
    """Write words of letters with their numbers of papers, in order."""
    kept = sorted((word, count) for word, count in words if word.isalpha())
    text = "".join(f"{word} {count}\n" for word, count in kept)
    file.write_text(text, encoding="utf-8")


def read_words(file: Path) -> dict[str, int]:
    """Return what `write_words` wrote. Raises BrokenSnapshot."""
    try:
        pairs = map(str.split, file.read_text(encoding="utf-8").splitlines())
        return {word: int(count) for word, count in pairs}
    except (OSError, ValueError) as error:
        raise BrokenSnapshot(f"cannot read {file}: {error}") from error


def renew_words(
    known: dict[str, int],
    words: Iterable[str],
    frequency: Callable[[str], int],
    least: int,
) -> None:
    """Count some words anew; those in fewer than `least` papers are taken out."""
    for word in words:
        count = frequency(word)
        if count >= least:
            known[word] = count
        else:
            known.pop(word, None)
