"""The desk: the store of reports, claims, judgements and failures, to which facts are only ever added."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

import sqlalchemy as sql

from trucewatch.desk import bulletins, forecasts, outlets, paging
from trucewatch.desk.bulletins import Bulletin, Kept
from trucewatch.desk.deeds import Telling
from trucewatch.desk.derived import Derived, Mark
from trucewatch.desk.entries import Entries
from trucewatch.desk.forecasts import Forecast
from trucewatch.desk.moving import move
from trucewatch.desk.near import Near, cut_off, days_told
from trucewatch.desk.news import News
from trucewatch.desk.opening import connect, copy, reported, shown, writing
from trucewatch.desk.outlets import Published
from trucewatch.desk.people import People
from trucewatch.desk.reader import Coding, Reader, Run, Versions
from trucewatch.desk.recent import Come, Recent
from trucewatch.desk.results import Results
from trucewatch.desk.search import ClaimFilter, IncidentFilter
from trucewatch.desk.shares import Shares
from trucewatch.desk.writer import Writer, judge
from trucewatch.nouns import Account, Claim, Failure, Incident, Judgement, Record, Report, Story


class Desk:
    """An open desk; ``with Desk.open("my.desk") as desk`` closes it at the end.

    Every id may be cut short, so long as it stays the only one that begins so. What is asked for and not
    here, and whatever the database refuses, raises DeskError.
    """

    def __init__(self, engine: sql.Engine, where: str) -> None:
        self._engine = engine
        self.where = where
        """Its path or URL (a password in it is not shown)."""

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Desk:
        """Open the desk at a path (SQLite) or database URL (``postgresql://...``), making it if need be.

        A desk of an older version is brought up to this one's schema; one of a newer version, or a file that
        is no desk, raises DeskError, as does a missing one where ``create`` is false.
        """
        place = str(where)
        return cls(connect(place, create=create), shown(place))

    @property
    def people(self) -> People:
        """Its accounts, their sessions, and the log of what was done."""
        return People(self._engine, self.where)

    @property
    def shares(self) -> Shares:
        """What it gives away by a key in an address: feeds, embedded views, hooks."""
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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def writer(self, versions: Versions) -> Writer:
        """What adds facts, in the name of one run of these versions."""
        return Writer(self._engine, self.where, versions)

    def judge(self, rulings: Iterable[Judgement], check: Callable[[list[Judgement]], None] | None = None) -> int:
        """Keep judgements, all or none; how many were not here. What they change `derive` changes: see ``rulings.judge``.

        Before, ``check`` is given all that are here, and no other comes in meanwhile; what it raises passes through.
        Raises DeskError where one names a claim or a judgement that was never here.
        """
        with self._connection(write=True) as connection:
            if check is not None:
                check(list(Reader(connection).judgements()))
            return sum(judge(connection, one) for one in rulings)

    @contextlib.contextmanager
    def deriving(self, write: bool = True) -> Iterator[Derived]:
        """The derived tables and their facts in one transaction; for `derive`."""
        with self._connection(write) as connection:
            yield Derived(connection)

    def mark(self) -> Mark | None:
        """How far stories and incidents are: it is another one whenever they may have changed. None where none was made yet."""
        with self.deriving(write=False) as derived:
            return derived.mark()

    def reports(self) -> Iterator[Report]:
        """All reports, in the order in which they came in."""
        with self._reading() as reader:
            yield from reader.reports()

    def report(self, prefix: str) -> Report:
        """The report of an id."""
        with self._reading() as reader:
            return reader.report(prefix)

    def reports_named(self, ids: Collection[str]) -> list[Report]:
        """The reports of these whole ids that are here, in the order in which they came in."""
        with self.deriving(write=False) as derived:
            return [report for _, report in derived.reports(ids)]

    def record(self, prefix: str) -> Record:
        """The report of an id with its current claims, in the order of the text."""
        with self._reading() as reader:
            report = reader.report(prefix)
            coding = reader.coding(report.id)
            return Record(report=report, claims=reader.claims_of(coding) if coding else ())

    def claims(self, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
        """The current claims that fit (all, without a filter): by day, those of an unknown time last."""
        with self._reading() as reader:
            yield from reader.claims(wanted or ClaimFilter())

    def reports_after(self, number: int, most: int) -> list[tuple[int, Report]]:
        """So many reports that came after the one of a number (0: from the first), each with its number."""
        with self._connection() as connection:
            return paging.reports_after(connection, number, most)

    def reports_before(self, number: int, most: int, outlet: str = "") -> list[tuple[int, Report]]:
        """So many reports that came before the one of a number (0: from the last), of one outlet where it is named."""
        with self._connection() as connection:
            return paging.reports_before(connection, number, most, outlet)

    def claims_after(self, wanted: ClaimFilter, number: int, most: int) -> list[tuple[int, Claim]]:
        """So many current claims that fit and came after the one of a number, each with its number."""
        with self._connection() as connection:
            return paging.claims_after(connection, wanted, number, most)

    def claim(self, prefix: str) -> Claim:
        """The current claim of an id."""
        with self._reading() as reader:
            return reader.claim(prefix)

    def claims_named(self, ids: Collection[str]) -> list[Claim]:
        """The current claims of these whole ids that are here, with their evidence, in no order."""
        with self._reading() as reader:
            return list(reader.claims_named(ids))

    def count(self, wanted: ClaimFilter | None = None) -> int:
        """How many current claims fit."""
        with self._reading() as reader:
            return reader.count(wanted or ClaimFilter())

    def counts(self) -> dict[str, int]:
        """The number of current claims of each report, by its id."""
        with self._reading() as reader:
            return reader.counts()

    def coding(self, report: str) -> Coding | None:
        """When, and by which versions, a report's current claims were made; None if it is not here."""
        with self._reading() as reader:
            return reader.coding(report)

    def runs(self) -> list[Run]:
        """All runs that added something, the oldest first."""
        with self._reading() as reader:
            return reader.runs()

    def failures(self) -> list[tuple[dt.datetime, Failure]]:
        """What could not be read or coded, with the time of each, the oldest first."""
        with self._reading() as reader:
            return reader.failures()

    def failing(self) -> list[str]:
        """The sources whose last reading failed, the oldest failure first."""
        with self._reading() as reader:
            return reader.failing()

    def judgements(self) -> list[Judgement]:
        """All judgements, the oldest first, whether in force or not."""
        with self._reading() as reader:
            return list(reader.judgements())

    def stories(self) -> Iterator[Story]:
        """All stories, in the order in which the first report of each came in."""
        with self._results() as results:
            yield from results.stories()

    def story(self, report: str) -> Story | None:
        """The story that the report of a whole id is in; None where nothing was derived of it yet."""
        with self._results() as results:
            return results.story(report)

    def twins(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Of a few hundred reports (whole ids, each with a key of its print), those that seem to be earlier ones, and which.

        They have the same text, and one of the two has no outlet, or both came from the same place. What was not derived
        yet is not found.
        """
        with self._results() as results:
            return results.twins(keys)

    def incidents(self, wanted: IncidentFilter | None = None) -> Iterator[Incident]:
        """The incidents that fit (all, without a filter): by day, those of an unknown time last."""
        with self._results() as results:
            yield from results.incidents(wanted or IncidentFilter())

    def incidents_named(self, ids: Collection[str]) -> list[Incident]:
        """The incidents of these whole ids that are here, in no order."""
        with self._results() as results:
            return list(results.named(ids))

    def count_incidents(self, wanted: IncidentFilter | None = None) -> int:
        """How many incidents fit."""
        with self._results() as results:
            return results.count(wanted or IncidentFilter())

    def incidents_near(self, wanted: Near) -> Iterator[Incident]:
        """The incidents that may be of some countries and days: by day, those of an unknown time last."""
        with self._results() as results:
            yield from results.near(wanted)

    def days_told(self, wanted: Near) -> list[dt.date]:
        """The dates between these days of reports that tell of something in one of the countries, the first first."""
        with self._connection() as connection:
            return list(days_told(connection, wanted))

    def cut_off(self, day: dt.date) -> tuple[int, dt.date | None, int]:
        """How many reports there are, the date of the newest, and how many are dated after a day."""
        with self._connection() as connection:
            return cut_off(connection, day)

    def as_of(self, asked: dt.date | None) -> dt.date:
        """The day at whose end things are looked at: the one that is asked for, else today.

        None that is after today and after the newest report: of such a day nobody can know anything yet.
        """
        today = dt.date.today()
        newest = self.cut_off(today)[1]
        return min(asked or today, max(today, newest or today))

    def incident(self, prefix: str) -> Incident:
        """The incident of an id."""
        with self._results() as results:
            return results.incident(prefix)

    def incidents_of(self, claim: str) -> list[Incident]:
        """The incident that the claim of a whole id is in; none where it was rejected or is not derived yet."""
        with self._results() as results:
            return results.of_claim(claim)

    def accounts(self, claims: Collection[str] | None = None) -> Iterator[Account]:
        """The current claims of these whole ids (all, without), in the order of the desk, as they were coded.

        They carry no evidence. `derive.accounts` gives them as judgements have them.
        """
        with self.deriving(write=False) as derived:
            yield from derived.accounts(claims)

    def keep_bulletins(self, told: Iterable[Bulletin]) -> int:
        """Keep what monitors counted; how many bulletins said anything new.

        Raises DeskError for a series that the desk has by another rule, and keeps nothing then.
        """
        with self._connection(write=True) as connection:
            return bulletins.keep(connection, told)

    def bulletins(self, series: Collection[str] | None = None) -> list[Kept]:
        """The bulletins of these series (of all, without) in the order in which they came in, corrected ones too."""
        with self._connection() as connection:
            return list(bulletins.read(connection, series))

    def issue(self, issued: Iterable[Forecast]) -> int:
        """Keep forecasts; how many were new. One whose id is here is left as it is."""
        with self._connection(write=True) as connection:
            return forecasts.add(connection, issued)

    def forecasts(self) -> list[Forecast]:
        """All forecasts that were issued, the oldest first."""
        with self._connection() as connection:
            return list(forecasts.read(connection))

    def come(self, since: dt.datetime | None, shown: int = 12) -> Come:
        """What came since a moment, or ever: new reports and what they tell of, ``shown`` of each."""
        with self._connection() as connection:
            return Recent(connection).come(since, shown)

    @contextlib.contextmanager
    def news(self) -> Iterator[News]:
        """When incidents came in or changed, in one transaction."""
        with self._connection() as connection:
            yield News(connection)

    @contextlib.contextmanager
    def datasets(self, write: bool = False) -> Iterator[Entries]:
        """Others' datasets, in one transaction."""
        with self._connection(write) as connection:
            yield Entries(connection)

    @contextlib.contextmanager
    def telling(self) -> Iterator[Telling]:
        """What series are counted from, in one transaction."""
        with self._connection() as connection:
            yield Telling(connection)

    def published(self) -> list[Published]:
        """What each outlet has on the desk, the one of most reports first."""
        with self._connection() as connection:
            return outlets.published(connection)

    def chains(self, outlet: str, most: int = 20) -> list[Story]:
        """The longest stories of several reports in which an outlet has part."""
        with self._connection() as connection:
            return outlets.chains(connection, outlet, most)

    def search(self, query: str) -> Iterator[Report]:
        """The reports that hold all words of a query (several between quotation marks as they stand), newest first.

        Words are found in any spelling of accents, and inside longer ones. Raises WrongCallError for one of
        fewer than three letters.
        """
        with self._results() as results:
            yield from results.search(query)

    @contextlib.contextmanager
    def _connection(self, write: bool = False) -> Iterator[sql.Connection]:
        """One transaction; whatever the database refuses in it is a DeskError."""
        with reported(self.where), writing(self._engine) if write else self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def _results(self) -> Iterator[Results]:
        with self._connection() as connection:
            yield Results(connection)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Reader]:
        with self._connection() as connection:
            yield Reader(connection)
