"""Records whose texts are encoded."""

import pytest

WORDS = "quantum graph dark matter prime neural field theory lattice gauge".split()


@pytest.fixture
def some(record):
    """Records that are all different."""
    return [
        record(
            f"2401.{n:05}", title=f"{WORDS[n % 10]} {WORDS[n // 10]}", abstract=f"No. {n}"
        )
        for n in range(1, 40)
    ]
