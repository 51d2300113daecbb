"""Similar: a work to the works, or the posts and questions, that resemble it, each with why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from curbside.appraise.works import fullest_first
from curbside.errors import EncoderError, IndexBroken
from curbside.language.vocabulary import Vocabulary
from curbside.records import Document, DocumentKind, EvidenceKind, Glance, Hit, Holding, Similar, SimilarTexts
from curbside.records.shelf import plain
from curbside.search.base import Index, Vectors
from curbside.search.sample import Sample, leading, sample
from curbside.search.similar import DEPTH, Candidate, Gate, alike
from curbside.search.subjects import Nearness, Subjects, subjects
from curbside.search.threads import spoken, threads
from curbside.store.base import Store
from curbside.workflows.show import show

WORKS = (DocumentKind.ARTICLE, DocumentKind.GUIDELINE, DocumentKind.SUMMARY, DocumentKind.TRIAL, DocumentKind.NOTE)
"""Kinds of documents that are research or tell of it; pages about it are none."""

_NEVER = frozenset({EvidenceKind.NOTICE})
_FURTHER = 5
"""Works read beyond those wanted: some may turn out to be other reports of the same study."""


def similar_works(
    name: str, store: Store, index: Index, vocabulary: Vocabulary, vectors: Vectors | None = None, limit: int = 10
) -> SimilarTexts:
    """Return the works that resemble the one that an id names.

    The work itself and other reports of its study (the same registration number, or the same title) are left out. A
    retracted work comes after all others, and is not shown alone.

    Args:
        name: document, work or identifier.
        store: holds the documents.
        index: finds what says the same.
        vocabulary: names the concepts.
        vectors: of the documents, where there are any; those that cannot be read are done without, and said.
        limit: works wanted.

    Raises:
        NotHeld: if the library shows nothing under `name`.
        IndexBroken: if the index cannot be read.
    """
    holding = fullest_first(show(name, store))[0]
    found, notes = _looked_up(holding, WORKS, store, index, vocabulary, vectors)
    found = _once(found)
    kept, reports = _of_others(holding, found, store, max(limit, 0))
    total = len(found) - reports
    sound = [each for each in kept if not each.retracted]
    retracted = [each for each in kept if each.retracted]
    if retracted and not sound:
        notes.append(f"{_works(len(retracted))} that resembled it is retracted; none is shown.")
        total, retracted = total - len(retracted), []
    if reports:
        notes.append(f"{_works(reports)} left out as another report of the same study.")
    if total < limit:
        notes.append(_fewer(total, limit, "work" if total == 1 else "works"))
    return SimilarTexts(holding.document.id, tuple([*sound, *retracted][: max(limit, 0)]), total, limit, tuple(notes))


def _works(count: int) -> str:
    return "1 work" if count == 1 else f"{count} works"


def _fewer(total: int, limit: int, what: str) -> str:
    if not total:
        return f"No {what.removesuffix('s')} of this library shares its subject."
    return f"Only {total} {what} of this library keep to its subject; {limit} were asked for."


@lru_cache(maxsize=4)
def _nearness(vocabulary: Vocabulary) -> Nearness:
    return Nearness(vocabulary)


class _Names(dict[str, str]):
    """Names of concepts, looked up when one is told."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, concept: str) -> str:
        self[concept] = self._vocabulary.names(concept)[0]
        return self[concept]


def _concepts(text: str, vocabulary: Vocabulary) -> list[str]:
    return [mention.concept for mention in vocabulary.mentions(text)]


def _looked_up(
    holding: Holding,
    kinds: Sequence[DocumentKind],
    store: Store,
    index: Index,
    vocabulary: Vocabulary,
    vectors: Vectors | None,
) -> tuple[list[Similar], list[str]]:
    """Return every candidate of some kinds that keeps to the subject, best first, and what is to be said."""
    document, profile = holding.document, holding.profile
    _, text = leading(document)
    titled, named = _concepts(document.title, vocabulary), _concepts(text, vocabulary)
    asked = subjects(profile, titled, [*titled, *named])
    looked = sample(document.title, text, titled, named)
    hits, own = _by_words(looked, holding, index)
    notes: list[str] = []
    cosines: dict[str, float] = {}
    if vectors is not None:
        try:
            near, cosines = _by_meaning(document.id, set(hits), vectors)
            hits = near | hits
        except (EncoderError, IndexBroken) as error:
            notes.append(f"compared by words alone: {str(error).partition(chr(10))[0]}")
    glances = [each for each in store.glances(list(hits)) if each.work != holding.work and _wanted(each, kinds)]
    candidates = [
        Candidate(
            each,
            hits[each.document],
            _subjects(each, vocabulary),
            hits[each.document].score / own if own > 0 else 0.0,
            cosines.get(each.document),
        )
        for each in glances
    ]
    found = alike(asked, profile.evidence, candidates, _nearness(vocabulary), _Names(vocabulary))
    return found, notes


