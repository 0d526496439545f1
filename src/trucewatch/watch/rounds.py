"""One look at all that is watched: what is due is fetched, host beside host, and given on as sources to be read.

Fetching is done by threads, one for each host that is asked; everything else, the frontier above all, by the caller's own.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Generator, Iterator

import msgspec

from trucewatch.errors import FetchError, TryLaterError, UnreadableError
from trucewatch.nouns import Noun
from trucewatch.reports import Source
from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.fetch import Ask, Fetched, fetch
from trucewatch.reports.sources import broken
from trucewatch.watch import found
from trucewatch.watch.frontier import Address, Frontier
from trucewatch.watch.pace import Pace
from trucewatch.watch.rules import Rules, host_of, robots_of
from trucewatch.watch.watchlist import Watched, Watchlist

_HOPS = 5
_LIST_BYTES = 50_000_000
"""Largest list, as the sitemap protocol has it."""
_USUAL = Pace()


class _Visit(Noun):
    """What a host is asked for at this moment."""

    address: Address
    source: Watched
    robots: str | None = None
    """The address of the host's robots.txt, where that is to be read before anything else."""


class Watch:
    """The watch of one list of sources, look by look."""

    def __init__(self, watchlist: Watchlist, frontier: Frontier, pace: Pace = _USUAL) -> None:
        self._watchlist = watchlist
        self._sources = {source.name: source for source in watchlist.sources}
        self._frontier = frontier
        self._pace = pace
        self._running: dict[str, _Visit] = {}
        """What is being fetched, by host."""
        self._landed: queue.SimpleQueue[tuple[_Visit, Fetched | FetchError]] = queue.SimpleQueue()
        self._rules: dict[str, Rules] = {}
        self._misses: dict[str, int] = {}
        """How often a host has not answered since it last did."""
        self._given: dict[str, tuple[Address, str | None]] = {}
        """What was given on and is not on the desk yet, by the name of its source, with the reason of a failure."""
        self._began = 0.0
        """When this look began, in seconds since 1970."""

    def sources(self) -> Iterator[Source]:
        """What one look brings: a source for each page, and a ``broken`` one for what cannot be fetched.

        Call ``kept`` with the name of each when it is on the desk; until then it would be visited again.
        """
        self._put_down()
        while True:
            yield from self._set_out()
            if self._running:
                yield from self._next_landed()
            elif (due := self._frontier.due(self._began)) is not None and due - time.time() <= self._pace.patience:
                time.sleep(max(due - time.time(), 0.01))
            else:
                return

    def kept(self, name: str) -> None:
        """What came of a source, a report or a failure, is on the desk."""
        if name in self._given:
            self._frontier.settle(*self._given.pop(name))

    def due(self) -> float | None:
        """When there is something to do next, in seconds since 1970; None where nothing is watched."""
        return self._frontier.due()

    def _put_down(self) -> None:
        """Put down what the file names."""
        self._began = time.time()
        self._frontier.keep_lists({url for source in self._sources.values() for url in source.lists}, self._sources)
        for source in self._sources.values():
            named = [(url, True) for url in source.lists] + [(url, False) for url in source.pages]
            self._frontier.add(
                (Address(url=url, host=host_of(url), source=source.name, is_list=is_list) for url, is_list in named),
                self._began,
            )

    # ------------------------------------------------------------ setting out

    def _set_out(self) -> Iterator[Source]:
        """Ask every host that may be asked now for one thing; what its rules forbid is given up on the way."""
        hosts = [host for host in self._frontier.hosts() if host not in self._running]
        random.shuffle(hosts)  # or the first ones would always go before the others
        for host in hosts:
            if len(self._running) >= self._pace.at_once:
                return
            visit = yield from self._visit(host)
            if visit is not None:
                self._running[host] = visit
                threading.Thread(target=self._fetch, args=(visit,), daemon=True).start()

    def _visit(self, host: str) -> Generator[Source, None, _Visit | None]:
        now = time.time()
        state = self._frontier.host(host)
        if state.ready > now:
            return None
        while (address := self._frontier.next(host, now, self._began)) is not None:
            source = self._sources.get(address.source)
            if source is None:
                self._frontier.settle(address, "its source is watched no more")
            elif source.robots and (state.robots is None or state.checked + self._pace.robots < now):
                return _Visit(address=address, source=source, robots=robots_of(address.url))
            elif not source.robots or self._rules_of(host, state.robots or "").allow(address.url):
                return _Visit(address=address, source=source)
            else:
                yield self._given_up(address, source, f"the robots.txt of {host} does not allow it")
        return None

    def _rules_of(self, host: str, robots: str) -> Rules:
        if host not in self._rules:
            self._rules[host] = Rules(robots)
        return self._rules[host]

    def _fetch(self, visit: _Visit) -> None:
        """What a thread does."""
        address, is_list = visit.address, visit.address.is_list or visit.robots is not None
        options = ReadOptions(allow_private=self._watchlist.allow_private)
        if is_list:
            options = msgspec.structs.replace(options, max_bytes=_LIST_BYTES)
        ask = Ask(agent=self._watchlist.agent, follow=is_list)
        if visit.robots is None:
            ask = msgspec.structs.replace(ask, etag=address.etag, modified=address.modified)
        got: Fetched | FetchError = FetchError("a fault of ours")
        try:
            got = fetch(visit.robots or address.url, options, ask)
        except FetchError as error:
            got = error
        finally:  # a thread that died without a word would leave its host waiting for ever
            self._landed.put((visit, got))

    # ------------------------------------------------------------ what comes back

    def _next_landed(self) -> Iterator[Source]:
        """What the first fetch to end brings; nothing where another host may be asked before that."""
        full = len(self._running) >= self._pace.at_once
        due = None if full else self._frontier.due(self._began, self._running)
        try:
            visit, got = self._landed.get(timeout=None if due is None else max(due - time.time(), 0.01))
        except queue.Empty:
            return
        address, host = visit.address, visit.address.host
        del self._running[host]
        self._rest(host, visit.source, got)
        if visit.robots is not None:
            yield from self._ruled(visit, got)
        elif isinstance(got, FetchError):
            yield from self._missed(visit, got)
        elif address.is_list:
            yield from self._listed(visit, got)
        else:
            yield from self._paged(visit, got)

    def _rest(self, host: str, source: Watched, got: Fetched | FetchError) -> None:
        """Leave a host alone for as long as it, or the file, wants."""
        rules = self._rules.get(host)
        delay = max(source.delay, rules.delay if rules and source.robots else 0.0)
        missed = isinstance(got, TryLaterError)
        self._misses[host] = self._misses.get(host, 0) + 1 if missed else 0
        if self._misses[host] >= self._pace.tries:
            delay = max(delay, self._pace.pause)
        after = got.after or 0.0 if isinstance(got, TryLaterError) else 0.0
        self._frontier.rest(host, time.time() + max(delay, min(after, self._pace.longest)))

    def _ruled(self, visit: _Visit, got: Fetched | FetchError) -> Iterator[Source]:
        """A robots.txt: one that is not there allows everything, one that cannot be had now nothing for now."""
        if isinstance(got, TryLaterError):
            yield from self._missed(visit, TryLaterError(f"its robots.txt: {got}", got.after))
            return
        text = "" if isinstance(got, FetchError) else got.content.decode("utf-8", "replace")
        self._rules.pop(visit.address.host, None)
        self._frontier.ruled(visit.address.host, text, time.time())

    def _missed(self, visit: _Visit, error: FetchError) -> Iterator[Source]:
        """Try again later where that may help, else give it up."""
        address, tries = visit.address, visit.address.tries + 1
        if not isinstance(error, TryLaterError):
            yield self._given_up(address, visit.source, str(error))
        elif tries >= self._pace.tries:
            yield self._given_up(address, visit.source, f"{error} (tried {tries} times)")
        else:
            self._frontier.later(address.url, time.time() + self._pace.wait(tries, error.after), tries)

    def _given_up(self, address: Address, source: Watched, reason: str) -> Source:
        """A failure; a list is looked at again all the same when its time comes."""
        if address.is_list:
            self._frontier.seen(address, time.time() + source.every)
            return broken(address.url, reason)
        return self._give(broken(address.url, reason), address)

    def _listed(self, visit: _Visit, got: Fetched) -> Iterator[Source]:
        address, source = visit.address, visit.source
        try:
            if got.unchanged:
                pass
            elif source.follow:
                self._frontier.add(found.addresses(got, address, source, _LIST_BYTES), self._began)
                address = _marked(address, got)
            else:
                # It is asked for whole each time: what was given on and not kept must come again.
                for entry in found.entries(got, address, source):
                    if entry.name not in self._given and not self._frontier.is_settled(entry.name):
                        yield self._give(entry, Address(url=entry.name, host="", source=source.name))
        except UnreadableError as error:
            yield self._given_up(address, source, str(error))
            return
        self._frontier.seen(address, time.time() + source.every)

    def _paged(self, visit: _Visit, got: Fetched) -> Iterator[Source]:
        address, source = visit.address, visit.source
        if got.unchanged:
            self._frontier.settle(address)
        elif got.moved is None:
            yield self._give(found.page(got, address, source), _marked(address, got))
        elif address.hops >= _HOPS:
            yield self._given_up(address, source, f"more than {_HOPS} redirects")
        else:
            # Where it leads may be another host, with rules and a pace of its own.
            to = found.moved(address, got.moved)
            if to.url == address.url:
                yield self._given_up(address, source, "a redirect to itself")
            else:
                self._frontier.add([to], self._began)
                self._frontier.settle(address)

    def _give(self, source: Source, address: Address) -> Source:
        self._given[source.name] = (address, source.reason)
        self._frontier.give(address.url)
        return source


def _marked(address: Address, got: Fetched) -> Address:
    """The address with the marks that the server put on what it gave."""
    return msgspec.structs.replace(address, etag=got.etag, modified=got.modified)
