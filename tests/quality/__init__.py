"""Figures of quality, measured on labelled data that is not part of the repository."""
