"""Curbside: clinical questions answered from the literature, every sentence open to its source."""

__version__ = "0.1.0"
