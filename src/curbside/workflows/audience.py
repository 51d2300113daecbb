"""Audience: an answer told to a patient, or laid out for a researcher; the clinician's is the answer itself."""

from __future__ import annotations

from curbside.answer.patient import patient_view
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer
from curbside.records.audience import PatientView, ResearcherView
from curbside.store.base import Store


def for_patient(answer: Answer, store: Store, vocabulary: Vocabulary) -> PatientView:
    """Return an answer as a patient or a carer is told it, on the same quotes."""
    cited = [quote.document for sentence in answer.sentences for quote in sentence.cited]
    named = dict.fromkeys((*cited, *(entry.document for entry in answer.references)))
    holdings = {holding.document.id: holding for holding in store.holdings(tuple(named))}
    return patient_view(answer, holdings, vocabulary)


def for_researcher(answer: Answer, store: Store, vocabulary: Vocabulary) -> ResearcherView:
    """Return an answer with a table of the studies that it cites and the flow of documents; it reads their cards."""
    from curbside.appraise.study_rows import researcher_view  # reading cards takes a moment to load
    from curbside.workflows.evidence import cited

    return researcher_view(answer, cited(answer, store, vocabulary))
