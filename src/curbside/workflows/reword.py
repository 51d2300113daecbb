"""Reword: an answer, a language model's proposals, the guards, the answer again; the ledger is told of each request.

Whatever goes wrong, the answer stands as it was, and its notes say what went wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from curbside.answer.rewording import Reworded, apply, told
from curbside.answer.rewording_task import Proposal, Task, read_reply, tasks_of
from curbside.errors import LibraryError, ModelError
from curbside.inference.base import LanguageModel
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, Document, Problem, Query
from curbside.records.completion import Completion, ModelCall
from curbside.search.base import Index
from curbside.store.base import Store

PURPOSE = "reword"


class Ledger(Protocol):
    """Keeps replies and a line for every request (`curbside.store.completions.CompletionStore`)."""

    def get(self, key: str, /) -> Completion | None:
        """Return a reply that is kept, or None."""
        ...

    def put(self, key: str, completion: Completion, /) -> None:
        """Keep a reply; raises LibraryError."""
        ...

    def write(self, call: ModelCall, /) -> None:
        """Write a line; raises LibraryError."""
        ...

    def now(self) -> str:
        """Return the time as a line has it."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A language model with what is noted of its use.

    Attributes:
        model: the model.
        ledger: keeps replies and counts.
        prices: (of a million tokens read, of a million written, currency), or None.
    """

    model: LanguageModel
    ledger: Ledger
    prices: tuple[float, float, str] | None = None


def reword(
    answer: Answer, store: Store, index: Index, vocabulary: Vocabulary, asked: Asked, audience: str = "clinician"
) -> Answer:
    """Return the answer with the wordings of a language model that pass the guards; with its notes saying so.

    The same answer and the same replies give the same answer. A decline is returned as it is, and nothing is asked.
    """
    if answer.declined or not answer.sections:
        return answer
    documents = _documents(answer, store)
    made: list[Reworded] = []
    notes: dict[str, None] = {}
    problems: list[Problem] = []
    terms: dict[str, None] = {}
    found = answer
    for task in tasks_of(answer, audience):
        try:
            proposal = _proposal(task, asked, problems)
        except ModelError as error:
            notes[f"{error} The source's words stand."] = None
            if error.why not in ("malformed", "too long", "refused"):
                break  # what is not there will not be there a moment later
            continue
        made.append(apply(found, task, proposal, documents, vocabulary))
        found = made[-1].answer
        terms |= dict.fromkeys(_terms(proposal, answer, vocabulary, index))
    if made:
        notes = {told(asked.model.name, made): None, **notes}
    return replace(found, notes=(*answer.notes, *notes), problems=(*answer.problems, *problems), terms=tuple(terms))


def _documents(answer: Answer, store: Store) -> Mapping[str, Document]:
    names = dict.fromkeys(quote.document for sentence in answer.sentences for quote in sentence.quotes)
    return {holding.document.id: holding.document for holding in store.holdings(tuple(names))}


def _proposal(task: Task, asked: Asked, problems: list[Problem]) -> Proposal:
    """Return what the model proposes, from a reply that is kept or a new one; a reply that is no use is not kept."""
    said = f"{asked.model.name}\n{task.prompt.orders}\n{task.prompt.data}"
    key = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
    kept = asked.ledger.get(key)
    if kept is not None:
        proposal = read_reply(kept.text, task)
        _note(asked, Completion(""), "cached", problems)
        return proposal
    try:
        completion = asked.model.complete(task.prompt)
    except ModelError as error:
        _note(asked, Completion(""), error.why, problems)
        raise
    try:
        proposal = read_reply(completion.text, task)
    except ModelError as error:
        _note(asked, completion, error.why, problems)
        raise
    _note(asked, completion, "answered", problems)
    try:
        asked.ledger.put(key, completion)
    except LibraryError as error:
        _add(problems, str(error))
    return proposal


def _note(asked: Asked, completion: Completion, outcome: str, problems: list[Problem]) -> None:
    cost, currency = None, ""
    if asked.prices is not None and (completion.read or completion.written):
        of_read, of_written, currency = asked.prices
        cost = (completion.read * of_read + completion.written * of_written) / 1_000_000
    call = ModelCall(
        asked.ledger.now(), asked.model.name, PURPOSE, outcome, completion.read, completion.written, cost, currency
    )
    try:
        asked.ledger.write(call)
    except LibraryError as error:
        _add(problems, str(error))


def _add(problems: list[Problem], what: str) -> None:
    if all(problem.what != what for problem in problems):
        problems.append(Problem(what, lost=False))


def _terms(proposal: Proposal, answer: Answer, vocabulary: Vocabulary, index: Index) -> list[str]:
    """Return the names proposed that the vocabulary knows and the library holds texts of, as the vocabulary writes."""
    asked = {each for expansion in answer.question.expansions for each in (expansion.concept, *expansion.ids)}
    found: list[str] = []
    for term in proposal.terms:
        concept = vocabulary.find(term)
        if concept is None or concept.id in asked:
            continue
        expansions = tuple(vocabulary.expansions(concept.name))
        if expansions and index.search(Query(concept.name, expansions, limit=1)).total:
            found.append(concept.name)
    return found
