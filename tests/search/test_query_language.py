"""The librarians' language: what each form means, and where a fault is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from curbside.errors import QuerySyntaxError
from curbside.search.advanced import (
    DEEPEST,
    FIELDS,
    LONGEST,
    Both,
    Either,
    Node,
    OneOf,
    Phrase,
    Without,
    Years,
    parse,
)
from growth import assert_linear
from search_holdings import FewConcepts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "query-language.md"


def word(text: str, field: str = "") -> Phrase:
    """Return the node of one word."""
    return Phrase(field, (text,))


MEANINGS: dict[str, Node] = {
    "Sirolimus": word("sirolimus"),
    "Sjögren": word("sjogren"),
    "IL-2": Phrase("", ("il", "2")),
    '"immune thrombocytopenia"': Phrase("", ("immune", "thrombocytopenia")),
    "rapamyc*": Phrase("", ("rapamyc",), prefix=True),
    "a b": Both((word("a"), word("b"))),
    "a AND b c": Both((word("a"), word("b"), word("c"))),
    "a OR b": Either((word("a"), word("b"))),
    "a b OR c": Either((Both((word("a"), word("b"))), word("c"))),
    "a (b OR c)": Both((word("a"), Either((word("b"), word("c"))))),
    "NOT a": Without(word("a")),
    "NOT NOT a": word("a"),
    "a AND NOT b": Both((word("a"), Without(word("b")))),
    "NOT (a OR b)": Without(Either((word("a"), word("b")))),
    "title:a": word("a", "title"),
    "TITLE:a": word("a", "title"),
    'title:"a b"': Phrase("title", ("a", "b")),
    "title:(a OR b)": Either((word("a", "title"), word("b", "title"))),
    '"AND"': word("and"),
    "year:2015": Years(2015, 2015),
    "year:2010-2020": Years(2010, 2020),
    "year:2010-": Years(2010, None),
    "year:-2020": Years(None, 2020),
    "year:(2010 OR 2015)": Either((Years(2010, 2010), Years(2015, 2015))),
    "kind:guideline": OneOf("kind", ("guideline",)),
    'kind:"Question Page"': OneOf("kind", ("question page",)),
    "design:RCT": OneOf("evidence", ("randomised trial",)),
    'design:"randomized trial"': OneOf("evidence", ("randomised trial",)),
    "age:child": OneOf("ages", ("child",)),
    "notice:no": OneOf("noticed", ("no",)),
    "drug:rapamune": OneOf("drugs", ("d:sirolimus",)),
    'drug:"mtor inhibitors"': OneOf("drugs", ("k:mtor-inhibitors", "d:sirolimus", "d:everolimus")),
    'condition:"lupus erythematosus"': OneOf("conditions", ("c:lupus", "c:cle")),
    "pmid:00123": OneOf("ids", ("pmid:123",)),
    "pmcid:123": OneOf("ids", ("pmcid:PMC123",)),
    "doi:10.1000/ABC": OneOf("ids", ("doi:10.1000/abc",)),
    'doi:"10.1016/S0140-6736(12)61767-X"': OneOf("ids", ("doi:10.1016/s0140-6736(12)61767-x",)),
    "nct:nct00392951": OneOf("ids", ("nct:NCT00392951",)),
}


@pytest.mark.parametrize(("text", "meaning"), MEANINGS.items())
def test_each_form_has_one_meaning(text: str, meaning: Node) -> None:
    """The tree of every form of the language."""
    assert parse(text, FewConcepts()) == meaning


FAULTS = {
    "": (0, "empty"),
    "   ": (0, "empty"),
    "(a": (0, "never closed"),
    "a)": (1, "closes nothing"),
    "a (b (c)": (2, "never closed"),
    "()": (1, "wanted"),
    'a "b c': (2, "never closed"),
    "a AND": (5, "the query ends"),
    "a OR OR b": (5, "wanted"),
    "AND a": (0, "wanted"),
    "a and b": (2, "capitals"),
    "titel:a": (0, "did you mean title"),
    "foo:a": (0, "no field"),
    "title:": (6, "wants a value"),
    "title: AND a": (7, "wants a value"),
    "title:(a year:2010)": (9, "inside title"),
    "year:soon": (5, "a year or a range"),
    "year:-": (5, "a year or a range"),
    "year:2020-2010": (5, "ends before it begins"),
    "kind:papers": (5, "article"),
    "design:good": (7, "cohort"),
    "age:old": (4, "aged"),
    "drug:marzipan": (5, "knows no drug"),
    "drug:CLE": (5, "knows no drug"),
    "condition:sirolimus": (10, "knows no condition"),
    "pmid:abc": (5, "no PMID"),
    "doi:11.1/x": (4, "no DOI"),
    "ra*": (0, "letters before"),
    "ra*pa": (2, "end of a word"),
    "***": (0, "no word"),
    '""': (0, "no word"),
    "a & b": (2, "no word"),
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.items())
def test_each_fault_has_its_place(text: str, fault: tuple[int, str]) -> None:
    """An error says what is wrong and points at it."""
    with pytest.raises(QuerySyntaxError) as raised:
        parse(text, FewConcepts())
    position, words = fault
    assert raised.value.position == position
    assert words in raised.value.args[0]
    assert str(raised.value).endswith(f"\n  {' ' * position}^")


def test_depth_and_length_are_bounded() -> None:
    """A query that is too deep or too long is refused; what is short enough costs by its length."""
    deep = "(" * DEEPEST + "a" + ")" * DEEPEST
    assert parse(deep, FewConcepts()) == word("a")
    for text in (f"({deep})", "a " * LONGEST, "(" * LONGEST, "NOT " * (LONGEST // 4), '"' * (LONGEST + 1)):
        with pytest.raises(QuerySyntaxError):
            parse(text, FewConcepts())
    for piece in ("a ", "a OR ", "NOT ", "(", '"a" ', "(a) "):
        assert_linear(lambda n, piece=piece: lambda: _tried(piece * n), LONGEST // 80)


def _tried(text: str) -> Node | None:
    try:
        return parse(text, FewConcepts())
    except QuerySyntaxError:
        return None


def examples() -> list[str]:
    """Return every query that the documentation shows: the fenced ones and those of the tables."""
    page = PAGE.read_text(encoding="utf-8")
    fenced = [line for block in re.findall(r"```query\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    last = [re.findall(r"`([^`]+)`", row.rsplit("|", 2)[1]) for row in rows if row.count("|") == 4]
    first = [re.findall(r"`([^`]+)`", row.split("|")[1]) for row in rows if row.count("|") == 3]
    return fenced + [query for found in last + first for query in found]


def test_the_documentation_has_examples() -> None:
    """The collection below is not empty by accident."""
    assert len(examples()) >= 25


@pytest.mark.parametrize("query", examples())
def test_every_example_of_the_documentation_parses(query: str) -> None:
    """What is written down works."""
    parse(query, FewConcepts())


def test_the_documentation_names_every_field_and_value() -> None:
    """A field or a value that nobody wrote down fails here."""
    from curbside.search.advanced import AGES, DESIGNS, KINDS

    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in FIELDS if f"| `{name}` |" not in page] == []
    values = [value for table in (KINDS, DESIGNS, AGES) for value in table.values()]
    assert [value for value in values if f'"{value}"' not in page and f"`{value}`" not in page] == []
