"""What a library holds, at a glance, remembered for a while: counting and reading it is too dear for every page."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from curbside.records import Holding, LibraryStatus
from curbside.wiring import Library

SECONDS = 20.0
"""How long a glance is good for while the library changes; one that did not change is never counted again."""

_SAMPLE = 200
_EXAMPLES = 3
_FORMS = ("Does {drug} help in {condition}?", "What dose of {drug} for {condition}?", "Harms of {drug} in {condition}?")


@dataclass(frozen=True, slots=True)
class Glance:
    """What stands under the question box.

    Attributes:
        status: what is held.
        guidelines, research, other: documents of which sort.
        examples: questions made of what the latest documents are about.
    """

    status: LibraryStatus
    guidelines: int
    research: int
    other: int
    examples: tuple[str, ...]


class Glances:
    """Remembers the last glance; safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last: tuple[int, float, Glance] | None = None

    def of(self, library: Library) -> Glance:
        """Return the glance of a library."""
        seq, now = library.store.seq, self._clock()
        last = self._last
        if last is not None and (last[0] == seq or now - last[1] < SECONDS):
            return last[2]
        with self._lock:
            last = self._last
            if last is not None and (last[0] == seq or now - last[1] < SECONDS):
                return last[2]
            glance = taken(library)
            self._last = (seq, now, glance)
        return glance


_RESEARCH = frozenset(
    {
        *("meta-analysis", "systematic review", "randomised trial", "non-randomised trial", "cohort", "case-control"),
        *("cross-sectional", "case series", "case report", "study", "trial registration", "protocol", "laboratory"),
    }
)


def taken(library: Library) -> Glance:
    """Count what is held, and read what the latest documents are about."""
    status = library.status()
    evidence = dict(status.evidence)
    guidelines = evidence.get("guideline", 0)
    research = sum(count for kind, count in evidence.items() if kind in _RESEARCH)
    return Glance(status, guidelines, research, status.documents - guidelines - research, _examples(library))


def _examples(library: Library) -> tuple[str, ...]:
    """Return questions on the pairs of drug and condition that most of the latest documents are about."""
    store = library.store
    latest = [change.document for change in store.changes(max(0, store.seq - _SAMPLE), _SAMPLE)]
    pairs: Counter[tuple[str, str]] = Counter()
    for holding in store.holdings(list(dict.fromkeys(latest))):
        pairs.update(_pair(holding))
    asked: list[str] = []
    drugs: set[str] = set()
    for (drug, condition), _ in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
        names = library.vocabulary.get(drug), library.vocabulary.get(condition)
        if drug in drugs or names[0] is None or names[1] is None or len(asked) >= _EXAMPLES:
            continue
        drugs.add(drug)
        asked.append(_FORMS[len(asked) % len(_FORMS)].format(drug=names[0].name, condition=names[1].name))
    return tuple(asked)


def _pair(holding: Holding) -> list[tuple[str, str]]:
    profile = holding.profile
    if not profile.drugs or not profile.conditions or profile.retracted:
        return []
    return [(profile.drugs[0], profile.conditions[0])]
