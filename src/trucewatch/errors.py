"""Every error that Trucewatch raises on purpose: one base class and its children."""


class TrucewatchError(Exception):
    """Base of all; its text is one clear line that can be shown to a user as it is."""


class WrongCallError(TrucewatchError):
    """What was asked for cannot be, whatever there is: a database's URL that is none, a search for two letters."""


class UnreadableError(TrucewatchError):
    """An input that cannot be turned into a Report (empty, binary, too large, no story in it)."""


class FetchError(TrucewatchError):
    """A URL that could not be fetched, or that the fetcher refuses to fetch."""


class TryLaterError(FetchError):
    """A URL that could not be fetched now but may be later: the server is busy, or cannot be reached."""

    def __init__(self, text: str, after: float | None = None) -> None:
        super().__init__(text)
        self.after = after
        """Seconds that the server asks us to wait, where it says so."""


class TableError(TrucewatchError):
    """A codebook table, or a list of sources, that fails its checks; the text starts with ``file:line:``."""


class DeskError(TrucewatchError):
    """The desk file cannot be opened, is of a newer version, or does not hold what was asked for."""


class ChangedError(DeskError):
    """The desk changed while something was made of it as a whole; doing it again helps."""


class MissingExtraError(TrucewatchError):
    """An optional part is not installed; the text holds the ``pip install`` line that mends it."""


class ClusterError(TrucewatchError):
    """A cluster that cannot code: it does not answer, has no worker, or one that would code otherwise than we do."""


class JudgementError(WrongCallError):
    """A judgement that cannot be: on a wrong number of claims, or with a value that does not fit its field."""


class OvertakenError(TrucewatchError):
    """A ruling on what is no longer as it was seen: somebody else ruled on it meanwhile."""


class BriefError(TrucewatchError):
    """A brief that cannot be written: a truce not in force then, a sentence that cites no claim."""
