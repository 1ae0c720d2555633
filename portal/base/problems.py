"""What can go wrong in a service, as types; the web turns each into one clear sentence."""


class Problem(Exception):
    """A fault that has a sentence for the person: never a stack trace."""


class NotThere(Problem):
    """The thing is not there, or not this actor's: the two are never told apart."""


class Refused(Problem):
    """The actor's role lacks the permission whatever the object; `reason` is a msgid that can be shown."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class Conflict(Problem):
    """Somebody else changed the same thing first; nothing of this attempt was kept."""


class Invalid(Problem):
    """What was given cannot be taken: `message` is a msgid with named values, `field` the form field it is about."""

    def __init__(self, message: str, field: str | None = None, **values):
        super().__init__(message)
        self.message, self.field, self.values_ = message, field, values


class TooMany(Problem):
    """Too many tries, or too much read; `retry_after` is in seconds, `reason` a msgid that can be shown."""

    def __init__(self, retry_after: int, reason: str | None = None):
        super().__init__(f"retry after {retry_after} s")
        self.retry_after, self.reason = retry_after, reason


class Ended(Problem):
    """It was there for this visitor, and has ended (answered 410)."""


class StorageFull(Problem):
    """The disk is full: nothing was saved, reading still works."""


class Busy(Problem):
    """The database could not take the write in time: nothing was saved, trying again is safe."""


class Tampered(Problem):
    """A sealed value does not open in its place: somebody moved or changed it."""
