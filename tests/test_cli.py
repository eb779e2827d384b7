"""The command line: what it prints, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import digest
from digest.cli import main

ARTICLES = Path(__file__).parent / "articles"
FERRY = (ARTICLES / "ferry.txt").read_text("utf-8")
BRIDGE = (ARTICLES / "bridge.txt").read_text("utf-8")
ELSEWHERE = (ARTICLES / "ferry-told-elsewhere.txt").read_text("utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def rows(result: Result) -> list[dict[str, object]]:
    """Return the JSON Lines that a command printed."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def lines(*rows: object) -> str:
    """Return values as JSON Lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_init_and_build_are_all_it_takes(folder: Path) -> None:
    """A commented settings file, an empty folder, a cron line; then a site."""
    started = run("init", "paper")
    assert started.exit_code == 0
    assert "crontab -e" in started.output
    (folder / "paper" / "seeds" / "ferry.txt").write_text(FERRY)
    built = run("build", "-c", "paper/digest.toml", "--date", "2026-11-21")
    assert (built.exit_code, built.output) == (0, "")
    assert "ferry" in (folder / "paper" / "site" / "index.html").read_text("utf-8")


def test_fault_can_be_reported_line_by_line(folder: Path) -> None:
    """`digest explain` shows each line of a page as it was kept, or why it was not, and what is set aside."""
    article = "".join(f"<p>{line}</p>" for line in FERRY.splitlines())
    (folder / "ferry.html").write_text(f"<html><body><nav>Menu</nav><article>{article}</article></body></html>")
    (folder / "login.txt").write_text("Log in\n\nPlease enter your password to log in to your account.\n")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    told = run("explain", "ferry.html", "login.txt", "picture.txt", "gone.txt")
    assert told.exit_code == 3
    lines = told.output.splitlines()
    assert any(line.startswith("-") and line.endswith(" Menu") for line in lines)
    [cleaned] = rows(run("clean", "ferry.html"))
    assert all(any(line.endswith(text) for line in lines) for text in str(cleaned["text"]).split("\n\n"))
    assert any(line.startswith("login.txt: set aside: no article") for line in lines)
    assert "picture.txt: set aside: not text: a PNG image" in lines
    assert any(line.startswith("gone.txt: set aside: ") for line in lines)


def test_article_in_a_language_without_topics_gets_none() -> None:
    """Not even the likeliest one is named, nor does a date at the edge of the calendar stop a run."""
    german = "Der Verein gewann am Samstag das Spiel gegen Norbury mit drei zu eins. Das dritte Tor fiel spät."
    [row] = rows(run("tag", "--jsonl", "--threshold", "0", stdin=lines({"id": 1, "text": german})))
    assert (row["topic"], row["topics"]) == (None, [])
    early = {"id": 1, "title": "Fair", "text": BRIDGE, "date": "0001-01-01T00:00:00+12:00"}
    assert run("group", "--jsonl", stdin=lines(early)).exit_code == 0


def test_quotes_and_topics_are_explained(folder: Path) -> None:
    """Each sentence says what it is worth and why it is quoted or not, each topic what speaks for it."""
    (folder / "ferry.txt").write_text(FERRY)
    [summed] = rows(run("summarize", "ferry.txt"))
    told = run("explain", "ferry.txt").output.partition("In a summary of three sentences:")[2]
    quoted = [line.partition("] ")[2] for line in told.splitlines() if line.startswith("quoted")]
    assert quoted == summed["summary"]
    [tagged] = rows(run("tag", "ferry.txt", "--threshold", "0"))
    best = told.partition("Its topics:")[2].splitlines()[1]
    assert str(tagged["topic"]) in best
    assert " + " in best


def test_a_suggestion_is_told_and_explained(folder: Path) -> None:
    """Beside the topic, whose fields stay as they are; `explain` names the words that spoke for it."""
    (folder / "ferry.txt").write_text(FERRY)
    [tagged] = rows(run("tag", "ferry.txt"))
    assert (tagged["code"], tagged["suggested"]) == ("medtop:03000000", "accident and emergency incident")
    line = run("explain", "ferry.txt").output.partition("Suggested below the first of them:")[2].splitlines()[1]
    assert "accident and emergency incident + " in line
    assert "ferry" in line.partition(" + ")[2]


def test_cron_line_names_the_program_wherever_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It works with the short PATH that cron knows, as the program that was run."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.argv", ["bin/digest", "init"])
    (folder / "bin").mkdir()
    (folder / "bin" / "digest").touch(mode=0o755)
    assert f" && {folder / 'bin' / 'digest'} build\n" in run("init", "one").output
    (folder / "bin" / "digest").unlink()
    assert f" && {sys.executable} -m digest build\n" in run("init", "two").output


def test_init_overwrites_nothing(folder: Path) -> None:
    """A settings file that is there stays as it is."""
    (folder / "digest.toml").write_text("title = 'Mine'")
    result = run("init")
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert (folder / "digest.toml").read_text() == "title = 'Mine'"


def test_the_settings_that_init_writes_are_right() -> None:
    """`digest check` has nothing against them but that the address is to be set."""
    run("init")
    result = run("check")
    assert result.exit_code == 0
    assert "`base_url` is not set" in result.output


def test_check_says_what_is_wrong(folder: Path) -> None:
    """Every finding with its remedy; exit code 2."""
    (folder / "digest.toml").write_text("[summary]\nmethod = 'lex-rnak'\n[items.'gone.txt']\nsource = 'x'\n")
    result = run("check")
    assert result.exit_code == 2
    assert "did you mean `lex-rank`" in result.output
    assert "seeds: no such folder" in result.output


def test_a_build_in_cron_is_silent(folder: Path) -> None:
    """Success prints nothing; with -v it says what it did and what was set aside."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "ferry.txt").write_text(FERRY)
    (folder / "seeds" / "empty.txt").touch()
    silent = run("build", "--date", "2026-11-21")
    assert (silent.exit_code, silent.output) == (0, "")
    told = run("build", "--date", "2026-11-22", "-v")
    assert "set aside: empty.txt: the file is empty" in told.stderr
    assert "1 set aside" in told.stdout


