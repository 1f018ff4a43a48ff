"""A bad record: one that is not a paper, and why."""


class BadRecord(Exception):
    """A record is not a paper; `reason` is one word of record.REASONS."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason
