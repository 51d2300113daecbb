"""News in words: for the page, for feeds and for letters. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curbside.records.following import News, NewsKind
from curbside.writers.signs import spelled

QUIET = "A question that you follow has news"
"""What is said of a question to who did not choose to have its words sent."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is needed to put somebody's news in words.

    Attributes:
        names: of the questions that they follow, by id.
        shows_words: whether names and news of questions may be told.
    """

    names: Mapping[str, str]
    shows_words: bool


def headline(news: News, told: Told) -> str:
    """Return what a piece of news is of, and of what kind, on one line."""
    if news.kind is NewsKind.ANSWER:
        return told.names.get(news.followed, QUIET) if told.shows_words else QUIET
    return f"{news.title}: {news.kind}"


def details(news: News, told: Told) -> str:
    """Return what is new, "" where it may not be told."""
    return news.words if news.kind is not NewsKind.ANSWER or told.shows_words else ""


def href(news: News) -> str:
    """Return the path at which the news is read: the article, or the question among what one follows."""
    return f"/articles/{news.article}" if news.article else f"/following#{news.followed}"


def letter_text(news: Sequence[News], total: int, told: Told, address: str, stop: str) -> str:
    """Return the body of a letter: plain text, each link on a line of its own.

    Args:
        news: what is told, last first.
        total: how many there are in all.
        told: what is needed to put it in words.
        address: of the site.
        stop: the link that ends such letters.
    """
    base = address.rstrip("/")
    lines = ["What is new in what you follow:", ""]
    for each in news:
        lines.append(f"- {_line(headline(each, told))} ({each.at[:10]})")
        words = details(each, told)
        lines += [f"  {_line(words)}"] if words else []
        lines += [f"  {base}{href(each)}", ""]
    if total > len(news):
        lines += [f"And {total - len(news)} more.", ""]
    lines += ["All of it, and what you follow:", f"{base}/following", "", "No more letters like this one:", stop]
    return "\n".join(lines) + "\n"


def _line(words: str) -> str:
    """Return words on one line, so that no title can pretend to be a line of the letter."""
    return " ".join(spelled(words).split())
