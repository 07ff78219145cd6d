"""What the store refuses or cannot do."""


class StoreUnavailable(Exception):
    """The database cannot be used. ``advice`` tells an operator what to do.

    It never holds a password: the address is shown without one.
    """

    def __init__(self, advice: str) -> None:
        super().__init__(advice)
        self.advice = advice


class Stale(Exception):
    """Another worker has taken this since: what we know of it no longer counts."""


class ReadOnly(Exception):
    """A read snapshot was asked to write."""
