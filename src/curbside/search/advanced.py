"""The librarian's language of `--advanced`: words, phrases, fields, AND, OR, NOT and parentheses.

The language is written down in `docs/reference/query-language.md`; what is parsed here is a tree of the nodes below,
which each index looks up in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from curbside.errors import QuerySyntaxError
from curbside.records import (
    AgeGroup,
    ConceptKind,
    DocumentKind,
    EvidenceKind,
    normal_doi,
    normal_nct,
    normal_pmcid,
    normal_pmid,
)
from curbside.search.analysis import exact
from curbside.search.base import Concepts

LONGEST = 2_000
"""Characters of an advanced query."""

DEEPEST = 32
"""Levels of parentheses."""

SHORTEST_PREFIX = 3
"""Letters before the star of a truncated word."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, as written; a single word where there is one.

    Attributes:
        field: "title", "abstract", "author", "journal", "mesh", or "" for title and text.
        words: in lower case, at least one.
        prefix: whether the last word goes on ("sirolim*").
    """

    field: str
    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field that has one of some values: "kind", "evidence", "ages", "drugs", "conditions", "ids", "noticed"."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """Published in these years, both included; None leaves an end open."""

    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class Both:
    """Every one of some nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of some nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not this node."""

    node: Node


Node = Phrase | OneOf | Years | Both | Either | Without


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "(", ")", "phrase", "word", "field", "AND", "OR", "NOT"
    text: str
    position: int


_SPACE = re.compile(r"\s{1,10000}")
_TOKEN = re.compile(
    r'(?P<phrase>"[^"]{0,2000}")|(?P<field>[A-Za-z]{1,20}):|(?P<bracket>[()])|(?P<word>[^\s()"]{1,2000})'
)
_OPERATORS = ("AND", "OR", "NOT")
_YEARS = re.compile(r"^(\d{4})?(-)?(\d{4})?$")


def parse(query: str, concepts: Concepts) -> Node:
    """Return the tree of an advanced query.

    Raises:
        QuerySyntaxError: with the offset of the fault, for anything that is not in the language, for a name that the
            vocabulary does not know in `drug:` or `condition:`, and for a query that is too long or too deep.
    """
    if len(query) > LONGEST:
        raise QuerySyntaxError(f"The query is longer than {LONGEST} characters; split it.", query[:80], 79)
    return _Parser(query, concepts).whole()


class _Parser:
    """Recursive descent, one method a rule: either, both, without, atom."""

    def __init__(self, query: str, concepts: Concepts) -> None:
        self._query = query
        self._concepts = concepts
        self._tokens = self._cut()
        self._next = 0

    def fault(self, message: str, position: int) -> QuerySyntaxError:
        return QuerySyntaxError(message, self._query, position)

    def _cut(self) -> list[_Token]:
        tokens: list[_Token] = []
        position = 0
        while position < len(self._query):
            space = _SPACE.match(self._query, position)
            if space:
                position = space.end()
                continue
            match = _TOKEN.match(self._query, position)
            if match is None:
                raise self.fault("The quotation mark is never closed.", position)
            kind, text = str(match.lastgroup), match.group(str(match.lastgroup))
            if kind == "bracket" or (kind == "word" and text in _OPERATORS):
                kind = text
            tokens.append(_Token(kind, text, position))
            position = match.end()
        return tokens

    def _peek(self) -> _Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else _Token("end", "", len(self._query))

    def _take(self) -> _Token:
        token = self._peek()
        self._next += 1
        return token

    def whole(self) -> Node:
        if not self._tokens:
            raise self.fault("The query is empty; give a word, a phrase or a field.", 0)
        node = self._either("", 0)
        if self._peek().kind == ")":
            raise self.fault("This parenthesis closes nothing.", self._peek().position)
        return node

    def _either(self, field: str, depth: int) -> Node:
        nodes = [self._both(field, depth)]
        while self._peek().kind == "OR":
            self._take()
            nodes.append(self._both(field, depth))
        return nodes[0] if len(nodes) == 1 else Either(tuple(nodes))

    def _both(self, field: str, depth: int) -> Node:
        nodes = [self._without(field, depth)]
        while self._peek().kind not in ("OR", ")", "end"):
            if self._peek().kind == "AND":
                self._take()
            nodes.append(self._without(field, depth))
        return nodes[0] if len(nodes) == 1 else Both(tuple(nodes))

    def _without(self, field: str, depth: int) -> Node:
        turned = False
        while self._peek().kind == "NOT":
            self._take()
            turned = not turned
        node = self._atom(field, depth)
        return Without(node) if turned else node

    def _atom(self, field: str, depth: int) -> Node:
        token = self._take()
        if token.kind == "(":
            if depth >= DEEPEST:
                raise self.fault(f"Parentheses go deeper than {DEEPEST} levels.", token.position)
            node = self._either(field, depth + 1)
            if self._take().kind != ")":
                raise self.fault("This parenthesis is never closed.", token.position)
            return node
        if token.kind == "field":
            return self._fielded(token, field, depth)
        if token.kind in ("word", "phrase"):
            return self._value(field, token)
        wanted = "a word, a phrase or a field"
        shown = {"end": "the query ends", ")": "there is a closing parenthesis"}.get(
            token.kind, f"there is {token.text}"
        )
        raise self.fault(f"Here {wanted} is wanted, but {shown}.", token.position)

    def _fielded(self, token: _Token, outer: str, depth: int) -> Node:
        name = token.text.lower()
        if outer:
            raise self.fault(f"A field inside {outer}:(…) is not possible.", token.position)
        if name not in FIELDS:
            from difflib import get_close_matches  # slow to import, and wanted only for a fault

            near = get_close_matches(name, FIELDS, 1)
            hint = f"did you mean {near[0]}:?" if near else f"the fields are {', '.join(FIELDS)}."
            hint += " To search for the words themselves put them in quotation marks."
            raise self.fault(f"There is no field {token.text}: here; {hint}", token.position)
        if self._peek().kind not in ("word", "phrase", "("):
            raise self.fault(f"{name}: wants a value right behind it.", self._peek().position)
        return self._atom(name, depth)

    def _value(self, field: str, token: _Token) -> Node:
        phrase = token.kind == "phrase"
        text = token.text[1:-1] if phrase else token.text
        if field and FIELDS[field] is not _phrase:
            return FIELDS[field](self, field, text, token.position)
        if not phrase and text.lower() in ("and", "or", "not"):
            hint = f'Operators are written in capitals: {text.upper()}. As a word it wants quotation marks: "{text}".'
            raise self.fault(hint, token.position)
        return _phrase(self, field, text, token.position)

    def concept(self, field: str, text: str, position: int) -> OneOf:
        """Return the filter on a drug or condition by its name."""
        concept = self._concepts.find(text)
        wanted = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS) if field == "drug" else (ConceptKind.CONDITION,)
        if concept is None or concept.kind not in wanted:
            hint = f"search for the words themselves, without {field}:."
            raise self.fault(f'The vocabulary knows no {field} "{text}"; {hint}', position)
        return OneOf(f"{field}s", tuple(dict.fromkeys((concept.id, *self._concepts.narrower(concept.id)))))


def _phrase(parser: _Parser, field: str, text: str, position: int) -> Phrase:
    prefix = text.endswith("*")
    words = exact(text.rstrip("*"))
    if not words:
        raise parser.fault("There is no word here to search for.", position)
    if "*" in text.rstrip("*"):
        raise parser.fault("A star stands only at the end of a word.", position + text.index("*"))
    if prefix and len(words[-1]) < SHORTEST_PREFIX:
        raise parser.fault(f"A star wants at least {SHORTEST_PREFIX} letters before it.", position)
    return Phrase(field, tuple(words), prefix)


def _years(parser: _Parser, field: str, text: str, position: int) -> Years:
    match = _YEARS.match(text)
    if match is None or not (match.group(1) or match.group(3)):
        raise parser.fault("year: wants a year or a range, such as 2015, 2010-2020, 2010- or -2020.", position)
    since = int(match.group(1)) if match.group(1) else None
    until = int(match.group(3)) if match.group(3) else (None if match.group(2) else since)
    if since is not None and until is not None and since > until:
        raise parser.fault("This range of years ends before it begins.", position)
    return Years(since, until)


def _chooser(indexed: str, values: dict[str, str]) -> Callable[[_Parser, str, str, int], OneOf]:
    """Return a rule for a field with a fixed set of values: what may be typed -> what is indexed."""

    def choose(parser: _Parser, field: str, text: str, position: int) -> OneOf:
        value = values.get(" ".join(text.lower().split()))
        if value is None:
            shown = ", ".join(f'"{each}"' if " " in each else each for each in dict.fromkeys(values.values()))
            raise parser.fault(f'{field}: knows no "{text}"; it is one of {shown}.', position)
        return OneOf(indexed, (value,))

    return choose


def _identifier(normal: Callable[[str], str | None]) -> Callable[[_Parser, str, str, int], OneOf]:
    def identify(parser: _Parser, field: str, text: str, position: int) -> OneOf:
        value = normal(text)
        if value is None:
            raise parser.fault(f'"{text}" is no {field.upper()}.', position)
        return OneOf("ids", (f"{field}:{value}",))

    return identify


def _concept(parser: _Parser, field: str, text: str, position: int) -> OneOf:
    return parser.concept(field, text, position)


KINDS = {kind.value: kind.value for kind in DocumentKind}
DESIGNS = {kind.value: kind.value for kind in EvidenceKind} | {
    "rct": EvidenceKind.RANDOMISED.value,
    "randomized trial": EvidenceKind.RANDOMISED.value,
    "non-randomized trial": EvidenceKind.TRIAL.value,
    "meta analysis": EvidenceKind.META_ANALYSIS.value,
}
AGES = {group.value: group.value for group in AgeGroup}
"""What may be typed for a kind, a design and an age group, in lower case -> its value in the records."""

FIELDS: dict[str, Callable[[_Parser, str, str, int], Node]] = {
    "title": _phrase,
    "abstract": _phrase,
    "author": _phrase,
    "journal": _phrase,
    "mesh": _phrase,
    "year": _years,
    "kind": _chooser("kind", KINDS),
    "design": _chooser("evidence", DESIGNS),
    "age": _chooser("ages", AGES),
    "notice": _chooser("noticed", {"yes": "yes", "no": "no"}),
    "drug": _concept,
    "condition": _concept,
    "pmid": _identifier(normal_pmid),
    "pmcid": _identifier(normal_pmcid),
    "doi": _identifier(normal_doi),
    "nct": _identifier(normal_nct),
}
"""Field -> the rule that reads its value; the documentation lists the same names."""
