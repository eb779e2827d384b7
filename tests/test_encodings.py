"""Encodings: whatever a text was saved in, once or twice, its characters come back."""

import codecs
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ItemError
from digest.extract import extract
from digest.extract.decode import clean, decode
from digest.extract.doubled import undoubled
from digest.model import Article, Item, Metadata, Source
from digest.sources.characters import characters
from digest.text import fragment
from digest.text.charsets import encoding_of

TEXTS = {
    "en": "The keepers’ bicycles – nine of them – came to the café on Monday; “they squeak,” said the oldest one.",
    "de": "Der Rat von Kaltenau öffnet die Brücke für Fußgänger. „Endlich“, sagte die Bürgermeisterin und übte.",
    "fr": "Le conseil a décidé de rouvrir le vieux pont. « C’était l’été ou jamais », a déclaré la maire, très émue.",
    "es": "El ayuntamiento decidió el lunes reabrir el puente. «¿Por qué no antes?», preguntó un niño de diez años.",
    "pl": "Rada miasta postanowiła w środę otworzyć stary most. „Powinniśmy byli to zrobić wcześniej”, mówi źródło.",
    "cs": "Městská rada v pondělí rozhodla, že starý most znovu otevře pro chodce. „Měli jsme to udělat dřív,“ řekla.",
    "tr": "Belediye meclisi eski köprüyü yayalara açmaya karar verdi; bunu önce yapmalıydık, dağ yolu kısaldı, dedi.",
    "ru": "Городской совет в понедельник решил вновь открыть старый мост для пешеходов. «Давно пора», — сказала мэр.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα να ανοίξει ξανά την παλιά γέφυρα. «Επιτέλους», είπε η δήμαρχος.",
    "ja": "市議会は月曜日、古い橋を歩行者に再び開放することを決めた。市長は「もっと早くそうすべきだった」と述べた。",
    "zh": "市议会星期一决定重新向行人开放旧桥。市长说，我们早就应该这样做，费用将由省里承担，面包师们感到高兴。",
    "ko": "시의회는 월요일 보행자에게 옛 다리를 다시 개방하기로 결정했다. 시장은 더 일찍 그렇게 했어야 했다고 말했다.",
}
OLD = {
    "cp1252": ("en", "de", "fr", "es"),
    "cp1250": ("pl", "cs"),
    "cp1254": ("tr",),
    "cp1251": ("ru",),
    "koi8-r": ("ru",),
    "cp1253": ("el",),
    "cp932": ("ja",),
    "euc_jp": ("ja",),
    "iso2022_jp": ("ja",),
    "gb18030": ("zh",),
    "cp949": ("ko",),
}
SAVED = [(language, encoding) for encoding, languages in OLD.items() for language in languages]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


def item(body: bytes, media_type: str = "text/plain") -> Item:
    """Return an item that holds *body*."""
    source = Source(id="file-note", name="note")
    return Item(
        key="k", source=source, locator="note", identities=(), media_type=media_type, body=body, declared=Metadata()
    )


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("language", TEXTS)
def test_unicode_comes_back_in_every_language(language: str, encoding: str) -> None:
    """UTF-8, UTF-16 and UTF-32 are read with a mark, the first two without one as well."""
    assert decode(TEXTS[language].encode(encoding), locator="x") == TEXTS[language]


@pytest.mark.parametrize(("language", "encoding"), SAVED)
def test_old_encodings_come_back_undeclared(language: str, encoding: str) -> None:
    """A text file says nothing of its encoding, and is read all the same."""
    body = TEXTS[language].encode(encoding, "replace")
    assert decode(body, locator="x") == body.decode(encoding)


@given(st.sampled_from(SAVED), st.lists(st.integers(0, 5), min_size=1, max_size=9))
@settings(max_examples=80, deadline=None)
def test_old_encodings_come_back_declared(saved: tuple[str, str], shape: list[int]) -> None:
    """What is declared is believed, however little of the text there is."""
    language, encoding = saved
    words = TEXTS[language].split(" ")
    text = "\n".join(" ".join(words[: count + 1]) for count in shape)
    body = text.encode(encoding, "replace")
    assert decode(body, locator="x", declared=encoding) == body.decode(encoding)


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "utf-16", "big5", "iso2022_jp", "idna", "x", ""])
)
@settings(max_examples=500, deadline=None)
def test_any_bytes_are_text_or_set_aside(body: bytes, declared: str | None) -> None:
    """Nothing that a file can hold stops the build, and what comes out is clean."""
    try:
        text = decode(body, locator="x", declared=declared)
    except ItemError:
        return
    assert clean(text) == text


@given(st.text())
@settings(max_examples=300)
def test_clean_text_is_composed_and_steers_nothing(text: str) -> None:
    """Controls and marks that turn the direction of writing go, letters are composed, and once is enough."""
    cleaned = clean(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufeff\uffff]", cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned


def test_letters_and_their_accents_are_composed_in_every_script() -> None:
    """A letter that is saved as several characters is one wherever there is one, in any script."""
    apart = {unicodedata.normalize("NFD", char): char for char in map(chr, range(0x30000)) if not _is_half(char)}
    several = {parts: unicodedata.normalize("NFC", char) for parts, char in apart.items() if parts != char}
    assert len(several) > 12_000
    assert {parts: clean(parts) for parts in several} == several


