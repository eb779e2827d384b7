"""Text: words to compare by, sentences to quote, names for addresses, spans of a source."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Paragraph
from digest.text import (
    Remembered,
    distinct,
    fragment,
    hashes,
    plain,
    raw_span,
    runs,
    sentences,
    short_id,
    slug,
    stop_words,
    words,
)
from tests.growth import LINEAR, growth

ENGLISH = {
    "two sentences": "The ferry left Holm. | It came back at noon.",
    "a month": "The bridge closed on Feb. 27 and stays closed. | Nobody minds.",
    "an acronym before a name": "The U.S. Senate sat with the U.K. Treasury. | Both agreed.",
    "an acronym that ends": "The boat was built in the U.S. | The crew is from Holm.",
    "titles and initials": "Mr. Berg met Dr. J. K. Lund and Gen. Holt. | They talked.",
    "initial that abbreviates elsewhere": "Rolf P. Lund played the sheriff. | See p. 5 for more.",
    "letter at the end": "They fell back on plan B. | The ferry sailed.",
    "numbers": "Room No. 5 costs 3.5 crowns, not 1,600. | No. | That is all.",
    "e.g. and i.e.": "Some boats, e.g. the Gull, i.e. the old one, are slow. | Others are not.",
    "an ellipsis inside": "The issue … will be looked at. | The rest … Will wait.",
    "an ellipsis at the end": "He paused... | Then he went on.",
    "a spaced ellipsis": "She said . . . nothing at all. | Then she left.",
    "a closing quotation mark": "“We are done.” | He left. | She said “no.” | He nodded.",
    "straight quotation marks": 'She said "it is over." | "We know," they said.',
    "a speaker in lower case": "“Is it over?” he asked. | “It is.” | She sighed.",
    "a named speaker": "“Is it over?” Anna Berg asked. | Nobody knew.",
    "brackets": "It sank (in 1904.) | It was raised (at last). | Good.",
    "a missing space": "It sailed in January.| Stand on the pier.",
    "a missing space before a quotation": "It is late,” Berg said.|“We should go.”",
    "exclamations and questions": "What now? | Go! | Why?! | Done.",
    "a name with a mark": "Readers of Hey! magazine liked it. | Others did not.",
    "addresses": "See www.holm.example or mail a.b@holm.example now. | Thanks.",
    "a list": "1. Buy a boat. | 2. Sail it.",
    "times": "The last boat leaves at 5 p.m. Monday and at 6 a.m. daily. | Be early.",
    "no mark at the end": "One sentence. | And one without an end",
    "titles of several": "Sens. Ada Berg and Tom Lund met Reps. Ida Holt and Jon Dahl. | They agreed.",
    "an abbreviation before brackets": "Holm Inc. (HLM) sails at 5 p.m. (1700 GMT) daily. | Lyr Ltd. (LYR) does not.",
    "a dateline": "HOLM, Va. (Wire) — The ferry sank. | Nobody drowned.",
    "an abbreviation before a number": "Call tel. 555 1234 or ask Lyr (pop. 2,500) at No. 7. | They know.",
    "a degree sign": "It lies at N°. 12. | It always did.",
    "I at the end": "It is between you and I. | Did she agree? | Albert I. Berg did.",
    "omissions in brackets": "The ship [...] Was never found (!) By anyone. | It sank.",
    "an omission between two": "It was sold. […] | The crew was dismissed.",
    "an omission and a source": "“The gull […] flew on […]” (Berg 55). | So it goes.",
    "small letters": "It was a disaster. | nobody saw, approx. “five saw it.” he said. | https://holm.example/ tells.",
    "notes": "The ferry sank.[1][2] | Nobody drowned.[3] | It was late.",
    "four full stops": "It went on and on . . . . | Then it stopped.",
    "marks of a list": "1.) Buy a boat. | 2.) Sail it. | • 3. Sell it. | IV. Rest.",
    "a letter as the mark of a list": "a. Count the money. | It was in the box.",
    "questions and answers": "Q. Did it sink? | A. The ferry did.",
    "names in small letters": "The shop sold. | iFerry bought. | al-Gull did not, e.g. eGull did. | So it was.",
    "a decimal after a full stop": "It cost $3.50. | That was .5 more than before.",
}
OTHERS = {
    "de": "Am 5. Mai kam Dr. Berg mit ca. 20 Leuten, z. B. Fischern. | Er sagte: „Es ist vorbei.“ | Dann ging er.",
    "de academic": "Frau Dr. med. Berg und Mag. Lund, ehem. Kapitäne, wohnen hier. | Sie segeln.",
    "de low commas": "Sie blieb. | ,,Ich gehe nicht.“ | Dann ging sie.",
    "nl low commas": "Zij bleef. | ,,Ik ga niet,'' zei zij. | Daarna ging zij zgn. Weg.",
    "fr": "M. Leroy a dit : « C’est fini. » | Puis il est parti. | « Vraiment ? » demanda-t-elle.",
    "es": "¿Qué pasa? | ¡Nada! | La Sra. Gil llegó el 3 de feb. con su barco.",
    "es titles": "Soy el Lic. Gil y vivo en el No. 103. | Mi tel. 555 no suena. | Pase.",
    "it": "Il dott. Rossi è a p. 5 del libro. | Poi parte.",
    "it numbers": "Abita al n. 5 con l'arch. Verdi. | Dorme.",
    "pt": "O Sr. Lopes saiu. | A Dra. Reis ficou.",
    "nl": "Dhr. Smit kwam bijv. op 5 mei. | Mevr. Smit niet.",
    "pt numbers": "A casa (tel. 555 1234) fica no n. 5 da rua. | É grande.",
    "pl": "Prof. Nowak mieszka przy ul. Długiej, tzn. w centrum. | Potem wyszedł.",
    "pl speech": "„Prom odpłynął – powiedział Berg. – Wróci jutro”. | Czekali.",
    "pl shares": "Podano 5 proc. Polakom i 7 proc. gości. | To słowo (z ang. Ferry) znamy.",
    "ru": "Проф. Иванов живёт на ул. Садовой, т.е. рядом. | Потом он ушёл.",
    "ru places": "Он живёт в пос. Лир, кв. 5. | Она — в пгт. Холм.",
    "ru speech": "«Паром ушёл, – сказал Берг. – Он вернётся завтра». | Все ждали. | – Да, – сказала она. | – Ждали.",
    "zh": "渡轮五点离开。|“好。”他说。|你呢？",
    "zh quotations": "“船沉了。”|他们都知道。|“谁也没死。”港务局局长安娜说。|“真的吗？”",
    "zh titles": "他看了《渡轮！渡轮》吗？|看了。",
    "ja": "船は出た。|「はい。」と彼は言った。|どこへ？",
    "ja numbers": "船は３．５キロ進んだ。|本当か?|はい!|船は出た。",
    "el": "Το πλοίο έφυγε. | Γύρισε το βράδυ.",
    "el questions": "Έφυγε το πλοίο; | Ναι. | Πού πήγε\u037e | Ο κ. Μπεργκ και ο Δρ. Λουντ, δηλ. οι ναυτικοί, ξέρουν.",
    "ar": "غادرت العبارة. | متى تعود؟ | غدا.",
    "hi": "नाव चली गई। | वह कल आएगी।",
    "hy": "Նավը մեկնեց։ | Այն վաղը կգա։",
}


def split(text: str, language: str = "en") -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text, language=language)]


@pytest.mark.parametrize("marked", ENGLISH.values(), ids=ENGLISH.keys())
def test_sentences_of_english(marked: str) -> None:
    """Abbreviations, numbers and quotations do not cut an English sentence in two."""
    assert split(marked.replace(" | ", " ").replace("|", "")) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("case", OTHERS)
def test_sentences_of_other_languages(case: str) -> None:
    """Other languages have marks, abbreviations and ordinals of their own."""
    marked = OTHERS[case]
    expected = [part.strip() for part in marked.split("|")]
    assert split(marked.replace(" | ", " ").replace("|", ""), case.partition(" ")[0]) == expected


@given(st.text(alphabet=" .!?…\"'“”«»()[]aAbé1U。？\n\u00a0-", max_size=60))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    """Sentences come in order, do not overlap, have no outer white space, and leave only white space out."""
    spans = sentences(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@pytest.mark.parametrize(
    "piece", ["a. ", "U.S. ", ".", '."A', "? Anna B C D ", "« ", "x", "1. ", "... ", "[.] ", "《。"]
)
def test_sentences_of_a_huge_line_cost_what_its_length_asks(piece: str) -> None:
    """However long a line, and whatever it repeats, what it costs grows with its length alone."""
    assert growth(lambda size: sentences(piece * (size // len(piece))), 50_000) < LINEAR


def test_words() -> None:
    """Words are case-folded; apostrophes, numbers and acronyms are kept in one piece."""
    assert words("Don’t pay 1,600 or 3.5, said the U.S. — F-16s!") == (
        "don't", "pay", "1,600", "or", "3.5", "said", "the", "us", "f", "16s",
    )  # fmt: skip


def test_what_words_stand_for_is_remembered_of_so_many_at_most() -> None:
    """It is worked out once for each word; when there are too many, all are forgotten."""
    asked: list[str] = []

    def size(word: str) -> int:
        asked.append(word)
        return len(word)

    sizes = Remembered(size, most=2)
    assert [sizes[word] for word in ("ferry", "gull", "ferry", "salt", "ferry")] == [5, 4, 5, 4, 5]
    assert (asked, len(sizes)) == (["ferry", "gull", "salt", "ferry"], 2)


def test_words_of_scripts_without_spaces() -> None:
    """A character of Chinese, Japanese, Korean or Thai is a word of its own, a mark stays with its letter."""
    assert words("渡轮5号 はい 배 ดีที่") == ("渡", "轮", "5", "号", "は", "い", "배", "ดี", "ที่")
    assert words("हिन्दी में") == ("हिन्दी", "में")


@given(st.text())
def test_words_do_not_change_when_read_again(text: str) -> None:
    """The words of a text's words are the same words."""
    assert all(part.strip() for part in words(text))
    assert words(" ".join(words(text))) == words(text)


