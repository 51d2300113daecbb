"""Pages on which people talk, taken apart: each question with its replies, and each post, is a subject of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from curbside.language.vocabulary import Vocabulary
from curbside.records import Document, EvidenceKind, Glance, Hit, Holding, PartRole, Profile, Span
from curbside.search.analysis import stems
from curbside.search.sample import Sample
from curbside.search.similar import Candidate
from curbside.search.subjects import Subjects, subjects

_OPENS = frozenset({PartRole.QUESTION, PartRole.POST})
UNTITLED = 0.5
"""How central at the most is what a thread names whose title names no drug and no condition."""

_NOTHING = Profile(EvidenceKind.OTHER)
_SAID = _OPENS | {PartRole.REPLY}


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with its replies, or a post.

    Attributes:
        group: number of the page's subject.
        span: from its first words to its last.
        title: its title, or the first line of what was asked.
        text: the words of those who asked, replied or posted; what nobody signs is left out.
    """

    group: int
    span: Span
    title: str
    text: str


def threads(document: Document) -> list[Thread]:
    """Return the questions and posts of a page, in order."""
    found: list[Thread] = []
    for group in dict.fromkeys(part.group for part in document.parts if part.role in _OPENS):
        parts = [part for part in document.parts if part.group == group and part.role in _SAID]
        titles = [part.title.of(document.text) for part in parts if part.title is not None]
        text = "\n".join(part.span.of(document.text) for part in parts)
        title = titles[0] if titles else document.title if group == 0 else text
        span = Span(parts[0].span.start, parts[-1].span.end)
        found.append(Thread(group, span, " ".join(title.split("\n", 1)[0].split()), text))
    return found


def spoken(page: Holding, thread: Thread, looked: Sample, vocabulary: Vocabulary) -> Candidate | None:
    """Return a thread as a candidate, or None where it names no drug and no condition."""
    titled = [mention.concept for mention in vocabulary.mentions(thread.title)]
    named = [*titled, *(mention.concept for mention in vocabulary.mentions(thread.text))]
    # What is asked says what it is about; what a reply names beside it does not.
    counts = Counter([each for each in titled if each[0] in "dc"] or named)
    about = replace(_NOTHING, drugs=_ranked(counts, "d"), conditions=_ranked(counts, "c"))
    own = subjects(about, titled, counts.elements())
    if not any(each[0] in "dc" for each in titled):
        # What is asked has a name that is not known here; what else is named is less surely the subject.
        own = Subjects(
            {each: UNTITLED * central for each, central in own.drugs.items()},
            {each: UNTITLED * central for each, central in own.conditions.items()},
        )
    if not own.drugs and not own.conditions:
        return None
    document, profile = page.document, page.profile
    glance = Glance(
        document.id,
        page.work,
        document.kind,
        thread.title,
        document.year,
        replace(about, evidence=profile.evidence, retracted=profile.retracted, noticed=profile.noticed),
    )
    return Candidate(glance, Hit(document.id, page.work, thread.span, 0.0), own, _overlap(thread, looked))


def _ranked(counts: Counter[str], kind: str) -> tuple[str, ...]:
    return tuple(sorted((each for each in counts if each[0] == kind), key=lambda each: (-counts[each], each)))


def _overlap(thread: Thread, looked: Sample) -> float:
    """Return the share of a thread's different words that the text asked about has too."""
    words: Sequence[str] = list(dict.fromkeys(stems(f"{thread.title}\n{thread.text}")))
    return sum(word in looked.words for word in words) / len(words) if words else 0.0
