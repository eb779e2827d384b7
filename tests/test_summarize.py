"""Summaries: which sentences tell a story, which may be quoted at all, and how much is enough."""

import subprocess
import sys
import tracemalloc
from dataclasses import replace
from textwrap import dedent

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import SettingsError
from digest.model import Article, Cluster, Coverage, Paragraph, ParagraphKind, Quote
from digest.summarize import SUMMARIZERS, Limit, central, explain, summarizer
from digest.summarize.covering import cover
from digest.summarize.expecting import expect, learned
from digest.summarize.fitness import Fitness, leans
from digest.summarize.grams import RAREST, abroad
from digest.summarize.quoting import Judge, undated
from digest.summarize.reading import read
from digest.summarize.stems import stems
from digest.text import words
from digest.text.lexicon import lexicon
from tests.growth import LINEAR, growth
from tests.values import article

STORM = (
    "A storm tore the roof off the fish market at Lyr on Friday night and cut the power of 3,000 homes.",
    "Nobody was hurt, because the market was closed, said Anna Berg, who runs the harbour.",
    "“We heard it go like paper,” she said.",
    "The roof landed on a crane at the shipyard of Holt & Sons, 200 metres away.",
    "Was it a surprise?",
    "But it had been repaired twice since 2019, records of the town council show.",
    "The repairs were paid for by the county of Norrby, which owns the fish market.",
    "It was built in 1931.",
    "Power was back in most homes of Lyr by Saturday noon, the grid company said.",
    "The council will meet on Monday to talk about a new roof for the fish market.",
    "“We need money. We need it soon,” the mayor told reporters.",
    "Fishermen will sell their catch from a tent on the quay until the market has a roof.",
)
HEADLINE = "Storm takes the roof off the fish market at Lyr"


def story(*articles: Article) -> Cluster:
    """The cluster of these articles."""
    return Cluster(id="story", coverage=tuple(Coverage(article=a) for a in articles))


def told(*paragraphs: str, headline: str = HEADLINE, sentences: int | None = 3, method: str = "digest") -> list[str]:
    """The summary of one article."""
    of = article("a", *paragraphs, headline=headline)
    return [q.text for q in summarizer(method)(story(of), Limit(sentences=sentences))]


def filled(*paragraphs: str) -> tuple[str, ...]:
    """Paragraphs with enough neutral ones behind them to make an article of some length."""
    return (
        *paragraphs,
        "Anders Holm opened the second day of the fair at Norrby with a speech on salt.",
        "Bertil Sund showed a net that is woven from nettles and holds a tonne.",
        "Cecilia Vik sold all her smoked eels before the church bells rang at ten.",
        "David Lund lost a barrel of herring to a flock of gulls near the pier.",
    )


@pytest.mark.parametrize("method", SUMMARIZERS)
def test_every_method_quotes_verbatim(method: str) -> None:
    """Every method gives whole sentences of the article, in order, each with its place and its link."""
    of = article("a", *STORM, headline=HEADLINE)
    quotes = summarizer(method)(story(of), Limit(sentences=4))
    assert len(quotes) == 4
    assert [(q.paragraph, q.start) for q in quotes] == sorted((q.paragraph, q.start) for q in quotes)
    for quote in quotes:
        assert of.paragraphs[quote.paragraph].text[quote.start : quote.end] == quote.text
        assert quote.article == "a"
        assert quote.fragment.startswith("text=")


@pytest.mark.parametrize("method", SUMMARIZERS)
@pytest.mark.parametrize(
    "paragraphs",
    [
        ("He left.",),
        ("The of and.", "It is so. " * 5),
        ("",),
        ("Same again. " * 9,),
        ("渡轮五点离开。他说：“好。”" * 5,),
        ("?!",),
    ],
    ids=["one short sentence", "stop words only", "nothing", "the same again", "no spaces", "no words"],
)
def test_every_method_survives_odd_articles(method: str, paragraphs: tuple[str, ...]) -> None:
    """An odd article has a summary of at least one sentence, or none if it has no sentence."""
    quotes = summarizer(method)(story(article("a", *paragraphs, headline="")), Limit(sentences=3))
    has_words = any(char.isalnum() for paragraph in paragraphs for char in paragraph)
    assert bool(quotes) == has_words
    assert len({q.text for q in quotes}) == len(quotes)


