"""The desk: the store of reports, claims, judgements and failures, to which facts are only ever added."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sql

from trucewatch.desk.bulletins import Bulletin, Bulletins
from trucewatch.desk.deeds import Telling
from trucewatch.desk.derived import Derived
from trucewatch.desk.entries import Entries
from trucewatch.desk.forecasts import Forecast, Forecasts
from trucewatch.desk.moving import move
from trucewatch.desk.news import News
from trucewatch.desk.opening import Transactions, connect, copy, shown
from trucewatch.desk.outlets import Outlets
from trucewatch.desk.people import People
from trucewatch.desk.reader import Reader, Versions
from trucewatch.desk.recent import Recent
from trucewatch.desk.results import Results
from trucewatch.desk.shares import Shares
from trucewatch.desk.writer import Writer, judge
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Judgement

_View = TypeVar("_View")
_Found = TypeVar("_Found")
_Given = ParamSpec("_Given")


def _asked(
    view: Callable[[sql.Connection], _View], query: Callable[Concatenate[_View, _Given], _Found]
) -> Callable[Concatenate[Desk, _Given], _Found]:
    """A query as a method of the desk, in a transaction of its own."""

    @functools.wraps(query)
    def ask(desk: Desk, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        with desk._reading() as connection:
            return query(view(connection), *args, **kwargs)

    return ask


def _streamed(
    view: Callable[[sql.Connection], _View], query: Callable[Concatenate[_View, _Given], Iterator[_Found]]
) -> Callable[Concatenate[Desk, _Given], Iterator[_Found]]:
    """The same for many things, one after the other: the transaction ends with the last."""

    @functools.wraps(query)
    def ask(desk: Desk, /, *args: _Given.args, **kwargs: _Given.kwargs) -> Iterator[_Found]:
        with desk._reading() as connection:
            yield from query(view(connection), *args, **kwargs)

    return ask


FARTHEST = dt.timedelta(days=36525)
"""How far ahead a report may be dated whose day is still looked at: a hundred years."""


class Desk(Transactions):
    """An open desk; ``with Desk.open("my.desk") as desk`` closes it at the end.

    Every id may be cut short, so long as it stays the only one that begins so. What is asked for and not
    here, and whatever the database refuses, raises DeskError.
    """

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Desk:
        """Open the desk at a path (SQLite) or database URL (``postgresql://...``), making it if needed.

        A desk of an older version is brought up to this one's schema; one of a newer version, or a file that
        is no desk, raises DeskError, as does a missing one where ``create`` is false.
        """
        if not isinstance(where, str | Path):  # None, of a variable that is not set, would be a file of that name
            raise WrongCallError(f"a desk is a path or a URL, and no {type(where).__name__}")
        place = str(where)
        return cls(connect(place, create=create), shown(place))

    _ruled: tuple[int, tuple[Judgement, ...]] = (0, ())
    """The number of the last judgement that was read, and all up to it."""

    @property
    def people(self) -> People:
        """Its accounts, their sessions, and the log of what was done."""
        return People(self._engine, self.where)

    @property
    def shares(self) -> Shares:
        """What is shared by a key in an address: feeds, embedded views, hooks."""
        return Shares(self._engine, self.where)

    def copy(self, to: str | Path) -> None:
        """Make a file, or a PostgreSQL database that is empty, the whole desk as it is now, whoever writes on it meanwhile.

        Raises DeskError where something is there.
        """
        if self._engine.dialect.name == "sqlite" and "://" not in str(to):
            copy(self._engine, self.where, Path(to))
        else:
            move(self._engine, self.where, str(to))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def writer(self, versions: Versions) -> Writer:
        """What adds facts, in the name of one run of these versions."""
        return Writer(self._engine, self.where, versions)

    def judge(self, rulings: Iterable[Judgement], check: Callable[[list[Judgement]], None] | None = None) -> int:
        """Keep judgements, all or none; how many were not here. What they change `derive` changes: see ``rulings.judge``.

        Before, ``check`` is given all that are here, and no other comes in meanwhile; what it raises passes through.
        Raises DeskError where one names a claim or a judgement that was never here.
        """
        with self._writing() as connection:
            if check is not None:
                check(Reader(connection).judgements())
            return sum(judge(connection, one) for one in rulings)

    def judgements(self) -> list[Judgement]:
        """All judgements, in force or not, the oldest first. None ever changes: only what came since the last time is read."""
        number, known = self._ruled
        with self._reading() as connection:
            new = Reader(connection).judgements_after(number)
        if new:
            known = (*known, *(one for _, one in new))
            self._ruled = (new[-1][0], known)  # both at once, for threads share a desk
        return list(known)

    @contextlib.contextmanager
    def deriving(self, write: bool = True) -> Iterator[Derived]:
        """The derived tables and their facts in one transaction; for `derive`."""
        with self._writing() if write else self._reading() as connection:
            yield Derived(connection)

    # What is for everybody, as docs/desk.md has it, ...
    reports = _streamed(Reader, Reader.reports)
    report = _asked(Reader, Reader.report)
    record = _asked(Reader, Reader.record)
    claims = _streamed(Reader, Reader.claims)
    claim = _asked(Reader, Reader.claim)
    count_claims = _asked(Reader, Reader.count)
    count_by_report = _asked(Reader, Reader.counts)
    coding = _asked(Reader, Reader.coding)
    stories = _streamed(Results, Results.stories)
    story = _asked(Results, Results.story)
    incidents = _streamed(Results, Results.incidents)
    incident = _asked(Results, Results.incident)
    incidents_of = _asked(Results, Results.of_claim)
    incidents_near = _streamed(Results, Results.near)
    count_incidents = _asked(Results, Results.count)
    days_told = _asked(Reader, Reader.days_told)
    search = _streamed(Results, Results.search)
    bulletins = _asked(Bulletins, Bulletins.every)
    runs = _asked(Reader, Reader.runs)
    failures = _asked(Reader, Reader.failures)
    failing = _asked(Reader, Reader.failing)

    # ... and what the rest of the package asks besides, and is free to change.
    mark = _asked(Derived, Derived.mark)
    newest = _asked(Derived, Derived.newest)
    state = _asked(Derived, Derived.state)
    reports_named = _asked(Reader, Reader.reports_named)
    reports_after = _asked(Reader, Reader.reports_after)
    reports_before = _asked(Reader, Reader.reports_before)
    claims_named = _asked(Reader, Reader.claims_named)
    claims_after = _asked(Reader, Reader.claims_after)
    cut_off = _asked(Reader, Reader.cut_off)
    stories_named = _asked(Results, Results.stories_named)
    twins = _asked(Results, Results.twins)
    incidents_named = _asked(Results, Results.named)
    accounts = _streamed(Derived, Derived.accounts)
    come = _asked(Recent, Recent.come)
    forecasts = _asked(Forecasts, Forecasts.every)
    outlets = _asked(Outlets, Outlets.names)
    published = _asked(Outlets, Outlets.published)
    chains = _asked(Outlets, Outlets.chains)

    def as_of(self, asked: dt.date | None) -> dt.date:
        """The day at whose end things are looked at: the one that is asked for, else today.

        Never later than both today and the newest report: nothing can be known of such a day yet. Nor farther away than
        ``FARTHEST``: a table's 9999-12-31 stands for no day.
        """
        today = dt.date.today()
        newest = min(self.cut_off(today)[1] or today, today + FARTHEST)
        return min(asked or today, max(today, newest))

    def keep_bulletins(self, told: Iterable[Bulletin]) -> int:
        """Keep what monitors counted; how many bulletins said anything new.

        Raises DeskError for a series that the desk has by another rule, and keeps nothing then.
        """
        with self._writing() as connection:
            return Bulletins(connection).keep(told)

    def issue(self, issued: Iterable[Forecast]) -> int:
        """Keep forecasts; how many were new. One whose id is here is left as it is."""
        with self._writing() as connection:
            return Forecasts(connection).add(issued)

    @contextlib.contextmanager
    def news(self) -> Iterator[News]:
        """When incidents came in or changed, in one transaction."""
        with self._reading() as connection:
            yield News(connection)

    @contextlib.contextmanager
    def datasets(self, write: bool = False) -> Iterator[Entries]:
        """Others' datasets, in one transaction."""
        with self._writing() if write else self._reading() as connection:
            yield Entries(connection)

    @contextlib.contextmanager
    def telling(self) -> Iterator[Telling]:
        """What series are counted from, in one transaction."""
        with self._reading() as connection:
            yield Telling(connection)
