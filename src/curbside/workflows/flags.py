"""Flags on citations: somebody's word that a class is wrong, two reviewers' that it is, and what to train on then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from curbside.appraise.flagged import same_person
from curbside.errors import NotHeld, UsageError
from curbside.inference.base import StanceJudge
from curbside.records import Citation, Flag, Stance, letters_of
from curbside.store.base import Store
from curbside.store.base_citing import LoggedWord
from curbside.workflows.judged import citations_in, keys_of_entries


@dataclass(frozen=True, slots=True)
class Told:
    """A flag with every word on it.

    Attributes:
        flag: as it stands.
        log: what was said, in the order of coming.
    """

    flag: Flag
    log: tuple[LoggedWord, ...]


def flag(citation: str, stance: str, who: str, why: str, store: Store, judge: StanceJudge) -> Flag:
    """Flag a citation: `who` says, with a reason, that its class should be `stance`. Nothing changes by that.

    Raises:
        UsageError: if there is no such class, it is the one that holds, or name or reason is missing.
        NotHeld: if no document that is shown has such a citation.
    """
    wanted, who, why = stance_of(stance), named(who), " ".join(why.split())
    if not why:
        raise UsageError("A flag needs a reason: --why “…”.")
    document = citation.partition(":")[0]
    holding = store.holding(document)
    found = next(
        (o for o in citations_in([document], store, judge).get(document, ()) if o.citation.id == citation), None
    )
    if found is None:
        raise NotHeld(f"{document} has no citation {citation!r}. `curbside citations {document}` shows them.")
    said = found.citation.judgement
    if said.stance is wanted:
        raise UsageError(f"Its class is {wanted.value} already.")
    statement = found.citation.statement
    keys = keys_of_entries(holding.document).get(found.citation.reference, [])
    raised = Flag(
        number=0,
        citation=citation,
        stance=wanted,
        who=who,
        why=why,
        at="",
        words=statement.sentence.of(holding.document.text),
        was=said.stance,
        said=_said(found.citation),
        marker=statement.marker.moved(-statement.sentence.start),
        key=keys[0] if keys else "",
    )
    return store.flags.put(raised)


def _said(citation: Citation) -> str:
    judgement = citation.judgement
    return ", ".join(filter(None, (f"{judgement.probability:.2f}".removeprefix("0"), judgement.maker)))


def review(number: int, who: str, agrees: bool, store: Store, why: str = "") -> Flag:
    """Say, as a reviewer, whether a flag is right; the class changes with the second who agrees.

    A reviewer may change their mind until the flag is settled; every word is kept.

    Raises:
        NotHeld: if there is no flag of that number.
        UsageError: if the reviewer raised it, or it is settled.
    """
    who = named(who)
    held = store.flags.get(number)
    if same_person(who, held.who):
        raise UsageError(f"{held.who} raised flag {number}; two others have to agree.")
    if held.state != "open":
        people = " and ".join(held.agreed if held.changed else held.refused)
        raise UsageError(f"Flag {number} is settled: {held.state} by {people}. Flag the citation anew.")
    return store.flags.say(number, who, agrees, " ".join(why.split()))


def told(number: int, store: Store) -> Told:
    """Return a flag with every word on it.

    Raises:
        NotHeld: if there is none of that number.
    """
    return Told(store.flags.get(number), tuple(store.flags.log(number)))


def stance_of(name: str) -> Stance:
    """Return the class of a name.

    Raises:
        UsageError: if there is none.
    """
    try:
        return Stance(name.strip().lower())
    except ValueError:
        raise UsageError(f"There is no class {name!r}. It is one of: {', '.join(Stance)}.") from None


def named(who: str) -> str:
    """Return a name with single blanks.

    Raises:
        UsageError: if it has no letters.
    """
    if not letters_of(who):
        raise UsageError("A name is needed: --who “Ann Lee”.")
    return " ".join(who.split())


def settled(flags: Iterable[Flag]) -> Iterator[Flag]:
    """Yield the flags that two reviewers agreed on, for training."""
    yield from (each for each in flags if each.changed)