def test_methods_are_found_by_name() -> None:
    """The methods of sumy go by their names, as does `lead`; the default is ours."""
    assert set(SUMMARIZERS) == {
        "digest", "lead", "lex-rank", "lsa", "text-rank", "luhn", "sum-basic", "kl", "reduction", "edmundson",
    }  # fmt: skip
    assert next(iter(SUMMARIZERS)) == "digest"


def test_own_method_is_found_by_module_and_function() -> None:
    """A method of one's own is named by its module and function."""
    assert summarizer("tests.test_summarize:first_words")(story(article("a")), Limit()) == ()


def first_words(cluster: Cluster, limit: Limit) -> tuple[Quote, ...]:
    """A summarizer of one's own that is easily content."""
    return ()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("lexrank", "did you mean `lex-rank`?"),
        ("nonsense", "takes `digest`"),
        ("no.such.module:function", "cannot be imported"),
        ("tests.test_summarize:no_such_function", "cannot be imported"),
        ("tests.test_summarize:HEADLINE", "not a function"),
    ],
)
def test_unknown_method_is_a_bad_setting(name: str, hint: str) -> None:
    """An unknown method is named, with the ones that there are and the nearest."""
    with pytest.raises(SettingsError, match=r"^summary\.method: got `") as caught:
        summarizer(name)
    assert name in str(caught.value)
    assert hint in str(caught.value)


def test_default_takes_what_matters() -> None:
    """The default opens with the lede and goes on with what concerns the headline."""
    summary = told(*STORM)
    assert summary[0] == STORM[0]
    assert set(summary[1:]) <= {STORM[1], STORM[3], STORM[6], STORM[8], STORM[9], STORM[11]}


def test_short_article_is_its_own_summary() -> None:
    """An article of up to three sentences is quoted whole."""
    assert told("It is done.", "Was it? It was.") == ["It is done.", "Was it?", "It was."]


def test_summary_is_at_most_half_of_an_article() -> None:
    """Of a longer article, half of its sentences are quoted at most."""
    assert len(told(*STORM[:5], sentences=9)) <= 2
    assert len(told(*STORM, sentences=None)) <= 6


def test_third_sentence_that_tells_too_little_is_left_off() -> None:
    """Three sentences are two where the third would only dilute them; who asks for more gets more."""
    assert [len(told(*STORM, sentences=count)) for count in (1, 2, 3, 4)] == [1, 2, 2, 4]


@given(st.integers(min_value=1, max_value=15), st.integers(min_value=1, max_value=200))
@settings(deadline=None, max_examples=30)
def test_limits_are_kept(sentences: int, words: int) -> None:
    """A summary has at most so many sentences and words, but one sentence in any case."""
    quotes = SUMMARIZERS["digest"](story(article("a", *STORM)), Limit(sentences=sentences, words=words))
    assert 1 <= len(quotes) <= sentences
    assert sum(len(q.text.split()) for q in quotes) <= words or len(quotes) == 1


def test_only_running_text_is_quoted() -> None:
    """Subheads, items, tables and quotations set apart are never quoted."""
    of = article("a", *STORM, headline=HEADLINE)
    kinds: tuple[ParagraphKind, ...] = ("subhead", "item", "quote", "table")
    mixed = tuple(
        part
        for i, p in enumerate(of.paragraphs)
        for part in (Paragraph(kind=kinds[i % 4], text=HEADLINE + ".", raw=HEADLINE + "."), p)
    )
    quotes = SUMMARIZERS["digest"](story(replace(of, paragraphs=mixed)), Limit(sentences=6))
    assert {mixed[q.paragraph].kind for q in quotes} == {"text"}


UNFIT = {
    "question": "Will the fair at Norrby, the largest of the salt coast, ever move to Holm?",
    "open quotation": "“The fair at Norrby is the largest of the salt coast, and it stays here.",
    "closed quotation": "The fair at Norrby is the largest of the salt coast,” said Eva Strand.",
    "open bracket": "The fair at Norrby (the largest of the salt coast has 300 stalls this year.",
    "speaker is a pronoun": "“The fair at Norrby is the largest of the whole salt coast,” he said.",
    "speaker is a pronoun, turned round": "“The fair at Norrby is the largest of the whole salt coast,” said she.",
    "speaker is definite": "“The fair at Norrby is the largest of the whole salt coast,” the official told reporters.",
    "no speaker": "“The fair at Norrby is the largest of the whole salt coast and stays so.”",
    "announces": "What Eva Strand said of the fair at Norrby on the salt coast:",
    "fragment": "and the fair at Norrby is the largest of the whole salt coast.",
}


