"""Evidence: a drug and a condition to what the library holds on them, weighed; a drug to its uses, licensed or not.

Documents are found by the concepts they are about, read into cards, joined into studies, and those weighed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from curbside.appraise.classes import classes_of, said_of_classes
from curbside.appraise.counting import given
from curbside.appraise.ledger import ledger
from curbside.appraise.levels import level_of
from curbside.appraise.licences import licences
from curbside.appraise.pooling import pool_proportions
from curbside.appraise.profile import evidence_profile, pair_of
from curbside.appraise.studies import OWN, SYNTHESES, Reported, joined, notice_words
from curbside.appraise.unit_doubts import unit_doubts
from curbside.errors import UnknownValue
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Answer,
    CitedEvidence,
    ClassSaid,
    EvidenceProfile,
    Filters,
    Holding,
    LedgerRow,
    Licence,
    Query,
    Study,
    StudyCard,
)
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.workflows.find import EVERYTHING
from curbside.workflows.narrow import Wish, narrow
from curbside.workflows.show import show
from curbside.writers.nlm import nlm

MOST = 300
"""Documents read for a profile, or for a drug's part of the ledger, at the most; it is said where there are more."""

MOST_OF_CLASS = 40
"""Documents read, at the most, for what they say of a class of the drug; the best by the words of its name."""

LICENCES = "licences"
"""Folder of a library whose `*.tsv` files add labels to the table of licences."""

_KEPT = 600


class _Cards:
    """Cards read lately: a document's id is the hash of its content, so that a card never goes stale."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], StudyCard] = OrderedDict()
        self._lock = Lock()

    def of(self, holding: Holding, vocabulary: Vocabulary) -> StudyCard:
        key = (holding.document.id, vocabulary.version)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        from curbside.extract.card import read_card  # its patterns take a moment to load

        card = read_card(holding.document, vocabulary)
        with self._lock:
            self._kept[key] = card
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return card


_cards = _Cards()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of a library, or of one drug.

    Attributes:
        rows: drug by drug.
        read, matched: documents read, and how many match in all.
        searched: ISO time of the library's last change, or "".
    """

    rows: tuple[LedgerRow, ...]
    read: int
    matched: int
    searched: str


def study_of(name: str, store: Store, vocabulary: Vocabulary) -> tuple[Holding, Study]:
    """Return the first document that an id names, and the study as this document alone tells of it.

    Raises:
        NotHeld: if the library shows nothing under it.
    """
    holding = show(name, store)[0]
    return holding, _leveled(joined([_reported(holding, vocabulary)])[0])


def evidence(drug: str, condition: str, store: Store, index: Index, vocabulary: Vocabulary) -> EvidenceProfile:
    """Return the evidence profile of a drug for a condition, both by name or id.

    Raises:
        UnknownValue: for a name that means no drug, or no condition.
        UsageError: for a file of licences that cannot be read.
        IndexBroken: if the index cannot be read.
    """
    asked = _named(drug, condition, vocabulary)
    pair = pair_of(*asked, vocabulary)
    found, total = _found(Filters(drugs=(pair.drug,), conditions=(pair.condition,)), store, index)
    profile = evidence_profile(
        pair,
        [_reported(holding, vocabulary) for holding in found],
        vocabulary,
        pool_proportions,
        _licences(store, vocabulary),
        total,
        store.counts().updated,
    )
    said = _of_classes(profile, store, index, vocabulary)
    return replace(profile, notes=tuple(_notes(profile)), classes=said)


def _of_classes(profile: EvidenceProfile, store: Store, index: Index, vocabulary: Vocabulary) -> tuple[ClassSaid, ...]:
    """Return what documents that the profile does not list say of a class of its drug."""
    pair = profile.pair
    classes = classes_of(pair.drug, vocabulary)
    if not classes:
        return ()
    found: dict[str, Holding] = {}
    for each in classes:
        name = vocabulary.names(each)[0]
        asked = tuple(vocabulary.expansions(name))
        query = Query(name, asked, Filters(conditions=(pair.condition,)), limit=MOST_OF_CLASS)
        held = store.holdings([hit.document for hit in index.search(query).hits])
        found.update({holding.document.id: holding for holding in held})
    listed = (
        *(profile.studies, profile.wider, profile.syntheses, profile.guidelines),
        *(profile.planned, profile.secondary, profile.retracted),
    )
    known = [study for studies in listed for study in studies]
    shown = {report.document for study in known for report in study.reports}
    rest = [_reported(holding, vocabulary) for name, holding in found.items() if name not in shown]
    return said_of_classes(pair, rest, known, vocabulary)


