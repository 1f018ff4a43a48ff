"""The errors that this package raises on purpose.

LibraryError
├── BadId            a text is not an arXiv id
├── BadDump          a dump cannot be read to its end, or holds no paper
├── HarvestFailed    papers cannot be fetched, or what comes is not to be trusted
├── BadQuery         a query cannot be answered as it stands
├── UnknownCategory  arXiv has no category with that code
├── TooDear          a query would cost more than one request may
├── Crowded          too many dear requests are being answered
├── OutOfTime        a request has taken as long as it may
├── Abandoned        nobody waits for an answer any more
├── UnknownPaper     no paper has that id
├── Forgotten        what has changed since a mark is not known (any more)
├── NoSnapshot       nothing has been built yet
├── BrokenSnapshot   a snapshot on disk is incomplete, altered or too new
├── EncoderMissing   an encoder is not installed, or cannot be opened
├── EncoderOpening   an encoder is not open yet
├── NoVectors        a request needs vectors, and the snapshot has none
├── Busy             another build holds the data directory
└── BuildFailed      a build could not be finished; the live snapshot is untouched
    └── NothingLeft  it would leave no paper
"""


class LibraryError(Exception):
    """Base of every error this package raises on purpose."""


class BadId(LibraryError):
    """A text is not an arXiv id."""


class BadDump(LibraryError):
    """A dump cannot be read to its end, or holds no paper."""


class HarvestFailed(LibraryError):
    """Papers cannot be fetched, or what comes is not to be trusted; nothing is lost."""


class BadQuery(LibraryError):
    """A query cannot be answered as it stands; `param` names the part at fault."""

    def __init__(self, message: str, *, param: str = "q") -> None:
        """Keep the message and the name of the parameter at fault."""
        super().__init__(message)
        self.param = param


class UnknownCategory(LibraryError):
    """arXiv has no category with that `code`; `hint` names codes near it."""

    def __init__(self, code: str, near: tuple[str, ...]) -> None:
        """Keep the code and those near it."""
        self.code = code[:40]
        super().__init__(f"arXiv has no category {self.code!r}")
        self.param = "categories"
        self.hint = ", ".join(near)


class TooDear(LibraryError):
    """A query would cost more than one request may; `hint` says what to write instead."""

    def __init__(self, message: str, *, hint: str) -> None:
        """Keep the message and the hint."""
        super().__init__(f"{message}; {hint}")
        self.hint = hint


class Crowded(LibraryError):
    """Too many dear requests are being answered; a later one will be."""


class OutOfTime(LibraryError):
    """A request has taken as long as it may."""


class Abandoned(LibraryError):
    """Nobody waits for an answer any more."""


class UnknownPaper(LibraryError):
    """No paper has that id."""


class Forgotten(LibraryError):
    """The changes since a mark or a day are not known, or not any more.

    `first` names the build behind which all changes are known; None where nothing is.
    """

    param = "since"
    hint = "fetch what you follow anew, then ask since the snapshot that it came from"

    def __init__(self, message: str, *, first: str | None) -> None:
        """Keep the message and the name of that build."""
        super().__init__(message)
        self.first = first


class NoSnapshot(LibraryError):
    """Nothing has been built yet."""


class BrokenSnapshot(LibraryError):
    """A snapshot on disk is incomplete, altered or too new."""


class EncoderMissing(LibraryError):
    """An encoder is not installed, or cannot be opened.

    `helps` says what to do without naming a path or a model: anybody may read it.
    """

    def __init__(self, message: str, *, helps: str = "run `winnow rebuild DUMP`") -> None:
        """Keep the message, which may name paths, and what helps."""
        super().__init__(message)
        self.helps = helps


class EncoderOpening(LibraryError):
    """An encoder is not open yet."""


class NoVectors(LibraryError):
    """A request needs vectors, and the snapshot has none; `helps` is for its operator."""

    helps = "run `winnow rebuild DUMP --encoder auto`"


class Busy(LibraryError):
    """Another build holds the data directory."""


class BuildFailed(LibraryError):
    """A build could not be finished; the live snapshot is untouched."""


class NothingLeft(BuildFailed):
    """A build would take out every paper of the library."""
