"""A desk to measure with: people, and any number of approved articles over a real library, seeded."""

from __future__ import annotations

import argparse
import random
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path

from bench.ask import CONDITIONS, DRUGS
from curbside.records import (
    Article,
    ArticleState,
    ArticleVersion,
    ConceptKind,
    Filters,
    Move,
    Person,
    ReferenceEntry,
    ReviewWord,
    Role,
    Signature,
)
from curbside.store.base_desk import Desk
from curbside.store.desk import SqlDesk
from curbside.wiring import Library
from curbside.workflows.articles import claims_of
from curbside.workflows.watching import keys_of

AT = "2027-01-15T08:00:00Z"
_MOST_CITED = 6
_STEP = 500


@dataclass(frozen=True)
class People:
    """Who works on the articles."""

    author: Person
    reviewer: Person
    editor: Person


def option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names a server for the desk."""
    told = "address of a PostgreSQL server, as postgresql://user@host/name: measured there too, in a new database"
    parser.add_argument("--database", default="", help=told)


@contextmanager
def database_on(server: str) -> Generator[str]:
    """Make an empty database on a server; give its address, and drop it afterwards."""
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    url = make_url(server)
    name = f"curbside_bench_{uuid.uuid4().hex[:12]}"
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    try:
        yield url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        engine.dispose()


@contextmanager
def desk_on(server: str, folder: Path) -> Generator[tuple[Desk, str]]:
    """Give an empty desk, on a server or beside a library, and its address, "" for the latter."""
    if not server:
        desk = SqlDesk.beside(folder)
        try:
            yield desk, ""
        finally:
            desk.close()
        return
    with database_on(server) as url:
        desk = SqlDesk(url)
        try:
            yield desk, url
        finally:
            desk.close()


def people(desk: Desk) -> People:
    """Make the people."""
    named = (("ada", Role.AUTHOR), ("rae", Role.REVIEWER), ("eve", Role.EDITOR))
    made = [
        Person(
            f"p{number:016d}", name, f"{name}@example.org".lower(), (Role.READER, role), conflicts="None.", joined=AT
        )
        for number, (name, role) in enumerate(named, 1)
    ]
    with desk.writing() as change:
        for each in made:
            change.put(each)
    return People(*made)


def drawn(library: Library, most: int) -> list[ArticleVersion]:
    """Return versions drawn from real answers of the library, at most so many."""
    found: list[ArticleVersion] = []
    for condition, drug in product(CONDITIONS, DRUGS):
        answer = library.ask(f"Does {drug} help {condition}?")
        claims = claims_of(answer)
        if not claims or not answer.question.drugs:
            continue
        found.append(
            ArticleVersion(
                1,
                AT,
                "",
                "Drawn from the library.",
                answer.question.text,
                answer.question.text,
                Filters(),
                claims,
                answer.absences,
                answer.references,
                answer.searched,
                "0" * 64,
                library.store.changed,
            )
        )
        if len(found) == most:
            break
    return found


def made_up(
    library: Library, real: Sequence[ArticleVersion], seed: int, claims: int = 100
) -> Generator[ArticleVersion]:
    """Yield versions whose questions are each on another drug and condition, with works cited that were drawn.

    Their claims are those of real articles, at most so many, so that they weigh what articles weigh.
    """
    chance = random.Random(seed)
    entries = [
        ReferenceEntry(
            1,
            holding.work,
            holding.document.id,
            holding.origin,
            holding.document.title or "Untitled",
            holding.document.year,
            "study",
            False,
            holding.document.title or "",
            holding.document.ids,
        )
        for holding in islice(library.store.live_holdings(), 5_000)
    ]
    asked = {version.question for version in real}
    concepts = list(library.vocabulary.concepts.values())
    drugs = [each.name for each in concepts if each.kind is ConceptKind.DRUG]
    conditions = [each.name for each in concepts if each.kind is ConceptKind.CONDITION]
    chance.shuffle(drugs)
    chance.shuffle(conditions)
    for place in range(len(drugs) * len(conditions)):
        drug, condition = drugs[place % len(drugs)], conditions[(place * 7 + place // len(drugs)) % len(conditions)]
        question = f"Does {drug} help {condition}?"
        if question in asked:
            continue
        cited = chance.sample(entries, min(len(entries), chance.randint(1, _MOST_CITED)))
        references = tuple(replace(entry, number=number) for number, entry in enumerate(cited, 1))
        plain = chance.choice(real)
        yield replace(plain, title=question, question=question, references=references, claims=plain.claims[:claims])


def fill(
    desk: Desk, who: People, versions: Sequence[ArticleVersion], library: Library, state: ArticleState, after: int = 0
) -> list[str]:
    """Keep articles of versions in a state, signed claim by claim; return their ids, numbered behind `after`."""
    ids = [f"a{number:016d}" for number in range(after + 1, after + len(versions) + 1)]
    approved = 1 if state is ArticleState.APPROVED else 0
    for start in range(0, len(versions), _STEP):
        with desk.writing() as change:
            for id, version in zip(ids[start : start + _STEP], versions[start : start + _STEP]):
                mine = replace(version, who=who.author.id)
                moves = tuple(
                    Move(AT, by.id, each, 1, "")
                    for by, each in ((who.author, ArticleState.DRAFT), (who.author, ArticleState.SUBMITTED),
                                     (who.editor, ArticleState.UNDER_REVIEW), (who.editor, ArticleState.APPROVED))
                    if each is not ArticleState.APPROVED or approved
                )  # fmt: skip
                made = Article(id, who.author.id, state, mine, 1, approved, (who.reviewer.id,), moves=moves)
                change.articles.make(made, change.at)
                change.articles.say(id, signatures(mine, who))
                if approved:
                    change.articles.set_keys(id, keys_of(mine, library.vocabulary))
    return ids


def signatures(version: ArticleVersion, who: People) -> tuple[Signature, ...]:
    """Return the reviewer's word on each claim of a version."""
    return tuple(
        Signature(number, claim.number, claim.key, version.number, who.reviewer.id, ReviewWord.SIGNED, "", "None.", AT)
        for number, claim in enumerate(version.standing, 1)
    )