def cited(answer: Answer, store: Store, vocabulary: Vocabulary) -> CitedEvidence:
    """Return what the studies that an answer cites weigh, joined where several references tell of one study."""
    numbers: dict[str, int] = {entry.document: entry.number for entry in answer.references}
    reported = [_reported(holding, vocabulary) for holding in store.holdings(tuple(numbers))]
    asked = answer.question
    meant = {each for expansion in (*asked.drugs, *asked.classes) for each in expansion.ids}
    studies = [
        (tuple(sorted(numbers[report.document] for report in study.reports)), _leveled(_given(study, meant)))
        for study in joined(reported)
    ]
    profile = None
    if len(asked.drugs) == 1 and len(asked.conditions) == 1 and asked.drugs[0].concept.startswith("d:"):
        pair = pair_of(asked.drugs[0].concept, asked.conditions[0].concept, vocabulary)
        profile = evidence_profile(
            pair, reported, vocabulary, pool_proportions, (), len(reported), store.counts().updated
        )
    return CitedEvidence(tuple(sorted(studies, key=lambda row: row[0])), profile)


def _given(study: Study, drugs: Collection[str]) -> Study:
    return given(study, drugs) if drugs else study


def _leveled(study: Study) -> Study:
    return replace(study, level=level_of(study) if study.design in OWN | SYNTHESES else None)


def uses(drug: str, store: Store, index: Index, vocabulary: Vocabulary) -> Ledger:
    """Return the ledger of a drug, by name or id; "" stands for every drug of the table of licences.

    Raises:
        UnknownValue: for a name that means no drug.
        UsageError: for a file of licences that cannot be read.
        IndexBroken: if the index cannot be read.
    """
    table = _licences(store, vocabulary)
    drugs = [_drug(drug, vocabulary)] if drug.strip() else _outermost([row.drug for row in table], vocabulary)
    searched = store.counts().updated
    rows: list[LedgerRow] = []
    read = matched = 0
    designs = tuple(sorted(kind.value for kind in OWN))
    for each in drugs:
        found, total = _found(Filters(drugs=(each,), evidence=designs), store, index)
        rows += ledger(each, [_reported(holding, vocabulary) for holding in found], table, vocabulary, searched)
        read, matched = read + len(found), matched + total
    return Ledger(tuple(rows), read, matched, searched)


def _outermost(drugs: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Return the drugs of which no other one is a form: bound sirolimus is told under sirolimus."""
    named = list(dict.fromkeys(drugs))
    return [each for each in named if not any(other in vocabulary.broader(each) for other in named)]


def _named(drug: str, condition: str, vocabulary: Vocabulary) -> tuple[str, str]:
    return _drug(drug, vocabulary), narrow(Wish(conditions=(condition,)), vocabulary).conditions[0]


def _drug(name: str, vocabulary: Vocabulary) -> str:
    found = narrow(Wish(drugs=(name,)), vocabulary).drugs[0]
    if not found.startswith("d:"):
        members = ", ".join(sorted(vocabulary.names(each)[0] for each in vocabulary.members(found))[:8])
        said = f"“{name}” is a class; evidence on one drug is not evidence on another. Name one of it: {members}."
        raise UnknownValue("drugs", name, said)
    return found


def _found(filters: Filters, store: Store, index: Index) -> tuple[list[Holding], int]:
    hits = index.search(Query(EVERYTHING, (), filters, advanced=True, limit=MOST))
    return store.holdings([hit.document for hit in hits.hits]), hits.total


def _reported(holding: Holding, vocabulary: Vocabulary) -> Reported:
    return Reported(holding, _cards.of(holding, vocabulary), nlm(holding.marked), notice_words(holding))


def _licences(store: Store, vocabulary: Vocabulary) -> tuple[Licence, ...]:
    folder = store.folder / LICENCES
    extra: dict[Path, str] = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.tsv"))}
    return licences(vocabulary, extra)


def _notes(profile: EvidenceProfile) -> Sequence[str]:
    notes: list[str] = []
    if profile.matched > profile.read:
        notes.append(
            f"{profile.matched:,} documents name drug and condition; the {profile.read:,} best of them were read."
        )
    bare = sum(not study.read for study in profile.studies)
    if bare:
        words = "study is" if bare == 1 else "studies are"
        notes.append(f"{bare} {words} held by title alone: there is nothing to read, so nothing of it is counted.")
    if any(study.lead.secondary for study in profile.studies):
        notes.append("Where only a study note is held, figures are quoted from the note, not from the paper itself.")
    notes += unit_doubts(profile.stated)
    return notes
