"""A length of time in, what is left of it out: one clock for all that a fetch does."""

import time


class Deadline:
    """The moment at which a fetch is over, however far it has come."""

    def __init__(self, timeout_s: float) -> None:
        self._began = time.monotonic()
        self._timeout_s = timeout_s

    @property
    def spent_s(self) -> float:
        """Seconds since it was set."""
        return time.monotonic() - self._began

    def left_s(self) -> float:
        """
        Return the seconds that are left, more than zero.

        Raises:
            TimeoutError: None are.
        """
        left = self._timeout_s - self.spent_s
        if left <= 0:
            raise TimeoutError
        return left