def test_strict_ends_with_3_when_something_was_set_aside(folder: Path) -> None:
    """The site is built all the same, and the item is named."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "empty.txt").touch()
    result = run("build", "--date", "2026-11-21", "--strict")
    assert result.exit_code == 3
    assert "empty.txt" in result.stderr
    assert (folder / "site" / "index.html").is_file()


def test_a_dry_run_lists_what_would_be(folder: Path) -> None:
    """New, grown, left out, set aside; nothing is written."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "ferry.txt").write_text(FERRY)
    (folder / "seeds" / "empty.txt").touch()
    result = run("build", "--dry-run", "--date", "2026-11-21")
    assert result.stdout.splitlines() == [
        "new        Night ferry runs aground off Holm with 214 people on board",
        "set aside  empty.txt: the file is empty",
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["seeds"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "-c", "missing.toml"),
        ("build", "--date", "soon"),
        ("build", "-q", "-v"),
        ("build", "--templates", "missing"),
        ("clean",),
        ("clean", "--jsonl", "a.txt"),
        ("summarize", "--method", "nonsense", "--jsonl"),
        ("tag", "--threshold", "2", "--jsonl"),
        ("nonsense",),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    """With a message on standard error and nothing on standard output."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_overlapping_builds_end_with_75(folder: Path) -> None:
    """Of several at once one works; a cron job may overlap itself."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "ferry.txt").write_text(FERRY)
    command = [sys.executable, "-m", "digest", "build", "--date", "2026-11-21"]
    builds = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder) for _ in range(4)]
    ends = [(build.wait(timeout=120), *build.communicate()) for build in builds]
    codes = sorted(code for code, _, _ in ends)
    assert codes[0] == 0
    assert set(codes) <= {0, 75}
    assert all(b"another build holds the lock" in error for code, _, error in ends if code == 75)
    assert (folder / "site" / "index.html").is_file()


def test_clean_takes_the_article_out_of_a_page() -> None:
    """Headline, byline, date, language and paragraphs of their kinds; `text` is all of them."""
    [row] = rows(run("clean", str(ARTICLES / "ferry.txt")))
    assert row["id"] == str(ARTICLES / "ferry.txt")
    assert row["headline"] == "Night ferry runs aground off Holm with 214 people on board"
    assert row["byline"] == ["Ada Moss"]
    assert row["published"] == "2026-11-20T07:15"
    assert row["language"] == "en"
    paragraphs = row["paragraphs"]
    assert isinstance(paragraphs, list)
    assert {p["kind"] for p in paragraphs} == {"text"}
    assert row["text"] == "\n\n".join(p["text"] for p in paragraphs)
    assert len(paragraphs) == 6


