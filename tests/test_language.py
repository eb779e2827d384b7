"""The language of a text: told offline, with a declared language as evidence."""

import pytest

from digest.language import UNKNOWN, identify

SENTENCES = {
    "en": "The harbour board said on Tuesday that the old crane would be painted blue.",
    "de": "Der Hafenrat teilte am Dienstag mit, dass der alte Kran blau gestrichen wird.",
    "fr": "Le conseil du port a annoncé mardi que la vieille grue serait repeinte en bleu.",
    "es": "La junta del puerto anunció el martes que la vieja grúa se pintará de azul.",
    "pt": "A administração do porto anunciou na terça-feira que o velho guindaste será pintado de azul.",
    "it": "L'autorità del porto ha annunciato martedì che la vecchia gru sarà dipinta di blu.",
    "nl": "Het havenbestuur maakte dinsdag bekend dat de oude kraan blauw wordt geverfd.",
    "pl": "Zarząd portu ogłosił we wtorek, że stary dźwig zostanie pomalowany na niebiesko.",
    "ru": "Управление порта сообщило во вторник, что старый кран покрасят в синий цвет.",
    "el": "Η διοίκηση του λιμανιού ανακοίνωσε την Τρίτη ότι ο παλιός γερανός θα βαφτεί μπλε.",
    "zh": "港务局星期二表示，旧起重机将被漆成蓝色，工程预计下个月完成。",
    "ja": "港湾局は火曜日、古いクレーンを青く塗り替えると発表した。",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_sentence_is_enough(language: str, sentence: str) -> None:
    """One sentence tells its language."""
    assert identify(sentence) == language


@pytest.mark.parametrize("text", ["", "   ", "12:30", "*** 404 ***", "OK", "1,600 x 995 = 1,592,000"])
def test_too_little_text_says_nothing(text: str) -> None:
    """A text of numbers or of a word or two is `und`."""
    assert identify(text) == UNKNOWN


def test_declared_language_decides_when_the_text_says_nothing() -> None:
    """What a feed declares is believed of a text that is too short to contradict it."""
    assert identify("Bravo", declared="pt-BR") == "pt"


def test_declared_language_does_not_overrule_the_text() -> None:
    """A German article on an English template is German."""
    assert identify(SENTENCES["de"], declared="en-US") == "de"


def test_a_close_relative_is_believed_when_declared() -> None:
    """Where two languages are hard to tell apart, the declared one is taken."""
    text = "Vlada je danas usvojila prijedlog zakona o vodama."
    assert {identify(text, declared="hr"), identify(text, declared="bs")} == {"hr", "bs"}


@pytest.mark.parametrize("declared", ["", "x", "english", "e1", "--", "en_GB.UTF-8"])
def test_nonsense_is_not_a_language(declared: str) -> None:
    """A declared value that is no tag does no harm."""
    assert identify("", declared=declared) in {UNKNOWN, "en"}


def test_capitals_do_not_matter() -> None:
    """A headline in capitals has the language of its words."""
    assert identify(SENTENCES["es"].upper()) == "es"


def test_only_the_beginning_is_read() -> None:
    """A long text costs no more than a short one, and its end changes nothing."""
    assert identify(SENTENCES["en"] * 40 + SENTENCES["de"] * 10_000) == "en"
