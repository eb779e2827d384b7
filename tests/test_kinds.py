"""Kinds of input: Markdown, mails, mailboxes and JSON, told by what is in a file before its name."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cli import main
from digest.errors import ItemError
from digest.extract import Fate, explain, extract
from digest.model import Declaration, Item, Metadata, Rejection
from digest.sources import READERS, contents, read
from digest.store import Store
from tests.growth import LINEAR, TIMES, growth

CASES = Path(__file__).parent / "cases" / "kinds"
FILES = sorted(path for path in CASES.iterdir() if path.suffix != ".expected")

TEXT = (
    "The lock keepers of Ammer canal have asked for bicycles, since the towpath is now longer than their patience.\n\n"
    "Each of the nine keepers looks after two locks, and the walk between them takes twenty minutes in good weather.\n"
)


def told(path: Path) -> list[dict[str, object]]:
    """Return what comes of every item of a file."""
    found: list[dict[str, object]] = []
    for one in contents(path, name=path.name):
        if not isinstance(one, Item):
            found.append({"locator": one.locator, "set aside": one.reason})
            continue
        try:
            article = extract(one)
        except ItemError as error:
            found.append({"locator": one.locator, "set aside": error.reason})
            continue
        found.append(
            {
                "locator": one.locator,
                "source": article.source.name,
                "private": article.source.private,
                "url": article.url,
                "headline": article.headline,
                "byline": list(article.byline),
                "published": article.published and article.published.stated,
                "language": article.language,
                "paragraphs": [f"{paragraph.kind}: {paragraph.text}" for paragraph in article.paragraphs],
            }
        )
    return found


def items(folder: Path, name: str, body: str | bytes, declaration: Declaration | None = None) -> list[Item]:
    """Return the items of a file with *body*."""
    (folder / name).write_bytes(body.encode("utf-8") if isinstance(body, str) else body)
    return [one for one in contents(folder / name, name=name, declaration=declaration) if isinstance(one, Item)]


def letter(number: int, *header: str, text: str = TEXT) -> str:
    """Return a mail."""
    fields = (
        f"From: Ann Berg <ann@home.example>\nSubject: Letter {number}\nMessage-ID: <{number}@home.example>",
        *header,
    )
    return "\n".join([*fields, "", text])


def box(*mails: str) -> str:
    """Return a mailbox of mails."""
    return "\n\n".join(f"From ann@home.example Mon Nov  3 07:15:00 2025\n{mail}" for mail in mails)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_gives_the_articles_beside_it(path: Path) -> None:
    """Add a file and one with what is to come of it, and it is a test."""
    assert told(path) == json.loads(path.with_name(f"{path.name}.expected").read_text("utf-8"))


# What a file is.


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ("<!DOCTYPE html><p>text", "text/html"),
        ("<!DOCTYPE html><p>text".encode("utf-16"), "text/html"),
        ("From: a@b.example\nDate: Mon, 3 Nov 2025 10:00:00 +0000\nSubject: x\n\ntext", "message/rfc822"),
        ("From: a@b.example\r\nDate: Mon, 3 Nov 2025 10:00:00 +0000\r\nSubject: x\r\n\r\ntext", "message/rfc822"),
        ("---\ntitle: x\n---\ntext", "text/markdown"),
        ('{"title": "x", "text": "y"}', "text/plain"),
        ('{"title": "x", "html": "<p>y</p>"}', "text/html; charset=utf-8"),
        ("From: the archive. Date: unknown.\n\nSubject of this article are keepers.", "text/plain"),
        ("---\n\nA rule opens this text.\n\n---\n\nAnd another one follows.", "text/plain"),
        ("[Updated] The keepers have bicycles.", "text/plain"),
        ("{curly} The keepers have bicycles.", "text/plain"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.text"])
def test_content_says_what_a_text_file_is(tmp_path: Path, name: str, body: str | bytes, media_type: str) -> None:
    """A page, mail, Markdown or JSON saved as text is what it is, and text that looks a little like it is text."""
    assert [item.media_type for item in items(tmp_path, name, body)] == [media_type]


def test_mailbox_saved_as_a_mail_is_a_mailbox(tmp_path: Path) -> None:
    """Many mails in one file are many items, whatever the file is called."""
    for name in ("a.mbox", "a.eml", "a.txt"):
        body = box(letter(1, "Date: Mon, 3 Nov 2025 10:00:00 +0000"), letter(2))
        assert [item.locator for item in items(tmp_path, name, body)] == [f"{name}#1", f"{name}#2"]


def test_what_is_neither_is_named(tmp_path: Path) -> None:
    """A file that is not what its name says is set aside with what is missing."""
    for name, body in {"a.json": "{broken", "a.eml": "No header here.\n", "b.jsonl": "one\ntwo\n"}.items():
        (tmp_path / name).write_text(body)
    _, _, rejections = read(tmp_path, declarations={})
    assert [(r.locator, r.reason.partition(":")[0]) for r in rejections] == [
        ("a.eml", "no mail"),
        ("a.json", "not JSON"),
        ("b.jsonl", "not JSON"),
    ]


# Which item is which.


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.mbox", box(letter(1), letter(2)), box(letter(0), letter(1), letter(2))),
        (
            "a.jsonl",
            '{"id": 1, "text": "x"}\n{"url": "https://x.example/2", "text": "y"}\n',
            '{"text": "new"}\n{"id": 1, "text": "x, corrected"}\n{"url": "https://x.example/2", "text": "y, too"}\n',
        ),
        (
            "a.json",
            '[{"title": "One", "text": "x"}, {"text": "y"}]',
            '[{"title": "Zero", "text": "z"}, {"title": "One", "text": "x, corrected"}, {"text": "y"}]',
        ),
    ],
)
def test_item_of_many_is_recognised_wherever_it_stands(tmp_path: Path, name: str, before: str, after: str) -> None:
    """What is put before an item, and a correction of it, does not make it another one."""
    with Store(tmp_path / "store.sqlite") as store:
        now = datetime(2025, 11, 3, tzinfo=UTC)
        first = store.recognise(items(tmp_path, name, before), now=now)
        second = store.recognise(items(tmp_path, name, after), now=now)
    assert second[1:] == first
    assert second[0] not in first


def test_mail_is_recognised_by_its_own_id(tmp_path: Path) -> None:
    """A mail that is moved to another file, or lies in a mailbox twice, is the same mail."""
    [alone] = items(tmp_path, "a.eml", letter(1))
    [once] = items(tmp_path, "b.mbox", box(letter(1), letter(1)))
    assert alone.key == once.key
    assert alone.identities[0] == once.identities[0] == "id:<1@home.example>"


@given(st.permutations(range(5)))
def test_order_of_a_file_does_not_matter(order: list[int]) -> None:
    """Lines in another order give the same items."""

    def keys(numbers: Sequence[int]) -> set[str]:
        body = "\n".join(json.dumps({"title": f"Title {n}", "text": f"Text {n}"}) for n in numbers).encode()
        return {
            item.key
            for item in READERS[".jsonl"](body, "a.jsonl", Declaration(metadata=Metadata()))
            if isinstance(item, Item)
        }

    assert keys(order) == keys(range(5))
    assert len(keys(order)) == 5


# What is said of it.


def test_settings_of_a_file_hold_for_all_items_in_it(tmp_path: Path) -> None:
    """Source, date and language are those of every item; a headline and an address are of one and not taken."""
    declared = Declaration(
        metadata=Metadata(language="en-GB", headline="One headline", url="https://x.example/"),
        source="Letters",
        boost=2.0,
    )
    found = items(tmp_path, "a.mbox", box(letter(1), letter(2)), declared)
    assert [item.declared.headline for item in found] == ["Letter 1", "Letter 2"]
    assert {(item.source.id, item.source.name, item.source.boost) for item in found} == {("letters", "Letters", 2.0)}
    assert {(item.declared.language, item.declared.url) for item in found} == {("en-GB", None)}


def test_settings_win_over_front_matter(tmp_path: Path) -> None:
    """What the settings say of a file counts more than what it says of itself."""
    body = f"---\ntitle: Bicycles\nlang: de\nsite: Ammer Post\n---\n{TEXT}"
    declared = Declaration(metadata=Metadata(headline="Nine bicycles"), source="Canal Times")
    [item] = items(tmp_path, "a.md", body, declared)
    assert (item.declared.headline, item.declared.language, item.source.name) == ("Nine bicycles", "de", "Canal Times")


@pytest.mark.parametrize("name", ["a.eml", "a.mbox", "a.txt"])
def test_mail_is_private(tmp_path: Path, name: str) -> None:
    """Of mail nothing is shown but quotations, unless the settings say that it is not private."""
    mail = letter(1, "Date: Mon, 3 Nov 2025 10:00:00 +0000")
    body = box(mail) if name == "a.mbox" else mail
    shared = Declaration(metadata=Metadata(), private=False)
    assert [item.source.private for item in items(tmp_path, name, body)] == [True]
    assert [item.source.private for item in items(tmp_path, name, body, shared)] == [False]


def test_writer_of_a_letter_is_not_told(tmp_path: Path) -> None:
    """The source of a letter has an id by which its name is masked; that of a newsletter goes by its list."""
    [private] = items(tmp_path, "a.eml", letter(1))
    assert private.source.id.startswith("file-")
    [listed] = items(tmp_path, "b.eml", letter(2, 'List-ID: "Canal Letter" <canal.example>'))
    assert (listed.source.id, listed.source.name, listed.declared.byline) == (
        "canal-letter",
        "Canal Letter",
        ("Ann Berg",),
    )


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("Re: Fwd: [canal] Bicycles", "Bicycles"),
        ("AW: WG: Bicycles: nine of them", "Bicycles: nine of them"),
        ("=?utf-8?q?Caf=C3=A9?= =?utf-8?q?_closes?=", "Café closes"),
        ("=?iso-8859-1?q?Caf=E9?= closes", "Café closes"),
        ("=?iso-2022-jp?b?GyRCO343VxsoQg==?=", "時計"),
        ("=?x-nobody?q?Caf=C3=A9?=", "Café"),
        ("Café closes", "Café closes"),
        ("[canal]", "[canal]"),
        ("Return: a novel", "Return: a novel"),
    ],
)
def test_subject_is_the_headline(tmp_path: Path, subject: str, headline: str) -> None:
    """Encoded words are read; marks of replies, forwarding and lists are no headline."""
    [item] = items(tmp_path, "a.eml", letter(1).replace("Letter 1", subject))
    assert item.declared.headline == headline


@pytest.mark.parametrize(
    ("matter", "published"),
    [
        ("date: 2025-03-04", "2025-03-04"),
        ("date: 2025-03-04 09:05:00 +0100", "2025-03-04T09:05+01:00"),
        ("published: 2025-03-04T09:05:00Z", "2025-03-04T09:05+00:00"),
        ("date: 4 March 2025", "2025-03-04"),
        ("date: soon", None),
    ],
)
def test_date_of_a_front_matter_stays_as_it_is_given(tmp_path: Path, matter: str, published: str | None) -> None:
    """A day is a day and a zone is a zone."""
    [item] = items(tmp_path, "a.md", f"---\ntitle: Bicycles\n{matter}\n---\n{TEXT}")
    assert (item.declared.published and item.declared.published.stated) == published


def test_broken_front_matter_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """A colon that is not quoted does not lose the article."""
    [item] = items(tmp_path, "a.md", f"---\ntitle: Bicycles: nine of them\ntags: [a, b\nauthor: Jo Nye\n---\n{TEXT}")
    assert (item.declared.headline, item.declared.byline) == ("Bicycles: nine of them", ("Jo Nye",))
    assert len(extract(item).paragraphs) == 2


# What is in it.


def mail_texts(folder: Path, *header: str, text: str) -> list[str]:
    [item] = items(folder, "a.eml", letter(1, *header, text=text))
    return [paragraph.text for paragraph in extract(item).paragraphs]


ONE, TWO = TEXT.strip().split("\n\n")
PARTS = (
    "--x\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n"
    "--x\nContent-Type: text/html; charset=utf-8\n\n{html}\n"
    '--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="notes.txt"\n\nSecret notes.\n--x--\n'
)
MIXED = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"'


def test_html_part_comes_first_and_attachments_are_ignored(tmp_path: Path) -> None:
    """The HTML part is read, the text part when that holds no article, an attachment never."""
    html = f"<p>{ONE}</p><p>{TWO}</p>"
    assert mail_texts(tmp_path, MIXED, text=PARTS.format(plain="Short.", html=html)) == [ONE, TWO]
    assert mail_texts(tmp_path, MIXED, text=PARTS.format(plain=TEXT, html="<p>See the text.</p>")) == [ONE, TWO]


def test_hidden_text_of_a_newsletter_is_not_read(tmp_path: Path) -> None:
    """What is only there for the preview is no paragraph."""
    preview = "<div style='display: none; max-height:0'>Nine keepers want bicycles, says the canal office today.</div>"
    body = PARTS.format(plain="", html=f"<body>{preview}<table><tr><td>{ONE}</td></tr><tr><td>{TWO}</td></tr></table>")
    assert mail_texts(tmp_path, MIXED, text=body) == [ONE, TWO]
    inside = f"<p>{ONE[:20]}<span style='display:none'>{TWO}</span>{ONE[20:]}</p><p>{TWO}</p>"
    assert mail_texts(tmp_path, MIXED, text=PARTS.format(plain="", html=inside)) == [ONE, TWO]
    everything = f"<html style='visibility: hidden'><p>{ONE}</p><p>{TWO}</p></html>"
    assert mail_texts(tmp_path, MIXED, text=PARTS.format(plain="", html=everything)) == [ONE, TWO]


@pytest.mark.parametrize(
    "line",
    [
        "View this email in your browser",
        "Newsletter im Browser ansehen",
        "Voir la version en ligne",
        "Read it online: https://x.example/1",
        "---------- Forwarded message ---------\nFrom: Bo <bo@x.example>\nDate: Mon, 3 Nov 2025\nSubject: Bicycles",
        "Le lun. 3 nov. 2025 à 10:00, Bo Lindh <bo@x.example> a écrit :\n> Et les clés ?",
    ],
)
def test_what_mail_programs_add_above_is_taken_off(tmp_path: Path, line: str) -> None:
    """A pointer to the browser, a forwarded header and a quoted question are no article."""
    assert mail_texts(tmp_path, text=f"{line}\n\n{TEXT}") == [ONE, TWO]


@pytest.mark.parametrize(
    "lines",
    [
        "-- \nAnn Berg\nCanal Office, 1 Lock Lane",
        "Sent from my telephone",
        "You are receiving this email because you subscribed.\nUnsubscribe: https://x.example/u",
        "Sie erhalten diese Nachricht als Abonnent.\nNewsletter abbestellen",
        "Vous recevez ce message car vous êtes inscrit.\nSe désabonner",
        "_______________________________________________\nCanal mailing list\nCanal@lists.example",
    ],
)
def test_what_mail_programs_add_below_is_taken_off(tmp_path: Path, lines: str) -> None:
    """A signature and the footer of a newsletter are no article."""
    assert mail_texts(tmp_path, text=f"{TEXT}\n{lines}\n") == [ONE, TWO]


def test_sentence_on_unsubscribing_stays(tmp_path: Path) -> None:
    """An article may speak of newsletters."""
    told = "Keepers who unsubscribe from the newsletter of the canal office are asked why, said the office on Monday."
    assert mail_texts(tmp_path, text=f"{told}\n\n{TEXT}") == [told, ONE, TWO]


def test_what_is_taken_off_a_mail_is_explained_in_its_place(tmp_path: Path) -> None:
    """Of every line of a newsletter it is told what became of it, furniture and signature too."""
    first, second = TEXT.strip().split("\n\n")
    lines = {
        "View this email in your browser": "says how to see the mail elsewhere",
        first: "",
        "Was this email forwarded to you? Subscribe here.": "asks to subscribe, or to pass the mail on",
        second: "",
        "> Are there nine keepers, or ten?": "is quoted from what the mail answers",
        "There are nine keepers, as there have been since the canal was dug.": "",
        "You receive this email because you subscribed to our newsletter.": "stands in the footer of the mail",
        "The canal office of Ammer": "stands in the signature",
    }
    text = "\n\n".join(lines).replace("The canal office", "-- \nThe canal office")
    [mail] = items(tmp_path, "a.eml", letter(1, text=text))
    told = explain(mail)
    assert told.article is not None
    assert told.fates == tuple(Fate(line, "" if why else "text", why) for line, why in lines.items())


def test_no_line_of_a_mail_that_is_set_aside_is_called_kept(tmp_path: Path) -> None:
    """Its lines are told with what they would have been."""
    [mail] = items(tmp_path, "a.eml", letter(1, text="The keepers of the canal have bicycles now.\n\n-- \nAnn Berg\n"))
    told = explain(mail)
    assert told.article is None
    assert told.fates == (
        Fate("The keepers of the canal have bicycles now.", why="would be kept as text, but all is set aside"),
        Fate("Ann Berg", why="stands in the signature"),
    )


def test_mail_of_very_many_empty_lines_is_read_at_once(tmp_path: Path) -> None:
    """What it costs to read a mail grows with its length, and no faster."""

    def mail(lines: int) -> Item:
        text = f"{TEXT}{' ' * lines}\n" + "\n" * lines + "It rained."
        return items(tmp_path, f"{lines}.eml", letter(1, text=text))[0]

    mails = {lines: mail(lines) for lines in (5_000, TIMES * 5_000)}
    assert [p.text for p in extract(mails[5_000]).paragraphs][:2] == TEXT.strip().split("\n\n")
    assert growth(lambda lines: extract(mails[lines]), 5_000) < LINEAR


def test_flowing_text_is_joined(tmp_path: Path) -> None:
    """Lines that end in a space go on, and no space is added where the mail says so."""
    flowed = TEXT.replace(" since", " \nsince").replace(" and the walk", " \nand the walk")
    assert mail_texts(tmp_path, "Content-Type: text/plain; format=flowed", text=flowed) == [ONE, TWO]
    deleted = TEXT.replace("bicycles", "bicy \ncles")
    assert mail_texts(tmp_path, "Content-Type: text/plain; format=flowed; delsp=yes", text=deleted) == [ONE, TWO]


def test_markdown_keeps_no_marks(tmp_path: Path) -> None:
    """Emphasis, links, pictures and notes leave their words behind and nothing else."""
    marked = TEXT.replace("bicycles", "**bicycles**[^1]").replace("nine keepers", "[nine *keepers*](https://x.example)")
    [item] = items(tmp_path, "a.md", f"# Bicycles\n\n![A lock](a.jpg)\n\n{marked}")
    article = extract(item)
    assert (article.headline, [paragraph.text for paragraph in article.paragraphs]) == ("Bicycles", [ONE, TWO])


def test_page_saved_as_markdown_keeps_its_own_marks(tmp_path: Path) -> None:
    """Stars inside code, and marks that were escaped, are text and not taken for marks a second time."""
    menu = "* [Home](/)\n* [Weather](/weather)\n\n## Keepers get bicycles\n\n"
    quoted = "> The `*canal*` will be filled with *bicycles*, said the eldest keeper, whose own is \\_old\\_ and slow."
    [item] = items(tmp_path, "a.md", f"{menu}{TEXT}\n{quoted}\n")
    assert [(paragraph.kind, paragraph.text) for paragraph in extract(item).paragraphs] == [
        ("text", ONE),
        ("text", TWO),
        ("quote", "The *canal* will be filled with bicycles, said the eldest keeper, whose own is _old_ and slow."),
    ]


def test_every_item_of_a_file_is_cleaned_under_an_id_of_its_own(tmp_path: Path) -> None:
    """`digest clean` answers for each item and each line that cannot be used, and exits with 3 for those."""
    file = tmp_path / "rows.jsonl"
    file.write_text('{"title": "Bicycles", "text": ' + json.dumps(TEXT) + "}\nbroken\n" + '{"text": "Too short."}\n')
    result = CliRunner().invoke(main, ["clean", str(file)])
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [row["id"] for row in rows] == [f"{file}#1", f"{file}#2", f"{file}#3"]
    assert rows[0]["paragraphs"] == [{"kind": "text", "text": ONE}, {"kind": "text", "text": TWO}]
    assert rows[1]["error"] == "line 2: not JSON"
    assert rows[2]["error"].startswith("no article text found")
    assert result.exit_code == 3


# Whatever a file holds.


@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 6), st.binary(max_size=6)), max_size=8),
    st.sampled_from(sorted(READERS)),
)
@settings(max_examples=150, deadline=None)
def test_any_file_gives_articles_or_reasons(path: Path, edits: list[tuple[int, int, bytes]], suffix: str) -> None:
    """However a file was damaged, and whatever it is called, the build goes on."""
    body = bytearray(path.read_bytes())
    for at, length, inserted in edits:
        body[at : at + length] = inserted
    found: list[Item | Rejection] = []
    with suppress(ItemError):  # of the whole file
        found += READERS[suffix](bytes(body), f"a{suffix}", Declaration(metadata=Metadata())) if body else ()
    for one in found:
        if isinstance(one, Rejection):
            assert one.reason
            continue
        with suppress(ItemError):
            assert extract(one).paragraphs


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "no-such-charset"])
def test_mail_in_an_impossible_charset_is_read_or_set_aside(tmp_path: Path, charset: str) -> None:
    """Whatever a sender writes there, the build goes on."""
    body = f"Subject: Fair\nContent-Type: text/plain; charset={charset}\n\n{TEXT} Ça va.\n"
    [found] = items(tmp_path, "fair.eml", body)
    with suppress(ItemError):
        assert extract(found).paragraphs
