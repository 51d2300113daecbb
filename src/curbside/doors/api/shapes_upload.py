"""What the API says of an upload."""

from __future__ import annotations

from pydantic import BaseModel, Field

from curbside.doors.api.shapes_answer import Problem


class SentFile(BaseModel):
    """A file of an upload."""

    name: str = Field(description="What its sender called it.")
    size: int = Field(description="Bytes.")
    sha256: str = Field(description="Hash of its bytes, hexadecimal.")


class Progress(BaseModel):
    """How far the adding of an upload is."""

    files: int
    files_total: int
    records: int
    size: int = Field(description="Bytes dealt with.")
    size_total: int
    seconds: float = Field(description="Since the adding began.")
    rate: float = Field(description="Records a second.")
    left: float | None = Field(description="Seconds left, as far as can be said.")


class Brought(BaseModel):
    """A document that an upload brought."""

    document: str
    work: str
    title: str
    kind: str
    origin: str


class Result(BaseModel):
    """What adding an upload did; counts as `curbside add --json` has them."""

    added: int = Field(description="New works.")
    joined: int = Field(description="Further documents of works already there.")
    replaced: int = Field(description="Later versions that took the place of earlier ones.")
    deleted: int = Field(description="Withdrawn.")
    present: int = Field(description="Already there, word for word.")
    files: int = Field(description="Files read.")
    problems: list[Problem]
    documents: list[Brought] = Field(description="What came of it, oldest first; 200 at most.")


class Batch(BaseModel):
    """An upload and how far it is."""

    id: str = Field(description="22 random characters.")
    state: str = Field(
        description="How far it is.",
        json_schema_extra={"enum": ["receiving", "waiting", "working", "done", "failed"]},
    )
    time: str = Field(description='When it was received, ISO 8601, UTC; "" while it is.')
    files: list[SentFile] = Field(description="Empty while it is being received.")
    progress: Progress | None = Field(description="Once it is being added.")
    result: Result | None = Field(description="Once it is done.")
    why: str = Field(description='What went wrong, or why it has to wait; or "".')