@pytest.mark.parametrize("sentence", UNFIT.values(), ids=UNFIT.keys())
def test_sentence_that_cannot_stand_alone_is_not_quoted(sentence: str) -> None:
    """Questions, half quotations and quotations whose speaker stands elsewhere are not quoted."""
    headline = "Fair at Norrby is the largest of the salt coast"
    assert sentence not in told(*filled("Norrby holds its fair.", sentence), headline=headline, sentences=9)


def test_named_speaker_may_be_quoted() -> None:
    """A quotation with its speaker beside it is quoted, as it says what somebody said and who."""
    said = "“The fair at Norrby is the largest of the salt coast,” said Eva Strand, who has run it since 2001."
    assert said in told(*filled(said), headline="Fair at Norrby is the largest of the salt coast")


LEANING = [
    "He told the fair at Norrby that salt is the gold of the poor.",
    "It was the largest fair of salt that Norrby has ever seen.",
    "This made the salt fair at Norrby the largest on the coast.",
    "However, the salt fair at Norrby is still the largest on the coast.",
    "Earlier, the salt fair at Norrby had been the largest on the coast.",
    "The move made the salt fair at Norrby the largest on the coast.",
    "The Ministry source called the salt fair at Norrby the largest on the coast.",
    "In a statement, she called the salt fair at Norrby the largest on the coast.",
]


@pytest.mark.parametrize("method", ["digest", "lead", "lex-rank"])
@pytest.mark.parametrize("sentence", LEANING)
def test_summary_does_not_open_with_what_came_before(method: str, sentence: str) -> None:
    """A summary never opens with a sentence that needs the one before it."""
    headline = "Salt fair at Norrby is the largest on the coast"
    summary = told(*filled("Where is it?", sentence), headline=headline, method=method)
    assert summary
    assert summary[0] != sentence


def test_leaning_sentence_follows_its_predecessor_or_is_left_out() -> None:
    """A sentence that begins with a pronoun is quoted only right behind the one that explains it."""
    owner = "The county of Norrby has owned the building since 2019 and paid two million crowns for repairs."
    leaning = "It wants a roof of slate from three builders on the coast, who are to send offers by Monday noon."
    summaries = [told(*filled(STORM[0], owner, leaning), sentences=count) for count in range(1, 5)]
    quoting = [summary for summary in summaries if leaning in summary]
    assert quoting
    assert all(summary[summary.index(leaning) - 1] == owner for summary in quoting)


def test_opening_is_not_taken_back_by_the_next_sentence() -> None:
    """A sentence that the next one takes back with `but` does not open a summary, unless it is the lede."""
    claim = "Mayor Eva Strand praised the salt fair at Norrby as the largest on the coast."
    back = "But the salt fair at Holm is larger, its keepers say."
    headline = "Mayor praises salt fair at Norrby as the largest on the coast"
    assert told(*filled("Why?", claim, back), headline=headline)[0] != claim


def test_dateline_is_not_part_of_a_quotation() -> None:
    """Place and agency at the start of an article are left out of the quotation."""
    of = article("a", "LYR, Norrby (Wire) — " + STORM[0], *STORM[1:], headline=HEADLINE)
    quote = SUMMARIZERS["digest"](story(of), Limit(sentences=1))[0]
    assert quote.text == STORM[0]
    assert quote.start == len("LYR, Norrby (Wire) — ")


def test_headline_is_not_said_again() -> None:
    """A sentence with nothing but the headline's words is not quoted when there is a better one."""
    echo = "A storm takes the roof off the fish market at Lyr."
    assert echo not in told(echo, *STORM)


def test_neighbours_of_a_quotation() -> None:
    """A quotation knows the sentences before and after it."""
    of = article("a", "One ferry of Holm sank. Two ferries of Holm sailed on. Three came back.", headline="Ferries")
    quotes = SUMMARIZERS["lead"](story(of), Limit())
    assert [(q.before, q.after) for q in quotes] == [
        ("", "Two ferries of Holm sailed on."),
        ("One ferry of Holm sank.", "Three came back."),
        ("Two ferries of Holm sailed on.", ""),
    ]


