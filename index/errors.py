"""The errors that this package raises on purpose.

LibraryError
├── BadId            a text is not an arXiv id
├── BadDump          a dump cannot be read to its end, or holds no paper
├── BadQuery         a query cannot be answered as it stands
├── UnknownPaper     no paper has that id
├── NoSnapshot       nothing has been built yet
├── BrokenSnapshot   a snapshot on disk is incomplete, altered or too new
├── EncoderMissing   an encoder is not installed, or cannot be opened
├── NoVectors        a request needs vectors, and the snapshot has none
├── Busy             another build holds the data directory
└── BuildFailed      a build could not be finished; the live snapshot is untouched
"""


class LibraryError(Exception):
    """Base of every error this package raises on purpose."""


class BadId(LibraryError):
    """A text is not an arXiv id."""


class BadDump(LibraryError):
    """A dump cannot be read to its end, or holds no paper."""


class BadQuery(LibraryError):
    """A query cannot be answered as it stands; `param` names the part at fault."""

    def __init__(self, message: str, *, param: str = "q") -> None:
        """Keep the message and the name of the parameter at fault."""
        super().__init__(message)
        self.param = param


class UnknownPaper(LibraryError):
    """No paper has that id."""


class NoSnapshot(LibraryError):
    """Nothing has been built yet."""


class BrokenSnapshot(LibraryError):
    """A snapshot on disk is incomplete, altered or too new."""


class EncoderMissing(LibraryError):
    """An encoder is not installed, or cannot be opened."""


class NoVectors(LibraryError):
    """A request needs vectors, and the snapshot has none."""


class Busy(LibraryError):
    """Another build holds the data directory."""


class BuildFailed(LibraryError):
    """A build could not be finished; the live snapshot is untouched."""
