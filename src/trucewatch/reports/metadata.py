"""What a page's own data says of it: JSON-LD, OpenGraph and other meta elements, canonical link, dates in the URL."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from trucewatch.reports import dates, headline, links, microdata
from trucewatch.reports.facts import Facts, merge
from trucewatch.reports.hygiene import one_line, tidy
from trucewatch.reports.lines import tags

_STORIES = tuple("article newsarticle posting report liveblog webpage blogposting creativework".split())
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "date", "pubdate", "publisheddate",
    "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "dcterms.date", "citation_publication_date", "citation_date", "article.published",
    "og:published_time", "published_time", "publication_date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified",
    "article:modified", "revised",
)  # fmt: skip
_AUTHOR = tuple(
    "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl citation_author".split()
)
_OUTLET = tuple(
    "og:site_name application-name dc.publisher dcterms.publisher citation_journal_title publisher twitter:site".split()
)
_KEYWORDS = tuple(
    "article:tag keywords news_keywords parsely-tags sailthru.tags dc.subject article:section parsely-section".split()
)
_MEDIA = tuple("og:video og:video:url og:video:secure_url og:audio og:image twitter:player twitter:image".split())
_ORIGINAL = ("original-source", "syndication-source", "dc.source", "original_source")
_WHO = ("author", "publisher", "sourceOrganization", "isBasedOn")
_WRAP = re.compile(r"(?://|/\*)?\s{0,9}(?:<!\[CDATA\[|\]\]>|<!--|-->)(?:\s{0,9}\*/)?")
_COMMA = re.compile(r",\s{0,100}([}\]])")
_TIME_NAMES = {"datePublished": "datepublished", "dateModified": "datemodified"}


def read(tree: Any, url: str | None) -> Facts:
    """The facts in the head of an lxml tree; `url` is where the page came from, if known."""
    metas, url = _metas(tree), links.original(url)
    data = _with_names(max(_stories(tree), key=len, default={}), list(_written(tree)))
    where = _canonical(tree, metas, url) or _own_address(data)
    linked = _of_json(data, where)
    meta = _of_metas(metas, where)
    title, outlet = headline.find(tree, linked.title or meta.title, linked.outlet or meta.outlet)
    facts = msgspec.structs.replace(
        merge(linked, meta),
        title=title,
        outlet=outlet,
        themes=linked.themes or meta.themes,
        url=where,
        notes=() if linked.published or meta.published else meta.notes,
        timed=_lone_time(tree),
    )
    return _with_original_host(facts, url, where)


def body(tree: Any) -> str | None:
    """The story as JSON-LD gives it (``articleBody``), if it does."""
    texts = [story.get("articleBody") for story in _stories(tree)]
    return max((tidy(text) for text in texts if isinstance(text, str)), key=len, default=None)


def live(tree: Any) -> list[Mapping[str, Any]]:
    """The JSON-LD objects that say that the page is a live blog: many posts, each with a time."""
    return [
        story
        for story in _stories(tree)
        if "LiveBlogPosting" in (kind if isinstance(kind := story.get("@type"), list) else [kind])
    ]


def _metas(tree: Any) -> dict[str, list[str]]:
    """Contents of meta elements by lower-case name, property or itemprop, in page order."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop"):
            if (name := element.get(attribute)) and content and content.strip():
                metas.setdefault(name.strip().casefold(), []).append(one_line(tidy(content)))
    for element in tree.iter("time"):
        name = _TIME_NAMES.get(element.get("itemprop") or ("datePublished" if _is_own_time(element) else ""))
        if name and element.get("datetime"):
            metas.setdefault(name, []).append(element.get("datetime"))
    return metas


def _lone_time(tree: Any) -> dt.date | None:
    """The date of the page's time elements, where all give the same."""
    found = {dates.first(element.get("datetime")) for element in tree.iter("time") if element.get("datetime")}
    return found.pop() if len(found) == 1 else None


def _is_own_time(element: Any) -> bool:
    """The old ``pubdate`` attribute, or the class that blogs give to the date of a post."""
    return element.get("pubdate") is not None or "published" in (element.get("class") or "").split()


def _stories(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects of the page that describe a piece of writing, else those that its markup gives."""
    told = [thing for thing in _written(tree) if _is_story(thing)]
    yield from told or filter(_is_story, microdata.things(tree))


def _is_story(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.lower().endswith(_STORIES) for kind in kinds)


def _written(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects of the page."""
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "").lower():
            yield from _objects(_decoded(element.text or ""), depth=0)


def _decoded(text: str) -> Any:
    """JSON-LD as objects; also in the wrap that old programs put around scripts, with broken lines and a comma too many."""
    try:
        return msgspec.json.decode(text.strip().encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        pass
    try:
        return json.loads(_COMMA.sub(r"\1", _WRAP.sub("", text)), strict=False)
    except (ValueError, RecursionError):
        return None  # what is broken otherwise says nothing


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for entry in data:
            yield from _objects(entry, depth + 1)
    elif isinstance(data, dict) and depth < 6:
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(name), depth + 1)


