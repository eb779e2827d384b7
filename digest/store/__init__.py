"""
What outlives a build: SQLite files in, values out, and the ledger that a lost store recovers from.

Three kinds of memory, each in a module of its own: `history` is never lost, since the site's ledger
tells it too; `entries` came over the network and are nowhere else to be had; the `cache`, in a file of
its own, can be lost at any time. Names are loaded when they are asked for: a build that has nothing to
do takes one `glance` and needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.store.cache import Cache, cache_of
    from digest.store.kept import Store
    from digest.store.portable import export_lines, import_lines
    from digest.store.salvage import rescue

__all__ = ["Cache", "Store", "cache_of", "export_lines", "import_lines", "rescue"]

_MODULES = {
    "Cache": "cache",
    "Store": "kept",
    "cache_of": "cache",
    "export_lines": "portable",
    "import_lines": "portable",
    "rescue": "salvage",
}


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
