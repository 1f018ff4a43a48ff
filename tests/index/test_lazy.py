"""Properties that are worked out once, for each instance by itself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from index import lazy_property


class Counted:
    """A number that is worked out, and how often."""

    def __init__(self, barrier=None):
        self.times = 0
        self._barrier = barrier

    @lazy_property
    def number(self):
        """A number."""
        self.times += 1
        if self._barrier:
            self._barrier.wait(timeout=10)
        return 7


def test_a_value_is_worked_out_once():
    one, other = Counted(), Counted()

    assert (one.number, one.number, other.number) == (7, 7, 7)
    assert (one.times, other.times) == (1, 1)
    assert Counted.number.__doc__ == "A number."


def test_no_instance_waits_for_another():
    barrier = Barrier(2)  # passed only if both work it out at the same time
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(lambda: Counted(barrier).number) for _ in range(2)]

    assert [one.result() for one in asked] == [7, 7]