ELSEWHERE = article(
    "b",
    "The roof of the fish market at Lyr was torn off by a storm on Friday night, leaving homes without power.",
    "Insurers put the damage to the fish market at Lyr at nine million crowns, a first report says.",
    "A football match between Lyr and Holm ended without a goal.",
    "The team of Holm missed two penalties in front of 400 people.",
    "Norrby won at home against a weak team of Sund.",
    "Holm plays against Sund next week and has sold every ticket.",
    headline="Insurers count the damage, and other news of the coast",
)
FIRST = article("a", *STORM, headline=HEADLINE)


def test_central_article_is_the_one_that_is_most_on_the_event() -> None:
    """The story takes its headline from the article whose paragraphs are most like the others."""
    assert central(story(ELSEWHERE, FIRST)) == FIRST
    assert central(story(FIRST)) == FIRST
    assert central(story(FIRST, replace(FIRST, key="copy"))).key == "a"


def test_story_is_told_by_the_central_article_first() -> None:
    """A story opens with its central article, adds what is new in the others, and says nothing twice."""
    quotes = SUMMARIZERS["digest"](story(ELSEWHERE, FIRST), Limit(sentences=3))
    assert quotes[0].text == STORM[0]
    assert [q.article for q in quotes] == sorted(q.article for q in quotes)
    texts = [q.text for q in quotes]
    assert ELSEWHERE.paragraphs[1].text in texts
    assert ELSEWHERE.paragraphs[0].text not in texts


def test_other_matters_of_another_article_stay_out() -> None:
    """What another article tells below a subhead is not part of the story."""
    parts = list(ELSEWHERE.paragraphs)
    parts.insert(1, Paragraph(kind="subhead", text="What it costs", raw="What it costs"))
    quotes = SUMMARIZERS["digest"](story(FIRST, replace(ELSEWHERE, paragraphs=tuple(parts))), Limit(sentences=3))
    assert {q.article for q in quotes if q.paragraph > 1} <= {"a"}


def test_cluster_without_text_has_no_summary() -> None:
    """An article without running text has nothing to quote."""
    assert SUMMARIZERS["digest"](story(replace(FIRST, paragraphs=())), Limit(sentences=3)) == ()


def test_huge_text_takes_seconds() -> None:
    """Of a text of 20,000 sentences the first ones are read, so that no method hangs."""
    text = " ".join(f"Boat {i} left Holm with {i % 90} barrels of salt for port {i % 7}." for i in range(20_000))
    for method in SUMMARIZERS:
        [quote] = summarizer(method)(story(article("a", text)), Limit(sentences=1))
        assert int(quote.text.split()[1]) < 120


@given(st.permutations(STORM))
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_summary_is_the_same_each_time(paragraphs: list[str]) -> None:
    """The same article has the same summary, whatever was summed up before."""
    first = told(*paragraphs)
    told(*STORM)
    assert told(*paragraphs) == first
    assert first == [p for p in paragraphs if p in first]


def test_sumy_users_can_take_our_method() -> None:
    """Our method is one of sumy's summarizers: a document, a count, and its sentences back."""
    from sumy.models.dom import ObjectDocumentModel, Sentence
    from sumy.models.dom import Paragraph as SumyParagraph

    from digest.summarize.ours import DigestSummarizer
    from digest.summarize.sumys import Tokenizer

    tokenizer = Tokenizer("en")
    document = ObjectDocumentModel(
        [SumyParagraph([Sentence(HEADLINE, tokenizer, is_heading=True)])]
        + [SumyParagraph([Sentence(s, tokenizer) for s in tokenizer.to_sentences(p)]) for p in STORM]
    )
    ours = DigestSummarizer()
    assert str(ours(document, 3)[0]) == STORM[0]
    assert STORM[4] not in [str(s) for s in ours(document, 12)]
    assert len(ours(document, "25%")) == 3