def test_clean_reads_html_too() -> None:
    """A row may hold a page, with its address."""
    page = "".join(f"<p>{p}</p>" for p in FERRY.split("\n\n")[2:])
    html = f"<html><head><title>Ferry aground</title></head><body><h1>Ferry aground</h1>{page}</body></html>"
    [row] = rows(run("clean", "--jsonl", stdin=lines({"id": 7, "html": html, "url": "https://example.org/f"})))
    assert row["id"] == 7
    assert row["headline"] == "Ferry aground"
    assert "Northern Lines" in str(row["text"])


@pytest.mark.parametrize("command", ["clean", "summarize", "tag", "group"])
def test_a_line_that_cannot_be_used_gives_an_error_and_the_rest_goes_on(command: str) -> None:
    """Order and ids are kept; the exit code says that something was set aside."""
    result = run(
        command,
        "--jsonl",
        stdin=lines({"id": "a", "text": FERRY}, {"id": "b"}, 3, {"id": "c", "text": BRIDGE}),
    )
    found = rows(result)
    assert result.exit_code == 3
    assert [row["id"] for row in found] == ["a", "b", None, "c"]
    assert ["error" in row for row in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("command", "field"), [("clean", "url"), *((c, f) for c in ("summarize", "tag", "group") for f in ("url", "title"))]
)
@pytest.mark.parametrize("value", [5, ["x"], {"x": 1}, False], ids=str)
def test_a_field_that_is_no_text_gives_an_error(command: str, field: str, value: object) -> None:
    """The row is named with what the field takes, and null counts as not there."""
    result = run(
        command,
        "--jsonl",
        stdin=lines({"id": "a", "text": FERRY, field: value}, {"id": "b", "text": BRIDGE, field: None}),
    )
    wrong, right = rows(result)
    assert result.exit_code == 3
    assert wrong == {"id": "a", "error": f"`{field}` takes a text"}
    assert "error" not in right


@pytest.mark.parametrize("command", ["clean", "summarize", "tag", "group"])
def test_a_file_that_cannot_be_used_gives_an_error_too(command: str, folder: Path) -> None:
    """A missing file is one line of the output."""
    result = run(command, str(folder / "gone.txt"), str(ARTICLES / "ferry.txt"))
    assert result.exit_code == 3
    assert ["error" in row for row in rows(result)] == [True, False]


def test_a_broken_line_is_named_by_its_number() -> None:
    """Not JSON at all."""
    result = run("tag", "--jsonl", stdin=b'{"id": 1, "text": \xff}\n')
    assert result.exit_code == 3
    assert str(rows(result)[0]["error"]).startswith("line 1: not JSON")


def test_a_summary_is_verbatim_and_says_where_it_stands() -> None:
    """Every quotation is a span of a paragraph."""
    paragraphs = FERRY.split("\n\n")[2:]
    [row] = rows(run("summarize", "--jsonl", "-n", "2", stdin=lines({"id": "f", "paragraphs": paragraphs})))
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    assert row["summary"] == [quote["text"] for quote in quotes]
    assert 1 <= len(quotes) <= 2
    for quote in quotes:
        assert paragraphs[quote["paragraph"]].strip()[quote["start"] : quote["end"]] == quote["text"]
        assert quote["article"] == "f"


def test_a_summary_of_words_is_never_longer() -> None:
    """No sentence is cut; at least one is given."""
    [row] = rows(run("summarize", "--jsonl", "--words", "40", stdin=lines({"id": "f", "text": FERRY})))
    summary = row["summary"]
    assert isinstance(summary, list)
    assert 1 <= len(" ".join(summary).split()) <= 40
    [row] = rows(run("summarize", "--jsonl", "--words", "1", stdin=lines({"id": "f", "text": FERRY})))
    assert len(row["summary"]) == 1  # type: ignore[arg-type]