def test_runs_tell_words_in_another_order_apart() -> None:
    """The same words in a row have the same number, and only they."""
    first, second = (runs(hashes(text.split()), 2).tolist() for text in ("a b c a b", "b a"))
    assert (len(first), first[0] == first[3], len(set(first)), set(first) & set(second)) == (4, True, 3, set())
    assert runs(hashes(["a"]), 2).tolist() == []


def test_slug() -> None:
    """A slug is made of plain words and is cut after one."""
    assert slug("Łódź’s “Big” Événement: 5 ways") == "lodzs-big-evenement-5-ways"
    assert slug("one two three", max_length=9) == "one-two"
    assert slug("unbreakable", max_length=5) == "unbre"


def test_slug_of_other_scripts() -> None:
    """A headline without any Latin letter keeps its own, and there is always a slug."""
    assert slug("Паром ушёл в 5 часов") == "паром-ушёл-в-5-часов"
    assert slug("渡轮离开") == "渡轮离开"
    assert slug("?!") == slug("") == "story"


@given(st.text(), st.integers(min_value=5, max_value=80))
def test_slug_is_fit_for_an_address(text: str, length: int) -> None:
    """A slug is never empty or too long and holds nothing but letters, digits, marks and hyphens."""
    made = slug(text, max_length=length)
    assert 0 < len(made) <= length
    assert not set(made) & set(" /\\?#%&:.\"'<>")
    assert not made.startswith("-")


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_short_id_tells_parts_apart(one: list[str], other: list[str]) -> None:
    """Different parts have different ids, however they would run together."""
    assert (short_id(*one) == short_id(*other)) == (one == other)


