"""What the API sends of notices, tallies and flags; the shapes of `curbside notices`, `tally` and `flags --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from curbside.doors.api.shapes_cited import StanceTally


class NoticeWord(BaseModel):
    """One word of an editor on a work."""

    kind: str = Field(examples=["retraction"])
    key: str = Field(description="Joining key of the work it is about.", examples=["doi:10.1000/x"])
    date: str = Field(description='ISO date as far as known, or "".')
    source: str = Field(description="Name of the list, or id of the document that is the notice.")
    notice: str = Field(description='Joining key of the notice, or "".')
    reason: str = Field(description='As the list gives it, or "".')
    line: int = Field(description="Line of the list, 0 where it came from a document.")


class NoticeListShown(BaseModel):
    """A list of notices that the library goes by."""

    name: str
    format: str = Field(examples=["retraction-watch"])
    origin: str = Field(description="File it came from, without its folders.")
    added: str = Field(description="ISO time.")
    rows: int = Field(description="Rows or records understood.")
    problems: int = Field(description="Those that were not.")


class WorkSaid(BaseModel):
    """What is known against a work."""

    asked: str
    work: str = Field(description='Work id where it is held, else "".')
    title: str
    retracted: bool = Field(description="Whether it stands retracted: the latest dated word holds.")
    standing: list[str] = Field(description="In words, most serious first.", examples=[["retracted"]])
    said: list[NoticeWord] = Field(description="Words on it, the latest last.")
    says: list[NoticeWord] = Field(description="Words on other works of which it is itself the notice.")


class NoticesShown(BaseModel):
    """Lists gone by, and what they and the library's own notices say."""

    lists: list[NoticeListShown]
    works: list[WorkSaid]


class Tallied(BaseModel):
    """How often something is cited, and how."""

    of: str = Field(description='"work", "author" or "claim".')
    name: str = Field(description="Work id or joining key, key of the author, ids of drug and condition.")
    title: str
    works: int = Field(description="Works held whose citations are counted.")
    matched: int = Field(description="Documents that match a claim.")
    with_retracted: bool = Field(description="Whether citations by retracted works are counted with the others.")
    standing: list[str] = Field(description="What notices leave the work to be, in words.")
    said: list[NoticeWord]
    tally: StanceTally


class FlagMarker(BaseModel):
    """Where the in-text citation stands in the words of a flag."""

    start: int
    end: int


class FlagShown(BaseModel):
    """Somebody's word that a citation has another class."""

    number: int
    citation: str = Field(description="Name of the citation.")
    state: str = Field(description='"open", "agreed" or "refused".')
    old: str = Field(description="The class that it had.")
    new: str = Field(description="The class asked for; it holds where two reviewers agree.")
    said: str = Field(description="Probability and judge of the old class.")
    who: str
    why: str
    at: str = Field(description="ISO time.")
    agreed: list[str] = Field(description="Reviewers who agree.")
    refused: list[str] = Field(description="Reviewers who do not.")
    words: str = Field(description="The sentence as it stood.")
    marker: FlagMarker | None


class FlagsShown(BaseModel):
    """Flags in the order of coming."""

    flags: list[FlagShown]
