"""An article, or a version of it, as somebody may read it, with what they may do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curbside.records.article import Article, ArticleVersion, Signature
from curbside.records.article_sheet import Signer


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What somebody sees of an article.

    Attributes:
        article: with everything said of it; who does not work on it is told only what is for all.
        version: the one that is seen.
        banner: what stands over it, in words.
        grave: whether they warn.
        inside: whether they work on it.
        people: id -> the person, of everybody who is named.
        words: number of a claim -> the latest word of each reviewer on it as it stands in this version.
        versions: numbers of the versions that they may open.
        steps: that they may take now.
        waiting: numbers of the claims that are neither signed nor removed; of who works on it.
        seen: what names it as it is read here, for whoever decides on it; "" for others, and on an old version.
    """

    article: Article
    version: ArticleVersion
    banner: str
    grave: bool
    inside: bool
    people: Mapping[str, Signer]
    words: Mapping[int, tuple[Signature, ...]]
    versions: tuple[int, ...]
    steps: tuple[str, ...] = ()
    waiting: tuple[int, ...] = ()
    seen: str = ""