def test_short_id_never_changes() -> None:
    """An id is 12 characters that are the same on every machine: addresses rest on them."""
    assert short_id("ferry", "holm") == "poqt5w53zjbc"
    assert len(short_id("")) == 12


def test_plain() -> None:
    """Names and headlines are compared without case, accents, curly marks and extra spaces."""
    assert plain("  “Zoë’s\u00a0 ÉTÉ” — 北京 ") == '"zoe\'s ete" - 北京'


@given(st.text(alphabet="aBÉ12 .,'’_“-\n½\u00adUS", max_size=20))
def test_words_are_the_same_whatever_other_scripts_a_text_holds(text: str) -> None:
    """A letter of another alphabet, or of a script without spaces, changes nothing of the words before it."""
    assert words(f"{text} ж") == (*words(text), "ж")
    assert words(f"{text} 渡") == (*words(text), "渡")


@given(st.lists(st.integers(0, 9), max_size=9))
def test_distinct_numbers_are_ascending(numbers: list[int]) -> None:
    """Each number comes once, the smallest first; of none there are none."""
    assert distinct(np.array(numbers, np.uint32)).tolist() == sorted(set(numbers))


def test_stop_words() -> None:
    """Common words are known for the languages that have a list, whatever the region."""
    assert "the" in stop_words("en-GB")
    assert "und" in stop_words("de")
    assert "и" in stop_words("ru")
    assert "ikke" in stop_words("no") & stop_words("nb")
    assert stop_words("tlh") == frozenset()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Det er ikke det, som de har sagt om den"),
        ("de", "Das war nur eine, und es gibt noch mehr als das"),
        ("es", "Y que no se lo han dicho a los que ya están"),
        ("fr", "C'est une de ces que l'on n'a pas ici"),
        ("nl", "Het was niet wat wij van hem hadden"),
        ("pt", "Não é o que já se tem, mas também há outros"),
    ],
)
def test_stop_words_are_whole(language: str, sentence: str) -> None:
    """A sentence of nothing but grammar has hardly a word that counts."""
    assert len([word for word in words(sentence) if word not in stop_words(language)]) <= 1


