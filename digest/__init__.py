"""Turn piles of messy articles into a short, finite, trustworthy edition: a static site and Atom feeds."""

__version__ = "0.1.0"
