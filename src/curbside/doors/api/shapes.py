"""What clients send: the shapes of requests, with their bounds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from curbside.language.vocabulary import Vocabulary
from curbside.records import Filters
from curbside.workflows.narrow import CHOICES, LAST_YEAR, Wish, narrow

LONGEST_QUESTION = 2_000
"""Characters of a question or a query."""

LONGEST_TEXT = 200_000
"""Characters of a text that is checked."""

MOST_HITS = 100
"""Hits or documents of one page."""

DEEPEST = 10_000
"""Hits that may be passed over; an export has them all."""

MOST_VALUES = 20
"""Values of one filter."""


def _sound(text: str) -> str:
    """Return a text in which halves of surrogate pairs, which are no characters, are question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _choices(field: str) -> dict[str, Any]:
    return {"enum": list(CHOICES[field])}


Words = Annotated[str, AfterValidator(_sound)]
_Name = Annotated[Words, Field(min_length=1, max_length=200)]
_Year = Annotated[int, Field(ge=0, le=LAST_YEAR)]


class Sent(BaseModel):
    """What clients send is taken as it is described and not otherwise."""

    model_config = ConfigDict(strict=True, extra="forbid")


class FiltersWanted(Sent):
    """Conditions on the sources; several values of one filter mean any of them."""

    kinds: list[Annotated[_Name, Field(json_schema_extra=_choices("kinds"))]] = Field(
        default=[], max_length=MOST_VALUES, description="Kinds of document.", examples=[["article", "note"]]
    )
    evidence: list[Annotated[_Name, Field(json_schema_extra=_choices("designs"))]] = Field(
        default=[], max_length=MOST_VALUES, description="Kinds of evidence.", examples=[["rct", "cohort"]]
    )
    since: _Year | None = Field(default=None, description="Published in this year or later.", examples=[2010])
    until: _Year | None = Field(default=None, description="Published in this year or earlier.", examples=[2025])
    drugs: list[_Name] = Field(
        default=[],
        max_length=MOST_VALUES,
        description="About these drugs or classes: names or ids of concepts.",
        examples=[["sirolimus"]],
    )
    conditions: list[_Name] = Field(
        default=[],
        max_length=MOST_VALUES,
        description="About these conditions: names or ids of concepts.",
        examples=[["c:facial-angiofibroma"]],
    )
    ages: list[Annotated[_Name, Field(json_schema_extra=_choices("ages"))]] = Field(
        default=[], max_length=MOST_VALUES, description="Age groups studied.", examples=[["child"]]
    )
    noticed: bool | None = Field(
        default=None, description="Only works with (true) or without (false) an editorial notice."
    )

    shelves: list[_Name] = Field(
        default=[],
        max_length=MOST_VALUES,
        description="Places on the shelf: `author:` with a family name and an initial, `orcid:`, `journal:` with a "
        "name or an ISSN, `keyword:`.",
        examples=[["author:Adams, D", "journal:Blood"]],
    )

    def meant(self, vocabulary: Vocabulary) -> Filters:
        """Return the conditions; raises `UnknownValue` for a value or a name that means nothing."""
        wish = Wish(
            kinds=self.kinds,
            designs=self.evidence,
            ages=self.ages,
            drugs=self.drugs,
            conditions=self.conditions,
            since=self.since,
            until=self.until,
            noticed=self.noticed,
            shelves=self.shelves,
        )
        return narrow(wish, vocabulary)


_Question = Annotated[
    Words,
    Field(
        min_length=1,
        max_length=LONGEST_QUESTION,
        description="The question, in plain words.",
        examples=["Does sirolimus help children with refractory ITP?"],
    ),
]


ForWhom = Literal["clinician", "researcher", "patient"]
"""Whom an answer can be told to; `curbside.records.audience.Audience`."""


class QuestionAsked(Sent):
    """A question and conditions on the sources that may answer it."""

    question: _Question
    filters: FiltersWanted = FiltersWanted()
    audience: ForWhom = Field(
        default="clinician", description="Whom to tell it: the same claims in other words and order."
    )
    model: bool = Field(
        default=True,
        description="Whether the language model that is set on the server, if any, may reword the answer.",
    )


class QuestionFollowing(QuestionAsked):
    """A question that follows others in a thread."""

    drop: list[Annotated[Words, Field(min_length=1, max_length=400)]] = Field(
        default=[],
        max_length=MOST_VALUES,
        description="What is not to be carried over: ids of chips of the turn before.",
        examples=[["route:topical"]],
    )
    after: int | None = Field(
        default=None,
        ge=1,
        le=50,
        description="Number of the turn that it follows; later ones are forgotten. By default the last.",
    )


class CheckAsked(Sent):
    """A text whose numbers are to be held against each other."""

    text: Annotated[
        Words,
        Field(
            min_length=1,
            max_length=LONGEST_TEXT,
            description="A manuscript, an abstract, a reply: as plain text, or in any format that can be added.",
            examples=["Of 120 patients, 34 (82.3%) responded."],
        ),
    ]


class _Searching(Sent):
    """What is looked for."""

    query: Annotated[
        Words,
        Field(
            max_length=LONGEST_QUESTION,
            description='Words or, with `advanced`, a query; "" means everything that the filters let through.',
            examples=["sirolimus lymphatic malformation"],
        ),
    ] = ""
    advanced: bool = Field(
        default=False, description="Whether `query` is in the query language: phrases, fields, AND OR NOT."
    )
    widen: bool = Field(default=False, description="Whether a class of drugs also stands for its members.")
    filters: FiltersWanted = FiltersWanted()


class SearchAsked(_Searching):
    """A search."""

    order: Literal["best", "newest", "oldest"] = Field(
        default="best", description="Best first, or by year; documents without a year then come last."
    )
    facets: bool = Field(default=False, description="Whether to count what all documents that match are like.")
    limit: int = Field(default=10, ge=1, le=MOST_HITS, description="Hits wanted.")
    offset: int = Field(default=0, ge=0, le=DEEPEST, description="Hits to pass over.")


class ExportAsked(_Searching):
    """What is to be exported: what a search finds, or the whole library."""


Format = Literal["jsonl", "ris", "nbib", "bibtex", "csl", "csv"]
"""Forms of an export; those of `curbside export`."""