def _wanted(glance: Glance, kinds: Sequence[DocumentKind]) -> bool:
    return glance.kind in kinds and glance.profile.evidence not in _NEVER


def _subjects(glance: Glance, vocabulary: Vocabulary) -> Subjects:
    return subjects(glance.profile, _concepts(glance.title, vocabulary))


def _by_words(looked: Sample, holding: Holding, index: Index) -> tuple[dict[str, Hit], float]:
    """Return what shares words with a text, and the text's own score: the most that any can have."""
    found = index.like(looked, DEPTH + 1)
    own = [hit.score for hit in found if hit.work == holding.work]
    hits = {hit.document: hit for hit in found if hit.work != holding.work}
    return hits, max([*own, *(hit.score for hit in found)], default=0.0)


def _by_meaning(document: str, known: set[str], vectors: Vectors) -> tuple[dict[str, Hit], dict[str, float]]:
    """Return what is near in meaning beyond what is known, and the cosines of all of them."""
    vector = vectors.of(document)
    if vector is None:
        return {}, {}
    near = vectors.nearest(vector, DEPTH + 1)
    hits = {each.document: Hit(each.document, "", each.span, 0.0) for each in near if each.document not in known}
    cosines = {each.document: each.score for each in near}
    cosines |= {each.document: each.score for each in vectors.scored(vector, sorted(known - cosines.keys()))}
    return hits, cosines


def _once(found: Sequence[Similar]) -> list[Similar]:
    """Return the best document of each work."""
    best: dict[str, Similar] = {}
    for each in found:
        best.setdefault(each.work, each)
    return list(best.values())


def _of_others(holding: Holding, found: Sequence[Similar], store: Store, limit: int) -> tuple[list[Similar], int]:
    """Return what is no other report of the same study, as far as it may be shown, and how many such reports fell out.

    Only what may be shown is looked at: its title, and where the work has registration numbers its text.
    """
    title, trials = plain(holding.document.title), _registered(holding.document)
    seen = found[: limit + _FURTHER]
    same = {each.document for each in seen if title and plain(each.title) == title}
    if trials:
        held = store.holdings([each.document for each in seen if each.document not in same])
        same |= {each.document.id for each in held if trials & _registered(each.document)}
    kept = [each for each in found if each.document not in same]
    return kept, len(found) - len(kept)


def _registered(document: Document) -> frozenset[str]:
    return frozenset((*document.mentioned, *([document.ids.nct] if document.ids.nct else ())))


TALKS = (DocumentKind.QUESTION_PAGE, DocumentKind.STUDY_PAGE)
"""Kinds of pages on which people ask, answer and post."""

_TALKED = Gate(subject=0.55, kin=0.4, near=9.0, words=9.0)
"""Posts are kept by their subject alone, and that has to be central: everyday words are near to anything."""

_PAGES = 40
"""Pages that are looked through for what was asked or posted there."""


def similar_posts(name: str, store: Store, index: Index, vocabulary: Vocabulary, limit: int = 6) -> SimilarTexts:
    """Return the questions and posts of the library's pages that share the subject of what an id names.

    Each question with its replies, and each post, stands on its own: a page about something else may hold one that
    keeps to the subject, and a page that keeps to it may hold many that do not.

    Raises:
        NotHeld: if the library shows nothing under `name`.
        IndexBroken: if the index cannot be read.
    """
    holding = fullest_first(show(name, store))[0]
    document = holding.document
    _, text = leading(document)
    titled, named = _concepts(document.title, vocabulary), _concepts(text, vocabulary)
    asked = subjects(holding.profile, titled, [*titled, *named])
    looked = sample(document.title, text, titled, named, [kind.value for kind in TALKS])
    pages = store.holdings([hit.document for hit in index.like(looked, _PAGES)])
    candidates = [
        each
        for page in pages
        for thread in threads(page.document)
        if (page.work, thread.group) != (holding.work, 0)
        if (each := spoken(page, thread, looked, vocabulary)) is not None
    ]
    found = alike(asked, EvidenceKind.OTHER, candidates, _nearness(vocabulary), _Names(vocabulary), gate=_TALKED)
    notes: list[str] = []
    if len(found) < limit:
        what = "post or question" if len(found) == 1 else "posts and questions"
        notes.append(
            f"Only {len(found)} {what} of this library keep to its subject; {limit} were asked for."
            if found
            else "No post or question of this library shares its subject."
        )
    return SimilarTexts(document.id, tuple(found[: max(limit, 0)]), len(found), limit, tuple(notes))
