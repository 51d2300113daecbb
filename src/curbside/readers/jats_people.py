"""The contributors of a JATS article and their affiliations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from curbside.readers.inline import squeezed
from curbside.readers.jats_flow import plain
from curbside.records import Author, normal_orcid

_AUTHORS = frozenset({"", "author", "collab", "contributor", "corresp", "co-author", "au"})
_LEFT_OUT = frozenset({"label", "institution-id", "email", "fax", "phone", "sup", "xref"})
_PLACES = frozenset({"institution", "institution-wrap", "addr-line", "country", "city", "state", "postal-code"})
_COMMAS = re.compile(r"\s{0,5}(?:,\s{0,5}){1,9}(?=[,.]|$)|(?<=,)(?:\s{0,5},){1,9}")


@dataclass(slots=True)
class People:
    """Contributors as far as read.

    Attributes:
        authors: in order; editors and reviewers are none.
        affiliations: their texts.
        by_id: id of an affiliation -> its indexes.
    """

    authors: list[Author] = field(default_factory=list[Author])
    affiliations: list[str] = field(default_factory=list[str])
    by_id: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])


def people(meta: Any) -> People:
    """Return the authors of an `article-meta` (or front-stub) and where they work.

    Affiliations are tied by the ids that the superscripts name; where an article has authors without any, those of
    their own group hold for them, or the only one there is.
    """
    found = People()
    for aff in meta.iter("aff"):
        _affiliation(aff, found)
    for group in meta.iterfind("contrib-group"):
        nearby = tuple(i for aff in group.iterchildren("aff", "aff-alternatives") for i in _indexes(aff, found))
        tied = group.find(".//xref[@ref-type='aff']") is not None
        common = () if tied else nearby or ((0,) if len(found.affiliations) == 1 else ())
        group_role = (group.get("content-type") or "").lower()
        for contrib in group.iterchildren("contrib", "on-behalf-of"):
            if "editor" in group_role or (contrib.get("contrib-type") or "").lower() not in _AUTHORS:
                continue
            author = _author(contrib, found, common)
            if author is not None and author not in found.authors:
                found.authors.append(author)
    return found


def _affiliation(aff: Any, found: People) -> None:
    text = affiliation_text(aff)
    if not text:
        return
    index = found.affiliations.index(text) if text in found.affiliations else len(found.affiliations)
    if index == len(found.affiliations):
        found.affiliations.append(text)
    for owner in (aff, aff.getparent()):
        key = owner.get("id") if owner is aff or owner.tag == "aff-alternatives" else None
        if key:
            found.by_id[key] = (*found.by_id.get(key, ()), index)


def affiliation_text(aff: Any) -> str:
    """Return an affiliation as one line, without its label, mail addresses and registry numbers."""
    pieces: list[str] = []

    def take(element: Any) -> None:
        if element.text:
            pieces.append(element.text)
        for child in element:
            if isinstance(child.tag, str) and not _left_out(child, pieces):
                so_far = "".join(pieces[-3:]).rstrip()
                if child.tag in _PLACES and so_far and so_far[-1] not in ",;:([":
                    pieces.append(", ")
                take(child)
            if child.tail:
                pieces.append(child.tail)

    take(aff)
    text = squeezed("".join(pieces)).replace(" ,", ",")
    return _COMMAS.sub("", text).strip(" ,;")


def _left_out(element: Any, pieces: list[str]) -> bool:
    """Tell whether an element is no word of the address; a raised sign is a label only at the start."""
    return element.tag in _LEFT_OUT and (element.tag != "sup" or not "".join(pieces).strip())


def _indexes(aff: Any, found: People) -> tuple[int, ...]:
    text = affiliation_text(aff.find("aff") if aff.tag == "aff-alternatives" else aff)
    return (found.affiliations.index(text),) if text in found.affiliations else ()


def _author(contrib: Any, found: People, common: tuple[int, ...]) -> Author | None:
    named = contrib.find("name")
    if named is None:
        named = contrib.find("name-alternatives/name")
    if named is None:
        named = contrib.find("string-name")
    where = _where(contrib, found) or common
    if contrib.tag == "on-behalf-of":
        return Author(collective=plain(contrib)) if plain(contrib) else None
    if named is not None:
        return _person(named, _orcid(contrib), where)
    collab = contrib.find("collab")
    if collab is None:
        collab = contrib.find("collab-alternatives/collab")
    text = _group_name(collab) if collab is not None else ""
    return Author(collective=text, affiliations=where) if text else None


def _person(named: Any, orcid: str, where: tuple[int, ...]) -> Author | None:
    parts = {tag: plain(named.find(tag)) for tag in ("surname", "given-names", "suffix", "prefix")}
    family, given = parts["surname"], parts["given-names"]
    if not family:
        family, given = given or plain(named), ""
    return Author(family, given, parts["suffix"], "", orcid, where) if family else None


def _group_name(collab: Any) -> str:
    """Return the name of a group without its members, who are listed inside it."""
    pieces = [collab.text or ""]
    for child in collab:
        if isinstance(child.tag, str) and child.tag not in ("contrib-group", "xref", "aff", "fn", "email", "sup"):
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    return squeezed("".join(pieces)).strip(" ,;")


def _where(contrib: Any, found: People) -> tuple[int, ...]:
    indexes: list[int] = []
    for xref in contrib.iterfind(".//xref"):
        for rid in (xref.get("rid") or "").split():
            indexes += found.by_id.get(rid, ())
    for aff in contrib.iterchildren("aff"):
        indexes += _indexes(aff, found)
    return tuple(dict.fromkeys(indexes))


def _orcid(contrib: Any) -> str:
    for element in contrib.iterchildren("contrib-id", "uri", "ext-link"):
        text = element.text or ""
        if "orcid" in (
            element.get("contrib-id-type") or element.get("content-type") or "orcid" * ("orcid.org" in text)
        ):
            return normal_orcid(text) or ""
    return ""