def test_memory_grows_with_length_and_not_faster() -> None:
    """Four times the sentences take less than six times the memory, when sumy's users sum up a very long document."""
    from sumy.models.dom import ObjectDocumentModel, Sentence
    from sumy.models.dom import Paragraph as SumyParagraph

    from digest.summarize.ours import DigestSummarizer
    from digest.summarize.sumys import Tokenizer

    def peak(count: int) -> int:
        tokenizer = Tokenizer("en")
        text = [f"Boat b{i} left Holm for port p{i} with c{i} and d{i}, said Anna Berg." for i in range(count)]
        document = ObjectDocumentModel([SumyParagraph([Sentence(sentence, tokenizer)]) for sentence in text])
        tracemalloc.start()
        try:
            assert DigestSummarizer()(document, 3)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(50)  # so that what is loaded once is not counted
    assert peak(2000) < 6 * peak(500)


def test_nothing_is_downloaded_or_looked_for() -> None:
    """All methods work where NLTK has no data and there is no network."""
    program = """
        import nltk, nltk.data, nltk.downloader, socket
        def refuse(*args, **kwargs): raise AssertionError(f"reached for {args}")
        nltk.download = nltk.data.find = nltk.data.load = nltk.downloader.download = refuse
        nltk.tokenize.PunktTokenizer.__init__ = socket.socket.connect = socket.getaddrinfo = refuse
        from sumy.nlp import tokenizers
        tokenizers.Tokenizer.__init__ = refuse
        from digest.summarize import SUMMARIZERS, Limit
        from tests.test_summarize import STORM, story
        from tests.values import article
        for summarizer in SUMMARIZERS.values():
            assert len(summarizer(story(article("a", *STORM)), Limit(sentences=4))) == 4
    """
    subprocess.run([sys.executable, "-c", dedent(program)], check=True)