MENDED = [
    ("Berg said. “We go.”", "Berg said.“We go.”"),
    ("It’s “fine” – really", 'It\'s "fine" -- really'),
    ("a b", "a \u00a0\n b"),
    ("no marks here", "no “marks” here"),
]


@pytest.mark.parametrize(("text", "raw"), MENDED)
def test_raw_span_finds_the_same_characters(text: str, raw: str) -> None:
    """A word of a mended text is found where it stands in the source's own characters."""
    for word in ("go", "fine", "really", "b", "here"):
        start = text.find(word)
        if start >= 0:
            first, last = raw_span(text, raw, start, start + len(word))
            assert raw[first:last] == word


@given(
    st.lists(st.text(alphabet="abcé.,1", min_size=1, max_size=4), min_size=1, max_size=8),
    st.lists(st.sampled_from([" ", "", "\n ", " “", "” ", "\u00a0", " '"]), min_size=8, max_size=8),
    st.data(),
)
def test_raw_span_holds_for_any_mending(parts: list[str], gaps: list[str], data: st.DataObject) -> None:
    """Whatever spaces and quotation marks the source has between words, each word is found in it."""
    text = " ".join(parts)
    raw = "".join(part + gap for part, gap in zip(parts, gaps, strict=False))
    number = data.draw(st.integers(min_value=0, max_value=len(parts) - 1))
    start = sum(len(part) + 1 for part in parts[:number])
    first, last = raw_span(text, raw, start, start + len(parts[number]))
    assert raw[first:last] == parts[number]


def one(raw: str) -> list[Paragraph]:
    """A paragraph as the only one of its article."""
    return [Paragraph(kind="text", text=raw, raw=raw)]


def test_fragment_of_a_short_sentence_is_all_of_it() -> None:
    """A short sentence is named whole, percent-encoded, hyphens and commas too."""
    text = "Well-known, isn’t it?"
    assert fragment(one(text), 0, 0, len(text)) == "text=Well%2Dknown%2C%20isn%E2%80%99t%20it%3F"


def test_fragment_of_a_long_sentence_has_two_ends() -> None:
    """A long sentence is named by its first and last words."""
    text = " ".join(f"word{i}" for i in range(30)) + "."
    assert fragment(one(text), 0, 0, len(text)) == (
        "text=word0%20word1%20word2%20word3%20word4%20word5,word24%20word25%20word26%20word27%20word28%20word29."
    )


def test_fragment_of_a_repeated_sentence_has_its_neighbours() -> None:
    """Words around a sentence come in only where the sentence itself is not enough."""
    text = "Go home. Stay here. Go home. Never mind."
    assert fragment(one(text), 0, 0, 8) == "text=Go%20home."
    assert fragment(one(text), 0, 20, 28) == "text=home.%20Stay%20here.-,Go%20home."


def test_fragment_begins_at_a_word() -> None:
    """A browser would not find a part that begins inside a word, so the link begins behind it."""
    text = "It sailed in January.Stand on the pier."
    assert fragment(one(text), 0, 21, len(text)) == "text=on%20the%20pier."


def test_words_begin_with_letters() -> None:
    """Emoji are held together by marks that are no words."""
    assert words("👨‍👩‍👧‍👦 🏳️‍🌈 pride, नमस्ते") == ("pride", "नमस्ते")
