"""What the API says of threads: the shapes of `curbside thread --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field


class ThreadChip(BaseModel):
    """Something that was carried over from an earlier turn."""

    id: str = Field(description="What `drop` names it by.", examples=["drug:d:sirolimus"])
    kind: str = Field(
        description="drug, class, procedure, condition, outcome, tried before, people, route, words, asks or sources."
    )
    value: str = Field(description="Id of a concept, or the value itself.")
    words: str = Field(description="As shown.")
    turn: int = Field(description="Number of the turn that brought it in.")


class ThreadLeft(ThreadChip):
    """Something that the turn before was about and this one is not."""

    why: str


class ThreadTurn(BaseModel):
    """How a turn was read."""

    turn: int = Field(description="Its number, from 1.")
    text: str = Field(description="As typed.")
    read_as: str = Field(description="In words that name all that it is about.")
    time: str = Field(description="When it was asked, ISO 8601, UTC.")
    carried: list[ThreadChip] = Field(description="Each can be taken away with `drop`.")
    dropped: list[ThreadLeft]
    notes: list[str] = Field(description="How it was read, where that could be doubted.")


class ThreadPlace(ThreadTurn):
    """How a turn was read, and the thread that it belongs to."""

    id: str = Field(description="Of the thread, 22 random characters.")


class ThreadKept(BaseModel):
    """A thread that is kept."""

    id: str = Field(description="22 random characters.")
    turns: list[ThreadTurn]