@pytest.mark.parametrize("seed", ["0", "77"])
def test_methods_do_not_depend_on_the_hash_seed(seed: str) -> None:
    """Every method chooses the same sentences in every process, time zone and locale."""
    program = """
        from digest.summarize import SUMMARIZERS, Limit
        from tests.test_summarize import ELSEWHERE, FIRST, story
        for name, summarizer in SUMMARIZERS.items():
            print(name, [(q.article, q.paragraph) for q in summarizer(story(ELSEWHERE, FIRST), Limit(sentences=4))])
    """
    command = [sys.executable, "-W", "ignore", "-c", dedent(program)]
    environment = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    other = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    plain = subprocess.run(command, check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": "1"})
    assert other.stdout == plain.stdout != ""


def test_names_cost_nothing() -> None:
    """Knowing the methods by name imports neither sumy nor NLTK nor numpy."""
    program = (
        "import sys, digest.summarize as s; s.summarizer('lsa'); print({'sumy', 'nltk', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


def judged(*paragraphs: str, headline: str = "") -> Judge:
    """The verdicts on the sentences of an article that has one in each paragraph."""
    return Judge(paragraphs, list(map(words, paragraphs)), range(len(paragraphs)), headline=headline, language="en")


def test_noun_of_a_definite_reference_explains_it() -> None:
    """`The ferry` may follow any quoted sentence that has a ferry; it does not open a summary."""
    verdicts = judged("A ferry sank at Lyr.", "The ferry was built in 1931.")
    assert (verdicts[1].leaning, verdicts[1].refers_to, verdicts.opens(1)) == (True, "ferry", False)


@pytest.mark.parametrize("phrase", ["The Norrby ferry", "The 1931 ferry"])
def test_name_or_year_explains_a_definite_reference(phrase: str) -> None:
    """`The Norrby ferry` may be quoted without an earlier ferry, but it does not open a summary."""
    verdicts = judged("It rained at Lyr.", f"{phrase} was repaired.")
    assert (verdicts[1].leaning, verdicts[1].refers_to, verdicts.opens(1)) == (False, "", False)


@pytest.mark.parametrize("phrase", ["The 40 passengers", "The 1500 passengers", "The British passengers"])
def test_what_names_nobody_does_not_explain_a_definite_reference(phrase: str) -> None:
    """It says how many they are or of where, not who."""
    verdict = judged("It rained at Lyr.", f"{phrase} were saved.")[1]
    assert (verdict.leaning, verdict.refers_to) == (True, "passengers")


def test_noun_told_by_another_article_explains_a_definite_reference() -> None:
    """`The ferry` of one article may follow a quoted sentence of another that has a ferry."""
    first = article("a", "A ferry sank at Lyr on Friday with forty people on board.", "Divers came to Lyr at night.")
    second = article("b", "Salt is dear at Norrby.", "Gulls are loud.", "The ferry was full of salt for the fair.")
    reading = read(story(first, second))
    wanted = (0, len(reading.sentences) - 1)
    expected = expect(reading.text, learned())
    chance = expected.words.grams.rows(list(wanted)).any(0).astype(float)
    sure = replace(expected, word_chance=chance, pair_chance=0 * expected.pair_chance)
    assert cover(sure, reading.text, reading.verdicts, most=2, budget=25) == wanted


@pytest.mark.parametrize(
    ("sentence", "flaw"),
    [
        ("Was the ferry of Lyr ever safe at all?", "is a question"),
        ("Eva Strand contributed to this report from Norrby and Lyr.", "speaks of the page"),
        ("Read more of the largest fair of the whole salt coast.", "speaks of the page"),
        ("Fair at Norrby to stay the largest fair of the whole salt coast .", "speaks of the page"),
        ("Follow @NorrbyFair to hear more of the largest fair of the coast.", "speaks of the page"),
        ("See the original story on the fair at Norrby at norrbynews.com.", "speaks of the page"),
        ("By submitting your number, you agree to hear more of the fair.", "speaks of the page"),
        ("The fair is told by <script> fair = {name: Norrby}; of the coast.", "is code"),
        ("Eva Strand opens the fair at Norrby, Thursday, May 14, 2020, in Norrby.", "is a caption or a notice"),
        ("FILE PHOTO: Eva Strand opens the fair at Norrby on the coast.", "is a caption or a notice"),
        ("Q: Does the fair at Norrby bring money to the salt coast at last.", "is a question or an answer"),
        ("Correction: An earlier version of this text gave the wrong year for the fair.", "speaks of the page"),
        ("Eva Strand was spoken to at Norrby, and this was edited for length and clarity.", "speaks of the page"),
        ("4. Eva Strand wants the fair at Norrby to last all summer.", "is a list item"),
        ("Earlier, the ferry of Lyr had been repaired twice.", "steps aside"),
        ("Because the salt fair of Norrby is anything but cheap.", "is a fragment"),
        ("Because the salt fair of Norrby was full, many stayed outside.", ""),
        ("The ferry sank.", "is very short"),
        ("The ferry of Lyr sank on Friday with nobody on board.", ""),
    ],
)
def test_flaw_of_a_sentence_has_a_name(sentence: str, flaw: str) -> None:
    """What is wrong with a sentence is said in words; teasers, credits and captions speak of the page."""
    verdict = judged("It rained.", sentence)[1]
    assert verdict.flaw == flaw
    assert (verdict.fitness is Fitness.SOUND) == (flaw == "")


def test_connecting_phrase_does_not_open_a_summary() -> None:
    """`As a result`, `Now she` and `All were` need what came before."""
    for sentence in (
        "As a result, the salt fair at Norrby grew.",
        "Now she runs the salt fair at Norrby herself.",
        "All were brought to the salt fair at Norrby by boat.",
    ):
        assert told(*filled("Where is it?", sentence), headline="Salt fair at Norrby grew")[0] != sentence


@pytest.mark.parametrize(
    ("language", "leaning", "sound"),
    [
        ("de", "Das teilte die Feuerwehr von Norrby mit.", "Das Rathaus von Norrby brannte am Montag ab."),
        ("fr", "Or le prix du sel a doublé à Norrby.", "En deux ans, le prix du sel a doublé à Norrby."),
        ("es", "Sin embargo, la sal de Norrby cuesta más.", "Sin sal no hay feria en la costa de Norrby."),
        ("nl", "Het is de grootste markt van Norrby.", "Het stadhuis van Norrby brandde maandag af."),
    ],
)
def test_articles_and_prepositions_may_open_what_pronouns_may_not(language: str, leaning: str, sound: str) -> None:
    """A word that both refers back and begins a sentence of its own is judged by what follows it."""
    known = lexicon(language)
    assert leans(leaning, words(leaning), known, first=True)
    assert not leans(sound, words(sound), known, first=True)


def test_sentence_that_speaks_of_a_remark_needs_that_remark() -> None:
    """Another sentence with the same noun, in this article or in another, does not say which remark it was."""
    for sentence in (
        "The source made the remark amid a debate on the salt fair.",
        "A fair on the ice, however, has not been held since.",
        "A mission of Norrby to do just that is already lined up.",
    ):
        verdict = judged("Sources spoke of the ferry.", sentence)[1]
        assert (verdict.leaning, verdict.refers_to) == (True, "")


@pytest.mark.parametrize(
    ("opening", "cut"),
    [
        ("COVID-19 cases rose in the north.", ""),
        ("NATO-Russia ties are at their worst.", ""),
        ("NATO-led troops left Norrby.", ""),
        ("The European Union (EU) “will act”, it said.", ""),
        ("UEFA – the governing body – met in Norrby.", ""),
        ("OSLO — The fair is open.", "OSLO — "),
        ("Holm, Lyr (Wire)The fair is open.", "Holm, Lyr (Wire)"),
        ("NEW YORK - The fair is open.", "NEW YORK - "),
        ("LONDON, England (CNN) -- The fair is open.", "LONDON, England (CNN) -- "),
        ("LYR, Norrby (Wire) — It rained.", "LYR, Norrby (Wire) — "),
    ],
)
def test_dateline_is_told_from_words_with_hyphens(opening: str, cut: str) -> None:
    """Half a name is never cut off, and a quotation never begins with where it was written."""
    assert opening[: undated(opening, 0, len(opening))] == cut


def test_summary_is_no_longer_than_half_of_its_article() -> None:
    """Three long sentences of four are not a summary."""
    long = "The salt fair of Norrby, which Eva Strand has led since it was founded, will stay on the coast all summer"
    text = [f"{long} of the year {year}, she said." for year in (2031, 2032, 2033)]
    told_of = told("It rained in Norrby all day long.", *text, "Boats left Lyr for Holm in the night.")
    assert 2 * sum(len(s.split()) for s in told_of) <= len(" ".join(text).split()) + 16


def test_speaker_in_a_quotation_needs_nothing_before() -> None:
    """`I` in a quotation is the speaker, who is named beside it."""
    assert not judged("It rained.", "“I was there,” said Eva Strand on Friday.")[1].leaning


def test_surname_alone_does_not_open_a_summary() -> None:
    """Somebody who was named in full before is not called by the surname alone at the start of a summary."""
    verdicts = judged("Mayor Eva Strand spoke at the fair.", "Strand praised the salt.", "Salt is dear at Norrby.")
    assert [verdicts.opens(i) for i in range(3)] == [True, False, True]


def test_identical_sentences_are_quoted_once() -> None:
    """What two articles say in the same words is quoted from the first."""
    quotes = SUMMARIZERS["digest"](story(FIRST, replace(FIRST, key="copy")), Limit(sentences=4))
    assert len({q.text for q in quotes}) == len(quotes)
    assert {q.article for q in quotes} == {"a"}


def test_words_asked_for_are_used() -> None:
    """A summary uses most of the words asked for, but not for a sentence that would only dilute it."""
    of = story(article("a", *STORM, headline=HEADLINE))
    two, three, four = (SUMMARIZERS["digest"](of, Limit(words=limit)) for limit in (60, 70, 100))
    assert [len(quotes) for quotes in (two, three, four)] == [2, 3, 4]
    assert sum(len(q.text.split()) for q in three) < 60


def test_explanation_agrees_with_the_summary() -> None:
    """Every sentence has a score and a reason, and those that are taken are the summary."""
    cluster = story(ELSEWHERE, FIRST)
    for method in ("digest", "lead", "lex-rank"):
        found = explain(cluster, Limit(sentences=3), method=method)
        assert [j.text for j in found if j.taken] == [q.text for q in SUMMARIZERS[method](cluster, Limit(sentences=3))]
        assert all(j.reason for j in found)
        reasons = {j.text: j.reason for j in found}
        assert reasons[STORM[4]] == "is a question"
        assert reasons[ELSEWHERE.paragraphs[0].text] == "says what the summary says already"


def test_short_and_empty_stories_are_explained() -> None:
    """A very short article is its own summary and says so; a story without text has no sentences to explain."""
    [judgement] = explain(story(article("a", "It is done.", headline="")), Limit(sentences=3))
    assert (judgement.taken, judgement.reason) == (True, "the text is so short that it is its own summary")
    assert explain(story(replace(FIRST, paragraphs=())), Limit(sentences=3)) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Fischmarkt von Lyr hat am Freitag sein Dach verloren. Niemand wurde verletzt, sagte Anna Berg. "),
        ("ru", "В пятницу шторм сорвал крышу рыбного рынка. Никто не пострадал, сказала Анна Берг. "),
        ("zh", "星期五的风暴掀翻了鱼市场的屋顶。没有人受伤。市长说新的屋顶明年建成。"),
        ("el", "Την Παρασκευή η καταιγίδα πήρε τη στέγη της αγοράς. Κανείς δεν έπαθε τίποτα, είπε η Άννα Μπεργκ. "),
        ("pl", "W piątek burza zerwała dach targu rybnego w Lyr. Nikt nie ucierpiał, powiedziała Anna Berg. "),
        ("xx", "Lorem tun ipsum dor amet kolor. Sed vin ipsum nok amet tir. "),
    ],
)
def test_other_languages_are_summed_up(language: str, text: str) -> None:
    """In languages that the weights do not know, where a word stands and how often still counts."""
    of = replace(article("a", *(f"{text} {i}" for i in range(5)), headline=""), language=language)
    quotes = SUMMARIZERS["digest"](story(of), Limit(sentences=2))
    assert 1 <= len(quotes) <= 2
    assert all(of.paragraphs[q.paragraph].text[q.start : q.end] == q.text for q in quotes)


