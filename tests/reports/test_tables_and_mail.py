"""Files of many reports: CSV, Parquet, Telegram exports, mail; every broken entry is a failure of its own."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import quopri
import re
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.reports.made import PAGE, STORY
from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.nouns import Failure, Report
from trucewatch.reports import columns as known_columns
from trucewatch.reports.hygiene import key

OTHER = "Two mortar rounds hit the market of Hodeidah on Friday. Nobody was hurt, a shopkeeper said."


def _read(path: Path, **options: object) -> list[Report | Failure]:
    return list(outcomes([path], reports.ReadOptions(**options)))  # type: ignore[arg-type]


def _report(path: Path, **options: object) -> Report:
    (report,) = _read(path, **options)
    assert isinstance(report, Report), report
    return report


def _failure(path: Path) -> Failure:
    (failure,) = _read(path)
    assert isinstance(failure, Failure), failure
    assert "\n" not in failure.reason
    return failure


# ---------------------------------------------------------------- CSV


def test_a_csv_by_its_usual_names(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["ID", "Headline", "Full Text", "Publication date", "Source", "Source-URL", "Tags"])
        rows.writerow(["a-1", "Taiz hit", STORY, "5 April 2022", "Tihama Herald", "https://t.example/1", "shelling"])
        rows.writerow(["a-2", "Market hit", f"{OTHER}\n\n{STORY}", "2022-04-08", "Horn Reader", "", ""])
    first, second = _read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.title, first.outlet, first.url) == ("Taiz hit", "Tihama Herald", "https://t.example/1")
    assert (first.text, first.published, first.source) == (STORY, dt.date(2022, 4, 5), f"{path}#a-1")
    assert first.themes == ("shelling",)
    assert (second.text, second.published, second.url) == (f"{OTHER}\n\n{STORY}", dt.date(2022, 4, 8), None)


@pytest.mark.parametrize(
    ("name", "delimiter", "charset"),
    [("a.csv", ";", "utf-8-sig"), ("a.tsv", "\t", "utf-8"), ("a.csv", "|", "utf-16"), ("a.csv", ",", "cp1251")],
)
def test_delimiters_and_charsets(name: str, delimiter: str, charset: str, tmp_path: Path) -> None:
    text = "Войска обстреляли село утром в понедельник, сообщили жители деревни корреспонденту."
    path = tmp_path / name
    path.write_bytes(f'title{delimiter}text\r\nСело{delimiter}"{text}"\r\n'.encode(charset))
    report = _report(path)
    assert (report.title, report.text) == ("Село", text)


def test_columns_are_mapped_with_the_call(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(f'Was,Wo,Text\n"{STORY}",Tihama Herald,not this\n', encoding="utf-8")
    assert _report(path, columns=(("Was", "text"), ("wo", "outlet"))).text == STORY
    path.write_text(f'Was,Wo\n"{STORY}",Tihama Herald\n', encoding="utf-8")
    failure = _failure(path)
    assert failure.reason == "no column that holds a text; name it with --map COLUMN=text. Its columns: Was, Wo"
    path.write_text(f'2022-04-05,Tihama Herald,"{STORY}"\n', encoding="utf-8")
    assert "the first row must name the columns, and not be: 2022-04-05, Tihama Herald" in _failure(path).reason
    path.write_text('"Was,Wo\n', encoding="utf-8")
    assert _failure(path).reason.endswith("Its columns: Was,Wo")  # one line, where a quotation mark is missing


def test_a_date_of_the_event_is_not_taken_for_that_of_the_report(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(f'event_date,notes\n2022-04-04,"{STORY}"\n', encoding="utf-8")
    report = _report(path)
    assert (report.text, report.published) == (STORY, None)


@pytest.mark.parametrize(
    ("written", "date"),
    [("1649142000", dt.date(2022, 4, 5)), ("1649142000000", dt.date(2022, 4, 5)), ("Apr 5, 2022 07:00", dt.date(2022, 4, 5)),
     ("20220405", dt.date(2022, 4, 5)), ("20220405T070000Z", dt.date(2022, 4, 5)), ("202204050700", dt.date(2022, 4, 5)),
     ("20221405", None), ("unknown", None), ("1e999", None), ("5", None)],
)  # fmt: skip
def test_dates_as_columns_have_them(written: str, date: dt.date | None, tmp_path: Path) -> None:
    path = tmp_path / "dated.csv"
    path.write_text(f'timestamp,text\n"{written}","{STORY}"\n', encoding="utf-8")
    assert _report(path).published == date


def test_a_date_that_could_be_read_two_ways_says_so(tmp_path: Path) -> None:
    path = tmp_path / "dated.csv"
    path.write_text(f'date,text\n04/05/2022,"{STORY}"\n', encoding="utf-8")
    report = _report(path)
    assert report.published == dt.date(2022, 5, 4)
    assert "the page's date is read day first; its form allows both" in report.notes


def test_broken_rows_are_failures_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f'id,text\n1,"{STORY}"\n2,words,,\n3\n4,\n\n6,"{OTHER}"\n', encoding="utf-8")
    one, two, three, four, six = _read(path)
    assert isinstance(one, Report)
    assert isinstance(six, Report)
    assert isinstance(two, Failure)
    assert (two.source, two.reason) == (f"{path}#2", "a row of 4 columns under a header of 2")
    assert isinstance(three, Failure)
    assert isinstance(four, Failure)
    assert four.reason == "a record whose text is empty"


def test_a_quote_that_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text(f'id,text\n1,"{STORY}"\n2,"{"x" * 5000}\n', encoding="utf-8")
    first, second = _read(path, max_bytes=4000)
    assert isinstance(first, Report)
    assert isinstance(second, Failure)
    assert second.reason.startswith("no valid row: field larger than field limit")


@pytest.mark.parametrize("raw", [b"", b"text\n", b"\x00\x01\x02" * 50, b"a,b\n1,2\n"])
def test_what_is_no_csv(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(raw)
    _failure(path)


def test_every_column_of_the_table_is_known_once() -> None:
    names = [name for columns in known_columns.fields().values() for name in columns]
    assert len(names) == len(set(names))
    assert set(known_columns.fields()) >= {"text", "title", "published", "url", "outlet"}


def test_every_column_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
    part = page[page.index("## Columns") : page.index("For other names")]
    words = {key(cell) for cell in re.split(r"[|,;\n]", part)}
    assert [name for columns in known_columns.fields().values() for name in columns if name not in words] == []
    assert [field for field in known_columns.fields() if f"`{field}`" not in part] == []


# ---------------------------------------------------------------- Parquet


def test_a_parquet_file(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "many.parquet"
    when = [dt.datetime(2022, 4, 5, 7), None, dt.datetime(2022, 4, 8)]
    table = {
        "Title": ["Taiz hit", None, "x"],
        "body": [STORY, PAGE, None],
        "date": when,
        "authors": [["A", "B"], None, []],
    }
    parquet.write_table(arrow.table(table), path)
    first, second, third = _read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.title, first.text, first.published) == ("Taiz hit", STORY, dt.date(2022, 4, 5))
    assert (second.title, second.text, second.source) == ("Shells on Taiz", STORY, f"{path}#2")
    assert third == Failure(source=f"{path}#3", stage="read", reason="a record whose text is empty")


@pytest.mark.parametrize("keep", [4, -8])
def test_a_parquet_file_that_is_damaged(keep: int, tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "cut.parquet"
    parquet.write_table(arrow.table({"text": [STORY] * 50}), path)
    path.write_bytes(path.read_bytes()[:keep])
    assert _failure(path).reason.startswith("no Parquet that could be read")


def test_a_missing_extra_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    table, paper = tmp_path / "a.parquet", tmp_path / "b.pdf"
    table.write_bytes(b"PAR1")
    paper.write_bytes(b"%PDF-1.4")
    assert _failure(table).reason == "Parquet needs pyarrow: pip install 'trucewatch[parquet]'"
    assert _failure(paper).reason == "PDF needs pypdfium2: pip install 'trucewatch[pdf]'"


# ---------------------------------------------------------------- Telegram


def _post(number: int, text: object, **more: object) -> dict[str, object]:
    return {"id": number, "type": "message", "date": f"2022-04-0{number}T23:30:00", "text": text, **more}


CHANNEL = {
    "name": "Tihama Wire",
    "type": "public_channel",
    "id": 1234,
    "messages": [
        _post(1, STORY, edited="2022-04-02T00:10:00"),
        {"id": 2, "type": "service", "date": "2022-04-02T00:00:00", "action": "pin_message", "text": ""},
        _post(
            3, ["Breaking: ", {"type": "bold", "text": "two mortar rounds"}, " hit the market of Hodeidah on Friday."]
        ),
        _post(4, "", photo="photos/1.jpg"),
        _post(5, OTHER, forwarded_from="Horn Reader"),
        {"id": "six", "type": "message", "text": OTHER},
    ],
}


def test_a_channel_of_telegram(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(CHANNEL, ensure_ascii=False), encoding="utf-8")
    first, third, fifth, sixth = _read(path)
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert isinstance(fifth, Report)
    assert (first.outlet, first.published, first.source) == ("Tihama Wire", dt.date(2022, 4, 1), f"{path}#1234/1")
    assert (first.text, first.url, first.notes) == (STORY, "https://t.me/c/1234/1", ("modified 2022-04-02",))
    assert third.text == "Breaking: two mortar rounds hit the market of Hodeidah on Friday."
    assert (fifth.outlet, fifth.original_outlet) == ("Tihama Wire", "Horn Reader")
    assert isinstance(sixth, Failure)
    assert sixth.reason.startswith("no post of Telegram")


def test_an_account_of_telegram(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(
        json.dumps(
            {
                "about": "x",
                "chats": {"about": "y", "list": [CHANNEL, CHANNEL | {"name": "B", "id": 9}]},
                "left_chats": {"about": "z", "list": [CHANNEL | {"name": "C", "id": 10}]},
            }
        )
    )
    found = [one for one in _read(path) if isinstance(one, Report)]
    assert [report.outlet for report in found] == ["Tihama Wire"] * 3 + ["B"] * 3 + ["C"] * 3


def test_a_channel_of_pictures_alone(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(CHANNEL | {"messages": [_post(4, "")]}))
    assert _failure(path).reason == "no post with words in this Telegram export"


# ---------------------------------------------------------------- mail


def _mail(text: str, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Tihama Herald" <news@tihama.example>'
    message["Subject"] = "Shells on Taiz – two dead"
    message["Date"] = "Tue, 05 Apr 2022 23:30:00 +0300"
    message["Message-ID"] = "<abc@tihama.example>"
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def test_a_message(tmp_path: Path) -> None:
    message = _mail(f"{STORY}\n\n{OTHER}\n")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="map.pdf")
    path = tmp_path / "one.eml"
    path.write_bytes(message.as_bytes())
    report = _report(path)
    assert (report.title, report.outlet) == ("Shells on Taiz – two dead", "Tihama Herald")
    assert (report.text, report.published, report.source) == (f"{STORY}\n\n{OTHER}", dt.date(2022, 4, 5), str(path))
    assert "attachments not read: map.pdf" in report.notes


def test_a_message_whose_text_is_in_its_html(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(
        _mail("Please view this message in a browser.", f"<html><body><p>{STORY}</p></body></html>").as_bytes()
    )
    assert _report(path).text == STORY


def test_a_page_that_a_browser_saved_in_one_file(tmp_path: Path) -> None:
    told = STORY.replace("Taiz", "Taïz")
    page = quopri.encodestring(PAGE.replace(STORY, told).encode()).replace(b"\n", b"\r\n")
    path = tmp_path / "saved.mhtml"
    path.write_bytes(
        b"From: <Saved by Blink>\r\nSubject: Shells on Taiz\r\nDate: Wed, 6 Apr 2022 10:00:00 -0000\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://t.example/a\r\n\r\n"
        + page
        + b"\r\n--b\r\nContent-Type: image/png\r\nContent-Location: https://t.example/p.png\r\n\r\n\x89PNG\r\n--b--\r\n"
    )
    report = _report(path)
    assert (report.title, report.text, report.url) == ("Shells on Taiz", told, "https://t.example/a")
    assert (report.outlet, report.published) == ("t.example", None)
    assert "archived 2022-04-06" in report.notes


@pytest.mark.parametrize(
    "mark", ["---------- Forwarded message ---------", "-----Original Message-----", "Begin forwarded message:\n"]
)
def test_a_forwarded_message_is_of_its_first_sender(mark: str, tmp_path: Path) -> None:
    head = "From: Lena Voss <lv@desk.example>\nSent: Tuesday, 5 April 2022 09:15\nTo: x@y.example\nSubject: Taiz hit"
    path = tmp_path / "a.eml"
    path.write_text(
        "From: Omar <omar@x.example>\nSubject: FW: Taiz hit\nDate: Fri, 08 Apr 2022 09:15:00 +0300\n\n"
        f"FYI\n\n{mark}\n{head}\n\n{STORY}\n",
        encoding="utf-8",
    )
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert (report.outlet, report.original_outlet) == ("Omar", "Lena Voss")
    assert (report.published, report.original_published) == (dt.date(2022, 4, 8), dt.date(2022, 4, 5))
    assert report.text == STORY
    assert report.themes == ()
    assert report.notes[0].startswith("forwarded: From: Lena Voss <lv@desk.example> Sent:")


def test_a_message_that_names_no_charset(tmp_path: Path) -> None:
    told = "Войска обстреляли село утром в понедельник, сообщили жители деревни корреспонденту."
    path = tmp_path / "one.eml"
    path.write_bytes(b"From: a@b.example\nContent-Type: text/plain\n\n" + told.encode("cp1251"))
    assert _report(path).text == told


def test_a_box_of_messages(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    start = b"From news@tihama.example Tue Apr  5 07:00:00 2022\n"
    quoted = _mail(f"{STORY}\n\n>From the town {OTHER}\n").as_bytes().replace(b">From", b">From")
    empty = b"Subject: nothing\n\n\n"
    path.write_bytes(start + quoted + b"\n" + start + empty + b"\n" + start + _mail(OTHER).as_bytes())
    first, second, third = _read(path)
    assert isinstance(first, Report)
    assert first.text == f"{STORY}\n\nFrom the town {OTHER}"
    assert first.source == f"{path}#abc@tihama.example"
    assert second == Failure(source=f"{path}#2", stage="read", reason="a message without text")
    assert isinstance(third, Report)


HOSTILE = {
    "deep.eml": b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(50_000)),
    "many.eml": b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 50_000 + b"--b--\n",
    "date.eml": b"Date: Tue, 99 Foo -1 99:99:99 +9999999\nSubject: =?utf-8?b?////?=\n\n",
    "charset.eml": b'Content-Type: text/plain; charset="no-such"\nFrom: \xff\xfe\n\n',
    "head.eml": b"Content-Type: text/plain; " + b"a=1; " * 100_000 + b"\n\n" + STORY.encode(),
    "folded.eml": b"From: " + b"a@b.example,\n " * 100_000 + b"\n\n" + STORY.encode(),
    "none.mbox": b"no box\n" * 10,
    "empty.eml": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail(name: str, tmp_path: Path) -> None:
    path, good = tmp_path / name, tmp_path / "good.txt"
    path.write_bytes(HOSTILE[name])
    good.write_text(STORY)
    outcome, after = outcomes([path, good])
    assert isinstance(outcome, Failure)
    assert isinstance(after, Report)


def test_a_message_with_a_broken_head_is_read(tmp_path: Path) -> None:
    path = tmp_path / "odd.eml"
    path.write_bytes(HOSTILE["charset.eml"] + STORY.encode())
    assert _report(path).text == STORY
    path.write_bytes(HOSTILE["date.eml"] + STORY.encode())
    assert _report(path).published is None


# ---------------------------------------------------------------- packed


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv", "a.json"])
def test_packed_files_are_read_as_what_is_in_them(name: str, tmp_path: Path) -> None:
    plain = {
        "a.txt": STORY,
        "a.html": PAGE,
        "a.jsonl": json.dumps({"text": STORY}),
        "a.csv": f'text\n"{STORY}"\n',
        "a.json": json.dumps([{"text": STORY}]),
    }[name]
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress(plain.encode()))
    assert [source.form for source in reports.sources([tmp_path])] != []
    assert _report(path).text == STORY
