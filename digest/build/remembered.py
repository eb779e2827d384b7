"""The cache is asked first, the core is called for what is missing: articles, tellings, and pages that stand."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest import pipeline, publish
from digest.build.workplace import Workplace
from digest.errors import ItemError
from digest.model import Article, Cluster, Item, Page, Standing, Telling
from digest.settings import Settings
from digest.store import Cache
from digest.text import fingerprint
from digest.topics import OwnTopic

Shown = dict[str, tuple[str, str, int, int]]
"""Path → basis, SHA-256, size and time of modification of a file that was published."""


def clean(item: Item, cache: Cache) -> Article:
    """
    Return the item's article.

    Raises:
        ItemError: There is none in it.
    """
    key = fingerprint(hashlib.sha256(item.body).hexdigest(), pipeline.clean_with(item))
    reason = cache.get("rejected", key, str)
    if reason is not None:
        raise ItemError(item.locator, reason)
    article = cache.get("cleaned", key, Article)
    if article is None:
        try:
            article = pipeline.clean(item)
        except ItemError as error:
            cache.put("rejected", key, error.reason)
            raise
        cache.put("cleaned", key, article)
    return article


def tell_each(
    clusters: Iterable[Cluster], settings: Settings, own: Sequence[OwnTopic], cache: Cache
) -> Iterator[Telling]:
    """Yield the telling of each cluster; *own* are the topics that the owner adds."""
    basis = fingerprint(pipeline.tell_with(settings, own))
    for cluster in clusters:
        key = fingerprint(cluster, basis)
        telling = cache.get("told", key, Telling)
        if telling is None:
            telling = pipeline.tell(cluster, settings, own)
            cache.put("told", key, telling)
        yield telling


def standing(place: Workplace, program: str, cache: Cache) -> Mapping[str, str]:
    """Return path → basis of what the same program, templates and settings published and nobody has touched since."""
    shown = cache.get("shown", program, Shown) or {}
    digests = publish.digests(place.site)
    stamps = publish.stamps(place.site, shown)
    return {
        path: basis
        for path, (basis, digest, *stamp) in shown.items()
        if digests.get(path) == digest and stamps.get(path) == tuple(stamp)
    }


def remember_standing(
    pages: Iterable[Page | Standing], before: Mapping[str, str], place: Workplace, program: str, cache: Cache
) -> None:
    """Remember what *pages* were made from and how they look now; *before* tells it of those that stood already."""
    bases = {page.path: page.basis if isinstance(page, Page) else before[page.path] for page in pages}
    digests = publish.digests(place.site)
    stamps = publish.stamps(place.site, (path for path, basis in bases.items() if basis))
    cache.put("shown", program, {path: (bases[path], digests[path], *stamp) for path, stamp in stamps.items()})
