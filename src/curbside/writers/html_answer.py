"""An answer as a page shows it: sentences with citations, and for each citation the passage with its words lit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.records import (
    Absence,
    Answer,
    Derivation,
    Expansion,
    Holding,
    Question,
    Quote,
    ReferenceEntry,
)
from curbside.writers.basis import DECLINED, OPTIONS, absences_lead, basis, not_stated
from curbside.writers.beside_words import level_lines, opposed_lines, search_lines
from curbside.writers.html_passages import Passage, id_links, passage_of, standing

_REFERENCE = re.compile(r"\[(\d{1,9})\]", re.ASCII)


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with the passages it opens.

    Attributes:
        anchor: its id on the page ("s1").
        text: as shown.
        citations: (number, anchor of the passage) pairs.
        derived: computed numbers with their arithmetic.
        language: BCP 47 tag of its words, or "".
        extracted: the source's words, where a language model reworded them, or "".
        group: what it is about within its section, said where it differs from the sentence before, or "".
    """

    anchor: str
    text: str
    citations: tuple[tuple[int, str], ...]
    derived: tuple[Derivation, ...] = ()
    language: str = ""
    extracted: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A headed group of sentences."""

    anchor: str
    heading: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """What is not stated, and what comes nearest.

    Attributes:
        text: what was looked for and in how many documents.
        nearest: the nearest words with their citation, or None.
        documents: (title, address) of the documents looked at.
    """

    text: str
    nearest: SentenceView | None
    documents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """An entry of the reference list.

    Attributes:
        entry: as the answer has it.
        standing: notices on the work, in words.
        links: (label, address) pairs of its identifiers.
        href: the document's own page.
    """

    entry: ReferenceEntry
    standing: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    href: str


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """Where two sources disagree: the matter with what decides it, both sides, and how the sources differ."""

    about: str
    sides: tuple[SentenceView, ...]
    why: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer, ready to be laid out.

    Attributes:
        question: as asked.
        understood: (what, words) rows of what was made of it.
        notes: what the reader should know of the answering.
        declined: whether it declines; `declining` then says so in words.
        absences_first: whether what is not stated stands before the sentences.
        sections, absences, references, passages: as named.
        basis: what it is based on, in one sentence.
        options: the words under every answer.
        problems: what could not be done.
        verdict: what the sources suggest on a yes/no question, in words, or "".
        verdict_runs: the same words in (text, number, anchor) runs: a reference named in them leads to the words that
            decided; text alone has number 0 and no anchor.
        deciding: (number, why, says, anchor) of the sources that decided it.
        disagreements: where sources disagree.
        since: sentences on older sources that newer ones have answered since.
        trust: the level of the studies cited, and its reasons; no lines where none has a level.
        searched: what was searched and when, a line each.
    """

    question: str
    understood: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    declined: bool
    declining: str
    absences_first: bool
    sections: tuple[SectionView, ...]
    absences: tuple[AbsenceView, ...]
    references: tuple[ReferenceView, ...]
    passages: tuple[Passage, ...]
    basis: str
    options: str
    problems: tuple[str, ...]
    verdict: str = ""
    verdict_runs: tuple[tuple[str, int, str], ...] = ()
    deciding: tuple[tuple[int, str, str, str], ...] = ()
    disagreements: tuple[DisagreementView, ...] = ()
    since: tuple[str, ...] = ()
    trust: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()


class _Passages:
    """Collects the passages in the order in which sentences cite them; equal quotes share one."""

    def __init__(self, answer: Answer, holdings: Mapping[str, Holding]) -> None:
        self._holdings = holdings
        self._entries = {entry.document: entry for entry in answer.references}
        self._by_work = {entry.work: entry for entry in answer.references}
        self._found: dict[tuple[Quote, ...], Passage] = {}

    def citations(self, quotes: Sequence[Quote], sentence: str) -> tuple[tuple[int, str], ...]:
        grouped: dict[str, list[Quote]] = {}
        for quote in quotes:
            grouped.setdefault(quote.document, []).append(quote)
        return tuple((passage.number, passage.anchor) for passage in self._each(grouped, sentence))

    def _each(self, grouped: Mapping[str, list[Quote]], sentence: str) -> list[Passage]:
        found: list[Passage] = []
        for name, quotes in grouped.items():
            holding = self._holdings.get(name)
            if holding is None:
                continue
            entry = self._entries.get(name) or self._by_work.get(holding.work)
            if entry is None:
                continue
            key = tuple(quotes)
            if key not in self._found:
                anchor = f"q{len(self._found) + 1}"
                self._found[key] = passage_of(holding, entry, quotes, anchor, sentence)
            found.append(self._found[key])
        return found

    def all(self) -> tuple[Passage, ...]:
        return tuple(self._found.values())