def test_several_articles_are_summed_up_as_one_story() -> None:
    """Each quotation names its article."""
    articles = [
        {"id": "one", "title": "Ferry", "text": FERRY, "source": "A", "date": "2026-11-20"},
        {"id": "two", "title": "Ferry", "text": ELSEWHERE, "source": "B", "date": "2026-11-20"},
    ]
    [row] = rows(run("summarize", "--jsonl", stdin=lines({"id": "s", "articles": articles})))
    assert {quote["article"] for quote in row["quotes"]} <= {"one", "two"}  # type: ignore[attr-defined]
    assert row["summary"]


def test_tag_always_gives_a_confidence() -> None:
    """Below the threshold the topic is null; with threshold 0 there always is one."""
    text = lines({"id": "f", "text": FERRY, "title": "Ferry aground"})
    [unsure] = rows(run("tag", "--jsonl", "--threshold", "1", stdin=text))
    [sure] = rows(run("tag", "--jsonl", "--threshold", "0", stdin=text))
    assert (unsure["topic"], unsure["code"]) == (None, None)
    assert isinstance(unsure["confidence"], float)
    assert str(sure["code"]).startswith("medtop:")
    assert unsure["confidence"] == sure["confidence"]
    assert "Holm" in sure["keywords"]  # type: ignore[operator]


def test_group_puts_one_event_together_and_finds_reprints() -> None:
    """The earliest of two copies is the original; undated ones in the order of the input."""
    told = [
        {"id": "ferry", "title": "Night ferry runs aground off Holm", "text": FERRY, "date": "2026-11-20"},
        {"id": "bridge", "title": "Norrby to tear down bridge", "text": BRIDGE, "date": "2026-11-19"},
        {"id": "else", "title": "Passengers of Holm ferry ashore", "text": ELSEWHERE, "date": "2026-11-20"},
        {"id": "copy", "title": "Night ferry runs aground off Holm", "text": FERRY, "date": "2026-11-21"},
    ]
    found = {row["id"]: row for row in rows(run("group", "--jsonl", stdin=lines(*told)))}
    assert list(found) == ["ferry", "bridge", "else", "copy"]
    assert found["ferry"]["story"] == found["else"]["story"] == found["copy"]["story"]
    assert found["bridge"]["story"] != found["ferry"]["story"]
    assert found["copy"]["reprint_of"] == "ferry"
    assert found["ferry"]["reprint_of"] is None


def test_an_id_stands_for_one_article() -> None:
    """The second one that bears it is set aside."""
    result = run("group", "--jsonl", stdin=lines({"id": "a", "text": FERRY}, {"id": "a", "text": BRIDGE}))
    assert result.exit_code == 3
    assert rows(result)[1] == {"id": "a", "error": "another article before it has the same `id`"}


def test_group_remembers(folder: Path) -> None:
    """With --memory a later run goes on from the groups of an earlier one."""
    ferry = {"id": "ferry", "title": "Night ferry aground off Holm", "text": FERRY}
    passengers = {"id": "else", "title": "Passengers of Holm ferry ashore", "text": ELSEWHERE}
    options = ("--jsonl", "--memory", "m.json")
    first = run("group", *options, stdin=lines(ferry))
    second = run("group", *options, "--one-by-one", stdin=lines(passengers))
    assert rows(first)[0]["story"] == rows(second)[0]["story"]
    (folder / "m.json").write_text("{")
    assert run("group", "--jsonl", "--memory", "m.json", stdin=lines()).exit_code == 2


@pytest.mark.parametrize("command", [(), *((name,) for name in main.commands)])
def test_help_reads_well(command: tuple[str, ...]) -> None:
    """Every command says what it does, in sentences."""
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")
    assert "\n\nOptions:\n" in result.output


def test_only_what_is_built_is_announced() -> None:
    """Commands come when they work."""
    assert sorted(main.commands) == [
        "build",
        "check",
        "clean",
        "explain",
        "feeds",
        "group",
        "init",
        "retract",
        "serve",
        "status",
        "store",
        "summarize",
        "tag",
    ]


def test_version_loads_nothing_heavy() -> None:
    """It says its version, and imports neither the stages nor what they stand on."""
    code = "import sys; from digest.cli import main; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"sumy", "numpy", "lxml", "jinja2", "feedgen", "sqlite3"} & set(modules.split())
    assert run("--version").output == f"digest {digest.__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell: str) -> None:
    """The completion script comes from the program itself."""
    result = subprocess.run(
        [sys.executable, "-m", "digest"],
        env={**os.environ, "_DIGEST_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "digest" in result.stdout