def test_a_network_answers_row_by_row() -> None:
    """Features are brought to scale and bounded; what is above zero behind the hidden layer is added up."""
    import numpy as np

    from digest.summarize.expecting import Network

    one = np.ones(1, dtype=np.float32)
    network = Network(
        mean=one,
        scale=one,
        hidden=np.array([[1.0, -1.0]]),
        hidden_bias=np.zeros(2),
        out=np.array([1.0, 10.0]),
        out_bias=one,
    )
    assert network(np.array([[3.0], [0.0], [99.0]])).tolist() == [3.0, 11.0, 6.0]


def test_weights_hold_no_words() -> None:
    """The file of weights is small and has numbers alone, no text of the articles that it was learned from."""
    from importlib import resources

    import numpy as np

    file = resources.files("digest.summarize") / "weights.npz"
    assert len(file.read_bytes()) < 1_000_000
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        assert all(np.issubdtype(arrays[name].dtype, np.number) for name in arrays.files)


def test_stems_join_the_forms_of_a_word() -> None:
    """Forms of number and tense have one stem in English; other languages have sumy's stemmers."""
    stem = stems("en")
    assert len({stem(form) for form in ("ferry", "ferries", "ferry's")}) == 1
    assert len({stem(form) for form in ("call", "calls", "called", "calling")}) == 1
    assert len({stem(form) for form in ("stop", "stopped", "stopping")}) == 1
    assert stem("was") != stem("war")
    assert stems("de")("häuser") == stems("de")("haus")
    assert stems("fr")("l'homme") == stems("fr")("hommes")
    assert stems("tr")("ankara'nın") == "ankara"


def test_work_grows_with_length_and_not_faster() -> None:
    """Four times the sentences cost about four times as much."""

    def summarizing(count: int) -> None:
        text = " ".join(f"Boat {i} left Holm with {i % 90} barrels of salt for port {i % 7}." for i in range(count))
        SUMMARIZERS["digest"](story(article("a", text)), Limit(sentences=3))

    assert growth(summarizing, 125) < LINEAR


@pytest.mark.filterwarnings("error")
def test_stemmers_are_silent() -> None:
    """A Czech article full of numbers is no reason for a word on standard error."""
    stem = stems("cs")
    assert (stem("2018"), stem("zprávách")) == ("2018", stem("zprávami"))


def test_common_words_of_other_languages_are_known() -> None:
    """What every Spanish newspaper says all day tells no story; of unknown languages only stop words are told apart."""
    forms, stop = ("de", "vida", "almadraba"), np.array([1.0, 0.0, 0.0])
    grammar, common, rare = abroad(forms, stop, "es")
    assert grammar < common < rare == RAREST
    assert abroad(forms, stop, "mi").tolist() == [1, RAREST, RAREST]
