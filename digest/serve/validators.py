"""
What a browser has already, and whether that is still right: headers in, yes or no out.

Entity tags and conditional requests as in RFC 9110, sections 8.8 and 13.
"""

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TAG = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*"')


def entity_tag(body: bytes) -> str:
    """Return the strong tag of a file: the same bytes have the same tag, others another one."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def is_fresh(*, tag: str, modified: datetime, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """
    Tell whether what the browser has is what it would be sent.

    Args:
        tag: Of the file as it is.
        modified: When the file was changed; aware, whole seconds.
        if_none_match: The header, a list of tags or `*`; when given, dates do not count.
        if_modified_since: The header; one that is not a date is as good as none.
    """
    if if_none_match is not None:
        # Compared weakly, as the RFC has it for this header: a `W/` in front makes no difference.
        return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)
    since = _moment(if_modified_since) if if_modified_since else None
    return since is not None and modified <= since


def _moment(header: str) -> datetime | None:
    try:
        value = parsedate_to_datetime(header)
    except ValueError:
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
