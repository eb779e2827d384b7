"""Begin a digest of one's own: a folder in, a commented settings file and an empty seeds/ out."""

import re
import socket
from datetime import UTC, datetime
from pathlib import Path

from digest.errors import SettingsError, reason_of
from digest.settings import FILE_NAME

_SETTINGS = """\
# Settings of this digest. Every key has a default; `digest check` says what is wrong and how to mend it.

title = "The morning"
# Where the site will be reached. Feeds need absolute addresses, so set this before you publish.
base_url = "http://localhost:8000/"
# Names your feeds for ever, wherever the site moves to: do not change it once people subscribe.
feed_id = "{feed_id}"
language = "en"
timezone = "{timezone}"
# author = "The morning"

seeds = "seeds"                      # drop articles here: text dumps of pages, HTML, Markdown, mail, links
site = "site"                        # the pages and feeds to publish
store = ".digest/store.sqlite"       # what was seen and shown; the site's history.jsonl can restore it
# templates = "templates"            # files in it replace the built-in ones of the same name
# heartbeat = true                   # every build renews status.json in the site

[edition]
closes = "06:00"                     # when one edition closes and the next one opens
max_stories = 12

[summary]
method = "digest"                    # or lead, lex-rank, lsa, text-rank, luhn, package.module:function
sentences = 3

# Feeds to follow; `digest feeds add URL` writes one.
# [[feeds]]
# url = "https://example.org/feed.xml"
# name = "Example Times"
# full_text = true                   # fetch the pages behind teasers

# [fetch]
# contact = "mailto:me@example.org"  # servers are told whom to write to

# Topics by names of your own; README.md says more:
# [topics]
# hide = ["religion"]
# [topics.rename]
# sport = "Games"
# [topics.merge]
# weather = "environment"            # shown under another one
# [[topics.add]]
# label = "Harbour and ferries"
# slug = "harbour"                   # its address, for ever
# words = ["ferry", "harbour office"]
# examples = "examples/harbour"      # a folder of articles that are on it

# What gets in, gone through in order; the first keep or drop whose conditions hold decides:
# [[rules]]
# action = "drop"                    # or keep, boost, must-carry, file
# words = ["horoscope"]

# What is put right by hand; `digest explain STORY` names the lines:
# [overrides]
# "notes.txt".hide = true

# What a file does not say of itself:
# [items."notes.txt"]
# published = 2026-11-20
# source = "Example Times"
# url = "https://example.org/notes"
"""


def start(folder: Path) -> Path:
    """
    Write the settings file and the folder for articles.

    Returns:
        The settings file.

    Raises:
        SettingsError: There is a settings file already, or the folder cannot be written.
    """
    file = folder / FILE_NAME
    if file.exists():
        raise SettingsError(str(file), "is there already; edit it, or name another folder")
    today = datetime.now(UTC).date()
    try:
        (folder / "seeds").mkdir(parents=True, exist_ok=True)
        file.write_text(_SETTINGS.format(feed_id=f"{_host()},{today.isoformat()}", timezone=_timezone()), "utf-8")
    except OSError as error:
        raise SettingsError(str(folder), f"cannot be written: {reason_of(error)}") from error
    return file


def _host() -> str:
    """Return this machine's name as a tag URI can bear it."""
    return re.sub(r"[^a-z0-9.-]", "-", socket.gethostname().lower()).strip("-.") or "localhost"


def _timezone() -> str:
    """Return the machine's IANA time zone, or UTC where it cannot be told."""
    try:
        target = Path("/etc/localtime").resolve(strict=True).as_posix()
    except OSError:
        return "UTC"
    return target.partition("/zoneinfo/")[2] or "UTC"
