"""The interface's languages: each has every text, dates and numbers are written as each language writes them."""

from __future__ import annotations

import ast
import datetime as dt
import re
import string
import tomllib
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import trucewatch.web
from tests.desk.made import V1, report
from tests.web.client import Client
from tests.web.conftest import LINK, served
from trucewatch import codebook
from trucewatch.codebook.within import CALLED
from trucewatch.desk import Desk
from trucewatch.english import joined, rendered, said, stated
from trucewatch.nouns import Period, Status
from trucewatch.translation import FOLDER, languages
from trucewatch.truces import Verdict
from trucewatch.truces.declared import State
from trucewatch.truces.status import Observed
from trucewatch.truces.terms import Moment
from trucewatch.web import Settings
from trucewatch.web.negotiation import negotiated
from trucewatch.web.pages import NAVIGATION

WEB = Path(trucewatch.web.__file__).parent
CALL = re.compile(r"""\bt\(\s*(["'])((?:(?!\1).)+)\1""")
SET_APART = re.compile("\u2068[^\u2069]*\u2069")
WORDS = "//main//text()[ancestor::*[@lang][1]/@lang='ar'][not(ancestor::bdi or ancestor::option)][not(ancestor::*[@dir='auto'])]"
"""What stands on a page in its own language, but for names and what people wrote."""
UNTRANSLATED = ("analysis.py", "answers.py", "exports.py", "reading.py", "writing.py")
"""What programs are told goes out as JSON, in English."""
OF_TRUCES = {"open (truce)", "multilateral (truce)"}
"""What is said of a truce in other words than of a forecast, or of a meeting."""
OF_REMARKS = {",  (remarks)"}
"""What parts remarks where that is not what parts a list, as in Chinese."""
QUOTED = re.compile(r"""(?=(?:"([^"\n]*)"|'([^'\n]*)'))""")
REFUSAL = re.compile(r'(?:Refused\(\s*\w+,|JudgementError\(|fault=|return)\s*"([A-Z][^"]* [^"]*)"')


@cache
def texts() -> set[str]:
    """Every text that templates and pages give to `t`, or refuse with."""
    found = {text for path in (WEB / "templates").glob("*.html") for _, text in CALL.findall(path.read_text("utf-8"))}
    for path in WEB.rglob("*.py"):
        if path.name not in UNTRANSLATED:
            source = path.read_text("utf-8")
            found |= {text for _, text in CALL.findall(source)} | {*REFUSAL.findall(source)}
    return found


@cache
def said_by_the_core() -> set[str]:
    """Every template of reasons and briefs: what `said` is given first, and `rendered` second."""
    paths = [path for folder in ("truces", "brief") for path in (WEB.parent / folder).glob("*.py")]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    calls = [(ast.unparse(node.func), node.args) for node in nodes if isinstance(node, ast.Call)]
    given = [args[at] for name, at in (("said", 0), ("rendered", 1)) for called, args in calls if called == name]
    branches = [part for one in given for part in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])]
    texts = [part.value for one in branches for part in ast.walk(one) if isinstance(part, ast.Constant)]
    return {key for text in texts if isinstance(text, str) for key in rendered("", text).keys}


@cache
def codes() -> set[str]:
    """What is shown by its code."""
    book = codebook.load()
    words = {one.value for kind in (Status, Verdict, State, Observed) for one in kind}
    kinds = {mode.mode for mode in book.modes.values()} | {kind.quad for kind in book.types.values()}
    named = {*book.indicators, *(outlet.affiliation for outlet in book.outlets.values())}
    return {*book.types, *kinds, *words, *named, *CALLED.values(), *(entry.label for entry in NAVIGATION)}


@pytest.mark.parametrize("code", [code for code in languages() if code != "en"])
def test_every_text_is_translated(code: str) -> None:
    assert not (texts() | said_by_the_core() | codes() | OF_TRUCES) - languages()[code].entries.keys()


def test_no_text_is_translated_that_nothing_shows() -> None:
    sources = [*WEB.parent.rglob("*.py"), *(WEB / "templates").glob("*.html")]
    quoted = {said for path in sources for pair in QUOTED.findall(path.read_text("utf-8")) for said in pair}
    shown = quoted | codes() | said_by_the_core()
    assert {text for one in languages().values() for text in one.entries} - shown == OF_TRUCES | OF_REMARKS


def test_a_text_may_be_said_of_one_thing_in_other_words_than_of_another() -> None:
    t = languages()["ja"].t
    assert (t("multilateral", "truce"), t("multilateral")) == ("多者間", "多国間")
    assert t("bilateral", "truce") == t("bilateral")
    assert languages()["en"].t("open", "truce") == "open"


