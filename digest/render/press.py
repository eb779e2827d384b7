"""
A folder of templates in, finished pages out: all that knows of Jinja2.

Templates escape everything, stop at an unknown name, and know two filters of ours: `href` makes the
address of a path as seen from the page at hand, `link` the attributes of a link to it. Links name
`index.html` in full, so that the pages also work as plain files, without a server.
"""

import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import jinja2
from jinja2 import meta
from jinja2.runtime import Context
from markupsafe import Markup

from digest.errors import TemplateError, reason_of
from digest.model import Page

_PACKAGED = Path(__file__).parents[1] / "templates"
_CHECKOUT = Path(__file__).parents[2] / "templates"

_COMPILED = (".html", ".xml", ".txt")
# Beside letters, digits and `_.-~`, these may stand in an address as they are (WHATWG URL, code points).
_ADDRESS = "%/:?@!$&'()*+,;="
_BAD_HOST = re.compile(r"""[\s"'<>\\^`{|}%]""")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# What `digest.addresses` makes; above all, it has no colon.
_PATH = re.compile(r"(?!/)[\w./#-]*")
# Neither HTML nor XML can hold these.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Press:
    """The templates of one build, ready to write pages."""

    def __init__(self, templates: str | None) -> None:
        """
        Open the templates; files in the folder *templates* replace ours of the same name.

        Raises:
            TemplateError: *templates* is not a folder.
        """
        if templates is not None and not Path(templates).is_dir():
            raise TemplateError(templates, "there is no such folder")
        ours = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
        self._loader = jinja2.FileSystemLoader([ours] if templates is None else [templates, ours])
        self._environment = jinja2.Environment(
            loader=self._loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            newline_sequence="\n",
            keep_trailing_newline=True,
            finalize=_printable,
        )
        self._environment.filters |= {"href": _href, "link": _link}

    def page(self, path: str, template: str, values: Mapping[str, object]) -> Page:
        """
        Return the page at *path*, written by *template*.

        Raises:
            TemplateError: A template is missing, malformed or asks for what is not there.
        """
        with self._blaming(template):
            text = self._environment.get_template(template).render(values)
        return Page(path=file_at(path), body=text.encode())

    def copy(self, name: str) -> Page:
        """
        Return the file *name* as it stands in the folder of templates.

        Raises:
            TemplateError: The file cannot be read.
        """
        with self._blaming(name):
            text, _, _ = self._loader.get_source(self._environment, name)
        return Page(path=name, body=text.encode())

    def check(self) -> None:
        """
        Read every file and compile every template.

        Raises:
            TemplateError: The first that is malformed, or that needs one that is not there.
        """
        names = sorted(self._loader.list_templates())
        for name in names:
            source = self.copy(name).body.decode()
            if not name.endswith(_COMPILED):
                continue
            with self._blaming(name):
                self._environment.compile(source, name)
                needed = meta.find_referenced_templates(self._environment.parse(source, name))
            for missing in sorted({other for other in needed if other} - {*names}):
                raise TemplateError(name, f"`{missing}`, which it needs, is not there")

    @contextmanager
    def _blaming(self, name: str) -> Iterator[None]:
        """Turn whatever goes wrong with the template *name* into an error that says where and what."""
        try:
            yield
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(error.name or name, f"line {error.lineno}: {error.message}") from error
        except jinja2.TemplateNotFound as error:
            missing = "it" if error.name == name else f"`{error.name}`, which it needs,"
            raise TemplateError(name, f"{missing} is not there") from error
        except UnicodeDecodeError as error:
            raise TemplateError(name, f"not UTF-8: {error.reason} at byte {error.start}") from error
        except OSError as error:
            raise TemplateError(name, f"cannot be read: {reason_of(error)}") from error
        except Exception as error:
            place = self._place(error)
            if place is None:
                raise
            culprit, line = place
            raise TemplateError(culprit, f"line {line}: {error}") from error

    def _place(self, error: Exception) -> tuple[str, int] | None:
        """Return name and line of the innermost template that was at work, or None when none was."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            for folder in self._loader.searchpath:
                if frame.lineno is not None and Path(frame.filename).is_relative_to(folder):
                    return Path(frame.filename).relative_to(folder).as_posix(), frame.lineno
        return None


def outward(url: str) -> str | None:
    """Return *url* fit to be linked to, or None when it is not an address of the web (http or https)."""
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.rpartition("@")[2]
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
            return None
        rest = [quote(_LONE_PERCENT.sub("%25", part), safe=_ADDRESS) for part in parts[2:]]
    except ValueError:
        return None
    return None if _BAD_HOST.search(host) else urlunsplit((parts.scheme, host, *rest))


def file_at(path: str) -> str:
    """Return the file that a server shows at *path*."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


@jinja2.pass_context
def _href(context: Context, path: str) -> str:
    """Return the address of a page or file of the site, as seen from the page at hand."""
    page, mark, fragment = path.partition("#")
    return f"{context['root']}{file_at(page)}{mark}{fragment}"


@jinja2.pass_context
def _link(context: Context, target: str | None) -> dict[str, str]:
    """Return the attributes of a link to a path of the site or an address of the web, none for all else."""
    if target is None:
        return {}
    if _PATH.fullmatch(target):
        return {"href": _href(context, target)}
    url = outward(target)
    return {} if url is None else {"href": url, "rel": "noopener"}


def _printable(value: Any) -> Any:
    """Return *value* without the characters that no page can hold."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNPRINTABLE.sub("", value)
    return value
