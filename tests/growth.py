"""How much longer a function takes for a longer text, on a machine that may be busy."""

import time

TIMES = 4
ATTEMPTS = 12


def assert_grows_as(text_of, work, size):
    """Fail if four times the text always takes more than nine times the processor time.

    Three a doubling is far from two, which is what is promised, and from four.
    """
    short, long = text_of(size), text_of(TIMES * size)
    ratios = (cpu_s(work, long) / cpu_s(work, short) for _ in range(ATTEMPTS))
    assert any(ratio < 9 for ratio in ratios)


def cpu_s(work, text):
    """Return the processor time of this thread that the work takes."""
    start = time.thread_time()
    work(text)
    return time.thread_time() - start