@pytest.mark.parametrize("code", languages())
def test_translations_name_the_same_values_and_have_every_plural(code: str) -> None:
    language = languages()[code]
    names = {name for _, name, _, _ in string.Formatter().parse("{n}") if name}
    for text, entry in language.entries.items():
        wanted = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for form in [entry] if isinstance(entry, str) else entry.values():
            # A plural may leave the number out: "two reports" is one word in Arabic.
            assert {name for _, name, _, _ in string.Formatter().parse(form) if name} | names >= wanted
        if not isinstance(entry, str):
            assert {*language.locale.plural_form.tags, "other"} >= entry.keys() >= {"other"}, text


@pytest.mark.parametrize("folder", sorted(FOLDER.iterdir()), ids=lambda folder: folder.name)
def test_no_text_is_translated_twice(folder: Path) -> None:
    known: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        entries = tomllib.loads(path.read_text("utf-8")).keys()
        assert known.isdisjoint(entries), path.name
        known |= entries


@pytest.mark.parametrize(
    ("code", "text", "head"), [("de", "art", "Art"), ("tr", "ilk", "İlk"), ("ka", "ქართული", "ქართული")]
)
def test_a_head_has_a_capital_where_its_script_has_them(code: str, text: str, head: str) -> None:
    assert languages()[code].capital(text) == head


def test_english_sentences_are_marked_on_an_arabic_page(site: str) -> None:
    client = Client(site)
    client.get(f"/enter?link={LINK}")
    disputed = re.search(r"/incidents/i\w+", client.get("/incidents?truce=syria-idlib-2020").text)
    assert disputed
    unmarked = set()
    for path in (
        "/reports/55c0456e34be0459",
        disputed[0],
        "/queue",
        "/truces/syria-idlib-2020?whole=true",
        "/outlook?area=Idlib&whole=true",
        "/scenarios/idlib-after-sochi?whole=true",
        "/search?q=%22",
        "/incidents/inone",
    ):
        page = etree.HTML(client.get(f"{path}{'&' if '?' in path else '?'}lang=ar").text)
        unmarked |= {
            (path, text) for text in page.xpath(WORDS) if re.search("(?:[a-z]{2,} ){4}", SET_APART.sub("", f"{text} "))
        }
    assert not unmarked, "\n".join(map(str, sorted(unmarked)))


def test_a_reason_is_in_the_language_of_the_page(site: str) -> None:
    client = Client(site)
    client.get(f"/enter?link={LINK}")
    page = etree.HTML(client.get("/truces/syria-idlib-2020?whole=true&as_of=2021-10-31&lang=ar").text)
    reasons = ["".join(one.itertext()) for one in page.xpath("//p[contains(@class, 'reason')]")]
    assert reasons and all(one.startswith("داخل \u2068Idlib") for one in reasons[:1])
    assert not page.xpath("//p[contains(@class, 'reason')]//*[@lang='en']")
    incident = re.search(r"/incidents/i\w+", client.get("/incidents?truce=syria-idlib-2020").text)
    assert incident and "داخل \u2068" in client.get(f"{incident[0]}?lang=ar").text


@pytest.mark.parametrize(
    ("code", "lead", "sources"),
    [
        ("ar", "{0}، {1} · 6 مارس 2020، 00:01 –", "مصدر واحد: "),
        ("fr", "{0}, {1} · 6 mars 2020, 00:01 –", "1 source\N{NO-BREAK SPACE}: "),
        ("zh", "{0}、{1} · 2020年3月6日 00:01 –", "1 个来源："),
    ],
)
def test_lists_and_what_is_told_have_the_marks_of_the_language(site: str, code: str, lead: str, sources: str) -> None:
    client, t = Client(site), languages()[code].t
    client.get(f"/enter?link={LINK}")
    page = client.get(f"/truces/syria-idlib-2020?whole=true&as_of=2021-10-31&lang={code}").text
    said = re.sub("<[^>]*>", "", page)
    assert lead.format(t("cessation"), t("bilateral")) in said
    assert re.search(f"{sources}(?:Levant Digest|Orontes Courier)", said)