def answer_view(answer: Answer, holdings: Mapping[str, Holding]) -> AnswerView:
    """Return an answer for a page; `holdings` are the documents that it quotes and cites, by id."""
    passages = _Passages(answer, holdings)
    sections: list[SectionView] = []
    count = 0

    def sentence(text: str, quotes: Sequence[Quote], derived: tuple[Derivation, ...] = ()) -> SentenceView:
        nonlocal count
        count += 1
        anchor = f"s{count}"
        language = next((holdings[q.document].document.language for q in quotes if q.document in holdings), "")
        return SentenceView(anchor, text, passages.citations(quotes, anchor), derived, language)

    def absence(each: Absence) -> AbsenceView:
        nearest = sentence(each.nearest.words, [each.nearest]) if each.nearest else None
        looked = [holdings[name] for name in each.documents if name in holdings]
        return AbsenceView(
            not_stated(each),
            nearest,
            tuple((one.document.title or "Untitled", f"/documents/{one.document.id}") for one in looked),
        )

    first = absences_lead(answer)
    absences = [absence(each) for each in answer.absences] if first else []
    for number, section in enumerate(answer.sections, 1):
        groups = [each.group for each in section.sentences]
        opens = [mine if mine != before else "" for before, mine in zip(["", *groups], groups)]
        views = tuple(
            replace(sentence(each.text, each.cited, each.derived), extracted=each.extracted, group=group)
            for each, group in zip(section.sentences, opens)
        )
        sections.append(SectionView(f"section-{number}", section.heading, views))
    absences = absences or [absence(each) for each in answer.absences]
    disagreements = tuple(
        DisagreementView(
            opposed_lines(each)[0],
            tuple(sentence(side.text, [side.quote]) for side in each.sides),
            opposed_lines(each)[-1],
        )
        for each in answer.opposed
    )
    deciding = tuple(
        (each.reference, each.why, each.says.value, anchor)
        for each in (answer.verdict.sources if answer.verdict is not None else ())
        for _, anchor in passages.citations([each.quote], "verdict")
    )
    verdict = answer.verdict.words if answer.verdict is not None else ""
    return AnswerView(
        question=answer.question.text,
        understood=tuple(_understood(answer.question)),
        notes=answer.notes,
        declined=answer.declined or not answer.sections,
        declining=DECLINED,
        absences_first=first,
        sections=tuple(sections),
        absences=tuple(absences),
        references=tuple(_reference(entry, holdings.get(entry.document)) for entry in answer.references),
        passages=passages.all(),
        basis=basis(answer),
        options=OPTIONS,
        problems=tuple(str(problem) for problem in answer.problems),
        verdict=verdict,
        verdict_runs=tuple(_runs(verdict, deciding)),
        deciding=deciding,
        disagreements=disagreements,
        since=tuple(each.words for each in answer.superseded),
        trust=tuple(level_lines(answer.level)) if answer.level is not None else (),
        searched=tuple(search_lines(answer.search)) if answer.search is not None else (),
    )


def _runs(words: str, deciding: Sequence[tuple[int, str, str, str]]) -> Iterator[tuple[str, int, str]]:
    """Yield words cut at the references in them ("[3]") that decided; such a reference leads to its first words."""
    anchors: dict[int, str] = {}
    for number, _, _, anchor in deciding:
        anchors.setdefault(number, anchor)
    for place, piece in enumerate(_REFERENCE.split(words)):
        if not place % 2:
            if piece:
                yield piece, 0, ""
        elif int(piece) in anchors:
            yield f"[{piece}]", int(piece), anchors[int(piece)]
        else:
            yield f"[{piece}]", 0, ""


def documents_of(answer: Answer) -> tuple[str, ...]:
    """Return the ids of the documents that a page needs for an answer, each once."""
    quotes = [quote for section in answer.sections for each in section.sentences for quote in each.cited]
    nearest = [absence.nearest for absence in answer.absences if absence.nearest is not None]
    looked = [name for absence in answer.absences for name in absence.documents]
    cited = [entry.document for entry in answer.references]
    return tuple(dict.fromkeys([*(quote.document for quote in (*quotes, *nearest)), *cited, *looked]))


def _reference(entry: ReferenceEntry, holding: Holding | None) -> ReferenceView:
    return ReferenceView(
        entry,
        standing(holding) if holding else (),
        id_links(holding) if holding else (),
        f"/documents/{entry.document}",
    )


def _understood(question: Question) -> list[tuple[str, str]]:
    def named(expansions: Sequence[Expansion]) -> str:
        return ", ".join(dict.fromkeys(each.name for each in expansions))

    rows = [
        ("Asks for", ", ".join(intent.value for intent in question.intents)),
        ("Drug", named(question.drugs)),
        ("Class", named(question.classes)),
        ("Condition", named(question.conditions)),
        ("Procedure", named(question.procedures)),
        ("Outcome", named(question.outcomes)),
        ("Tried before", named(question.prior)),
        ("People", ", ".join(question.populations)),
        ("Route", ", ".join(question.routes)),
        ("Further words", ", ".join(question.words)),
    ]
    return [(what, words) for what, words in rows if words]
