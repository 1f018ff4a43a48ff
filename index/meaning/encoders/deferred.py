"""An encoder that is opened when it is needed, or before that in the background."""

import logging
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from weakref import WeakValueDictionary

from index.errors import EncoderMissing, EncoderOpening, LibraryError
from index.meaning.encoders.encoder import Encoder, EncoderRecord
from index.meaning.encoders.neural import refuse_what_fails
from index.meaning.vectors.files import Floats

_LOG = logging.getLogger(__name__)
_OPENED: WeakValueDictionary[EncoderRecord, Encoder] = WeakValueDictionary()
"""Snapshots with the same encoder share it."""


class DeferredEncoder:
    """The encoder of a record. Safe to share between threads.

    Opening fails once and for all: what is not installed does not come while a process
    runs.
    """

    def __init__(self, record: EncoderRecord, open_encoder: Callable[[], Encoder]) -> None:
        """Keep what opens the encoder of the record; nothing is opened yet."""
        self.record = record
        self._open_encoder = open_encoder
        self._encoder: Encoder | None = None
        self._problem: EncoderMissing | None = None
        self._lock = Lock()
        self._opener: Thread | None = None

    @property
    def dimensions(self) -> int:
        """The number of dimensions of a vector."""
        return self.record.dimensions

    @property
    def is_opening(self) -> bool:
        """True while it is opened in the background."""
        return self._opener is not None and self._opener.is_alive() and not self.is_open

    @property
    def is_open(self) -> bool:
        """True when it encodes at once."""
        return self._encoder is not None

    @property
    def problem(self) -> str:
        """Why it cannot be opened; empty as long as that is not known."""
        return str(self._problem or "")

    @property
    def helps(self) -> str:
        """The remedy where it cannot be opened, without paths; empty if nothing failed."""
        return self._problem.helps if self._problem else ""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode as its encoder does; open it first if nobody does.

        Raises EncoderOpening while it is opened in the background, EncoderMissing.
        """
        if self.is_opening:
            raise EncoderOpening("the encoder is being opened; ask again in a second")
        return self._open().encode(texts)

    def open_in_background(self, then: Callable[[Encoder], object]) -> None:
        """Begin to open it, and do something with it then; what fails is logged."""

        def begin() -> None:
            try:
                then(self._open())
            except LibraryError as error:
                _LOG.error("search by meaning will fail: %s", error)

        if self._opener is None:
            self._opener = Thread(target=begin, daemon=True, name="encoder")
            self._opener.start()

    def _open(self) -> Encoder:
        with self._lock:
            if self._problem is not None:
                raise EncoderMissing(str(self._problem), helps=self._problem.helps)
            if self._encoder is None:
                self._encoder = _OPENED.get(self.record) or self._open_first()
            return self._encoder

    def _open_first(self) -> Encoder:
        try:
            with refuse_what_fails(
                f"cannot open the encoder {self.record.model}", "run `winnow rebuild DUMP`"
            ):
                encoder = self._open_encoder()
                encoder.encode(["a query"])  # what opens may still not work
        except EncoderMissing as error:
            self._problem = error
            raise
        except LibraryError as error:
            self._problem = EncoderMissing(str(error))
            raise self._problem from error
        _OPENED[self.record] = encoder
        return encoder