def test_a_reason_is_said_in_the_language_of_the_page_as_a_whole_or_not_at_all() -> None:
    german, arabic = languages()["de"], languages()["ar"]
    period = Period(start=dt.date(2020, 3, 4), end=dt.date(2020, 3, 5), precision="span")
    noon = Moment(first=dt.date(2020, 3, 6), last=dt.date(2020, 3, 6), clock=dt.time(12))
    tied = said(
        "all of them tied to one state or party ({who})", "tied to one state or party ({who})", who="Syria", n=1
    )
    why = stated(
        said("{when}, before the truce took effect ({start})", when=period, start=noon),
        said("denied by {who}, as a report says", who=("the Houthis", "Ansar")),
        said(
            "whether it happened is disputed: {sides}", sides=(said("{value} ({n} claims)", value=Status.DENIED, n=2),)
        ),
        joined(said("{n} independent sources", "one source", n=1), tied),
    )
    assert SET_APART.sub("_", german.said(why)) == (
        "4.–5. März 2020, vor Inkrafttreten der Waffenruhe (6. März 2020, 12:00); dementiert von _ und _, wie ein Bericht sagt; "
        "strittig ist, ob es geschah: dementiert (2 Angaben); 1 unabhängige Quelle, mit einem Staat oder einer Partei verbunden (_)."
    )
    assert "(\u2068Syrien\u2069)" in german.said(why) and "\u2068Houthis\u2069 und" in german.said(why)
    assert "؛ نفاه \u2068Houthis\u2069 و\u2068Ansar\u2069، كما يذكر تقرير؛" in arabic.said(why)
    ukrainian = languages()["uk"].said(stated(said("since {day}", day=dt.date(2020, 3, 6))))
    assert ukrainian.startswith("З 6 бер. 2020") and ukrainian.endswith("р.")
    assert not ukrainian.endswith("..")
    assert languages()["en"].said(why) == why and languages()["en"].knows(said("anything"))
    assert german.knows(why) and not german.knows(stated(said("in {zone}", zone="Syria"), said("nobody has said this")))


def test_a_report_in_another_language_says_that_none_of_its_claims_are_found(tmp_path: Path) -> None:
    its = {code: report(f"A text in {code}.", language=code) for code in ("ar", "en", "und")}
    with Desk.open(tmp_path / "tongues.desk") as desk, desk.writer(V1) as writer:
        for one in its.values():
            writer.store(one, [])
    with served(Settings(desk=str(tmp_path / "tongues.desk"), link=LINK)) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        pages = {code: client.get(f"/reports/{one.id}").text for code, one in its.items()}
    assert [code for code, page in pages.items() if "only in reports in English" in page] == ["ar"]
    assert [code for code, page in pages.items() if "Nothing was found in this report" in page] == ["en", "und"]


def test_the_language_is_the_one_asked_for_else_chosen_else_the_browsers() -> None:
    assert negotiated("ar", "en", "de").code == "ar"
    assert negotiated(None, "ar", "en").code == "ar"
    assert negotiated("xx", "../..", "is;q=0.9, ar-SY;q=0.8, en;q=0.1").code == "ar"
    assert negotiated(None, None, "is, ;q=x, *").code == "en"


def test_a_time_is_written_no_finer_than_it_is_known() -> None:
    english, arabic = languages()["en"], languages()["ar"]
    day = dt.date(2021, 9, 28)

    def period(end: dt.date, precision: str) -> Period:
        return Period(start=day.replace(day=1) if precision == "month" else day, end=end, precision=precision)

    assert english.period(period(day, "day")) == "28 Sept 2021"
    assert english.period(period(dt.date(2021, 9, 30), "month")) == "September 2021"
    assert "3 Oct 2021" in english.period(period(dt.date(2021, 10, 3), "span"))
    assert english.period(None) == "day unknown"
    assert arabic.period(period(dt.date(2021, 9, 30), "month")) == "سبتمبر 2021"
    assert arabic.period(period(dt.date(2021, 9, 30), "span")) == "\u206628–30\u2069 سبتمبر 2021"
    assert (arabic.span("3", "5"), english.span("3", "5")) == ("\u20663–5\u2069", "3–5")
    assert arabic.t("{n} sources", n=2) == "مصدران" and english.t("{n} sources", n=1) == "1 source"
    assert english.number(1234567) == "1,234,567"
    at = dt.datetime(2021, 9, 28, 12, 5, tzinfo=dt.UTC)
    assert (
        arabic.moment(at) == "28 سبتمبر 2021، 12:05 UTC" and languages()["zh"].moment(at) == "2021年9月28日 12:05 UTC"
    )
    assert (english.country("SYR"), arabic.country("TUR"), english.country("ZZZ")) == ("Syria", "تركيا", "ZZZ")
    assert languages()["pt"].country("PSE") == "Territórios palestinianos"