def _with_names(data: Mapping[str, Any], every: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A piece of writing with the names of those whom it only refers to (``{"@id": "#desk"}``)."""
    named = {thing["@id"]: thing.get("name") for thing in every if isinstance(thing.get("@id"), str)}

    def called(value: Any) -> Any:
        if isinstance(value, list):
            return [called(one) for one in value]
        is_bare = isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str)
        return {**value, "name": named.get(value["@id"])} if is_bare else value

    return {**data, **{field: called(data.get(field)) for field in _WHO}}


def _of_json(data: Mapping[str, Any], base: str | None) -> Facts:
    return Facts(
        title=_word(data.get("headline")),
        byline=", ".join(_names(data.get("author"))) or None,
        outlet=next(iter(_names(data.get("publisher"))), None),
        original_outlet=next(iter(_names(data.get("sourceOrganization")) or _names(data.get("isBasedOn"))), None),
        published=dates.first(_word(data.get("datePublished"))),
        modified=dates.first(_word(data.get("dateModified"))),
        themes=tuple(dict.fromkeys((*_keywords(data.get("keywords")), *_keywords(data.get("articleSection"))))),
        media=tuple(_links(data, base)),
        licence=_word(data.get("license")) or _word(data.get("copyrightNotice")),
    )


def _of_metas(metas: Mapping[str, list[str]], base: str | None) -> Facts:
    def first(names: tuple[str, ...]) -> str | None:
        return next((metas[name][0] for name in names if name in metas), None)

    def first_date(names: tuple[str, ...]) -> Any:
        return next((date for name in names if name in metas and (date := dates.first(metas[name][0]))), None)

    author = next((metas[name][0] for name in _AUTHOR if name in metas and "://" not in metas[name][0]), None)
    original = first(_ORIGINAL)
    return Facts(
        title=first(("og:title", "twitter:title", "headline", "dc.title", "citation_title", "parsely-title")),
        byline=author,
        outlet=_first_name(first(_OUTLET)),
        original_outlet=(links.host(original) or original) if original else None,
        published=first_date(_PUBLISHED),
        notes=dates.unread(first(_PUBLISHED)),
        modified=first_date(_MODIFIED),
        themes=tuple(dict.fromkeys(tag for name in _KEYWORDS for value in metas.get(name, ()) for tag in tags(value))),
        media=tuple(links.absolute(base, link) for name in _MEDIA for link in metas.get(name, ())),
        licence=first(("copyright", "rights", "dc.rights", "dcterms.rights")),
    )


def _first_name(outlet: str | None) -> str | None:
    """The name of "The Desk | desk.example"; an address is none."""
    return None if not outlet or "://" in outlet else outlet.partition(" | ")[0]


def _word(value: Any) -> str | None:
    """A JSON-LD value as one line of text."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("url") or value.get("@id")
    return one_line(tidy(value)) or None if isinstance(value, str) else None


def _names(value: Any) -> list[str]:
    """Names of people or organisations; a bare URL is no name."""
    values = value if isinstance(value, list) else [value]
    names = [_word(entry.get("name") if isinstance(entry, dict) else entry) for entry in values]
    return [name for name in names if name and "://" not in name]


def _keywords(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(tag for entry in values if (word := _word(entry)) for tag in tags(word))


def _links(data: Mapping[str, Any], base: str | None) -> Iterator[str]:
    for name in ("video", "audio", "image", "associatedMedia"):
        values = data.get(name)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                value = value.get("contentUrl") or value.get("embedUrl") or value.get("url")
            if isinstance(value, str) and value:
                yield links.absolute(base, value)


def _canonical(tree: Any, metas: Mapping[str, list[str]], url: str | None) -> str | None:
    canonical = [
        element.get("href")
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    said = next((link for link in (*canonical, *metas.get("og:url", ())) if link), None)
    if said:
        said = links.absolute(url, said)
    return links.original(said if said and said.startswith(("http://", "https://")) else url)


def _own_address(data: Mapping[str, Any]) -> str | None:
    """The address that a piece of writing gives for itself or for its page."""
    said = (_word(data.get(name)) for name in ("url", "mainEntityOfPage", "@id"))
    return next((one for one in said if one and one.startswith(("http://", "https://"))), None)


def _with_original_host(facts: Facts, url: str | None, canonical: str | None) -> Facts:
    """A canonical address at another host than the page's own tells where a copy was taken from."""
    here, there = links.host(url), links.host(canonical)
    if not here or not there or _site(here) == _site(there):
        return facts
    note = f"its canonical address is at another host: {canonical}"
    return msgspec.structs.replace(
        facts, url=url, original_outlet=facts.original_outlet or there, notes=(*facts.notes, note)
    )


def _site(host: str) -> str:
    return ".".join(host.split(".")[-2:])