def _is_half(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def test_stray_byte_in_a_declared_text_is_one_character() -> None:
    """A byte that an encoding does not have costs one character and not the whole text."""
    body = TEXTS["de"].encode("cp1252") + b"\x81"
    assert decode(body, locator="x", declared="iso-8859-1") == TEXTS["de"] + "\ufffd"


def test_stray_byte_behind_a_mark_is_mended() -> None:
    """A mark says UTF-8, and a byte of Windows-1252 among it costs nothing."""
    body = codecs.BOM_UTF8 + "“Open”, said the ".encode() + b"caf\xe9."
    assert decode(body, locator="x") == "“Open”, said the café."
    assert decode(codecs.BOM_UTF8 + b"The caf\xe9 is open, said the keeper.", locator="x").startswith("The café is")


def test_accent_at_the_end_of_a_declared_text_is_no_cut() -> None:
    """Only its last letter is not ASCII, and it looks like the first half of one in UTF-8."""
    assert decode("El ayuntamiento decidió".encode("cp1252"), locator="x", declared="cp1252").endswith("decidió")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_that_was_cut_inside_a_character_keeps_the_rest(encoding: str) -> None:
    """A file that was cut off loses half a letter."""
    assert decode("Ein Café".encode(encoding)[:-1], locator="x") == "Ein Caf"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("UTF8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("US-ASCII", "cp1252"),
        ("ks_c_5601-1987", "cp949"),
        ("x-sjis", "cp932"),
        ("GB2312", "gb18030"),
        ("koi8-r", "koi8-r"),
        ("martian", None),
        ("base64", None),
        ("utf-7", None),
        ("unicode_escape", None),
        ("", None),
        (None, None),
    ],
)
def test_charset_stands_for_what_browsers_read(charset: str | None, encoding: str | None) -> None:
    """Old names stand for the encodings of Windows that replaced them; what no page is written in is no charset."""
    assert encoding_of(charset) == encoding


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", ['["Café"]', '{"a": "Café"}', "<a>Café</a>"])
def test_what_programs_write_is_read_in_any_unicode(text: str, encoding: str) -> None:
    """Feeds and JSON tell UTF-16 without a mark by the zero byte of their first sign."""
    assert characters(text.encode(encoding)) == text


# Encoded twice.


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "mac_roman"])
@pytest.mark.parametrize("language", TEXTS)
def test_text_encoded_twice_comes_back(language: str, wrong: str) -> None:
    """UTF-8 that was read in an old encoding and saved again is read as it was meant."""
    import ftfy.bad_codecs  # noqa: F401 - Windows-1252 with all its bytes

    doubled = TEXTS[language].encode().decode("sloppy-windows-1252" if wrong == "cp1252" else wrong)
    assert undoubled(doubled) == TEXTS[language]


@given(
    st.lists(st.sampled_from([word for text in TEXTS.values() for word in text.split(" ")]), max_size=12).map(" ".join)
)
@settings(max_examples=300, deadline=None)
def test_right_text_is_not_touched(text: str) -> None:
    """Words of any language in any order stay as they are, and what was mended stays mended."""
    assert undoubled(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO – À VOTRE SANTÉ…",
        "voilà\xa0! Ça «\xa0va\xa0»",
        "CÔTÉ “OUEST”, Â et â",
        "¿Qué? ¡Sí! 5°, 3 €, £5",
        "Это СССР и США",
        "Bản tin tiếng Việt ở Hà Nội",
    ],
)
def test_what_only_looks_odd_is_not_touched(text: str) -> None:
    """Capitals with accents, signs and unbreakable spaces are what they are."""
    assert undoubled(text) == text


def test_right_and_wrong_lines_are_told_apart() -> None:
    """A line that is right stays, the one below it that is not is mended; a mark that lost a byte too."""
    assert undoubled("Das Café öffnet.\nDas CafÃ© Ã¶ffnet.\nâ€œYes,â€ he said.") == (
        "Das Café öffnet.\nDas Café öffnet.\n“Yes,” he said."
    )


PAGE = (
    "Keepers get bicycles",
    "The lock keepers’ café on Ammer canal has asked for bicycles, since the towpath is longer than their patience.",
    "“Each of us looks after two locks,” said the eldest keeper – “and the walk takes twenty minutes in fine weather.”",
)


def article(media_type: str) -> Article:
    """Return the article of a page that was encoded twice."""
    if media_type == "text/plain":
        text = "\n\n".join(PAGE)
    else:
        text = f"<html><title>{PAGE[0]}</title><h1>{PAGE[0]}</h1><p>{PAGE[1]}</p><p>{PAGE[2]}</p></html>"
    return extract(item(text.encode().decode("latin-1").encode(), media_type))


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_what_is_mended_can_be_traced(media_type: str) -> None:
    """The text is mended, and its raw form, from which links are made, has the characters of the source."""
    found = article(media_type)
    assert (found.headline, [p.text for p in found.paragraphs]) == (PAGE[0], [*PAGE[1:]])
    assert "cafÃ© on Ammer" in found.paragraphs[0].raw
    assert clean(PAGE[2].encode().decode("latin-1")) == found.paragraphs[1].raw


def test_link_to_a_mended_sentence_has_the_words_of_the_source() -> None:
    """A text directive is made of what stands on the source's page."""
    found = article("text/plain")
    lede = found.paragraphs[0].text
    assert "caf%C3%83%C2%A9" in fragment(found.paragraphs, 0, 0, len(lede))
