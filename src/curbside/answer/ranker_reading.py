"""A sentence and a question as the learned ranker sees them: stems, pairs of stems, cues, short forms, numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from curbside.language.linear import Patterns, linear
from curbside.language.short_forms import definitions
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words
from curbside.records import Expansion

SAID: Mapping[str, str] = {
    "number": r"\d",
    "percent": r"\d ?%",
    "bracket": r"\(",
    "is a": r"(?i)\b(?:is|are) (?:an?|the)\b",
    "negated": r"(?i)\b(?:no|not|without|failed|lack|neither)\b",
    "hedged": r"(?i)\b(?:may|might|could|suggest\w*|possibl\w+|potential\w*|likely)\b",
    "effect": r"(?i)effective|efficacy|improv|benefi|treat|therap|approved",
    "cause": r"(?i)caus|mutation|associated|risk|due to",
    "mechanism": r"(?i)mechanism|inhibit|activat|regulat|role|function|mediat|bind",
    "list": r"(?i),[^,]{1,200},.{1,200}\b(?:and|or) ",
    "concludes": r"(?i)conclu|in summary|we (?:found|show|demonstrat|report)|(?:these|our) (?:results|data|findings)",
    "aim": r"(?i)\b(?:aim|objective|purpose|investigate|to (?:assess|evaluate|determine|examine))",
    "diagnosis": r"(?i)diagnos|symptom|characteri[sz]ed by|syndrome|features|manifest",
    "approval": r"\b(?:Inc|Ltd|company|FDA|[Aa]pprov)",
    "year": r"\b(?:19|20)\d\d",
}
"""Name -> what a sentence says, and how; all of them are looked for in one pass."""

ASKED: Mapping[str, str] = {
    "yes or no": r"(?i)^(?:is|are|was|were|does|do|did|can|could|has|have|had|should|will|would)\b",
    "list": r"(?i)^(?:list|name|please list|which .{0,60}(?:drugs|genes|proteins|diseases|are))",
    "which": r"(?i)^(?:which|what)",
    "how": r"(?i)^how",
    "how many": r"(?i)how (?:many|much|long|often)|percent|proportion|number of|prevalence|incidence|frequen"
    r"|\brate|dose|\bage\b",
    "name": r"(?i)stands? for|abbrev|acronym",
    "definition": r"(?i)defin(?:e|ition)|^what (?:is|are) (?:an? |the )?[\w-]+\??$|^describe|^explain",
    "mechanism": r"(?i)mechanism|how do(?:es)?|mode of action|function|role",
    "effect": r"(?i)effective|treat|therap|used|indicat|approved|improve|help|benefi",
    "cause": r"(?i)cause|associat|risk|linked|mutat|gene",
    "target": r"(?i)target|inhibit|bind|interact",
    "where": r"(?i)where|locali|tissue|organ|cell|located",
    "who": r"(?i)\bwho\b|company|when|year|manufact",
    "diagnosis": r"(?i)diagnos|symptom|sign|manifest|characteri|syndrome|test",
}
"""Name -> what a question asks for, and in what form."""

_SAID, _ASKED = Patterns(tuple(SAID.values())), Patterns(tuple(ASKED.values()))
_NUMBER = linear(r"\d+")
_PRINTED = linear(r"[\w-]*(?:[A-Z][\w-]*[A-Z]|[0-9])[\w-]*")
_MOST_NAMES, _MOST_IDS = 6, 3  # of a concept, whose words are looked for beside the question's own
_REMEMBERED = 16_384
_LONGEST = 4_000  # code points read of one sentence


@dataclass(frozen=True, slots=True, eq=False)
class SentenceRead:
    """What the ranker sees of a sentence.

    Attributes:
        text: its words as printed.
        counts: content stem -> how often.
        size: content words, repeats counted.
        pairs: content stems that stand next to each other.
        cues: for each name of `SAID` whether the sentence has it.
        numbers: printed numbers.
        defined: short forms with the words of their long forms, as the sentence defines them.
    """

    text: str
    counts: Mapping[str, int]
    size: int
    pairs: frozenset[tuple[str, str]]
    cues: tuple[bool, ...]
    numbers: int
    defined: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AskedRead:
    """What the ranker sees of a question.

    Attributes:
        text: the question.
        stems: content stems in order, each once.
        pairs: stems that stand next to each other, in order.
        further: stems of other names of what is asked about, none of them among `stems`.
        printed: words with capitals inside or digits, as printed.
        concepts: for each concept the ids that answer for it.
        cues: for each name of `ASKED` whether the question has it.
        size: words of the question.
    """

    text: str
    stems: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    further: tuple[str, ...]
    printed: tuple[str, ...]
    concepts: tuple[frozenset[str], ...]
    cues: tuple[bool, ...]
    size: int


@lru_cache(maxsize=_REMEMBERED)
def sentence_read(text: str) -> SentenceRead:
    """Read a sentence; the same words are read once."""
    text = text[:_LONGEST]
    stems = content_words(text)
    return SentenceRead(
        text,
        Counter(stems),
        len(stems),
        frozenset(pairwise(stems)),
        _flags(_SAID, text, len(SAID)),
        len(_NUMBER.findall(text)),
        tuple((one.short.of(text), one.long.of(text)) for one in definitions(text)),
    )


def _flags(patterns: Patterns, text: str, n: int) -> tuple[bool, ...]:
    found = set(patterns.found(text))
    return tuple(at in found for at in range(n))


def named_by(defined: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return lower-case name -> the names that texts give it beside, from pairs of short and long form."""
    made: dict[str, set[str]] = {}
    for short, long in defined:
        made.setdefault(short.lower(), set()).add(long)
        made.setdefault(long.lower(), set()).add(short)
    return {name: frozenset(others) for name, others in made.items()}


def asked_read(
    text: str, expansions: Sequence[Expansion], vocabulary: Vocabulary, names: Mapping[str, frozenset[str]]
) -> AskedRead:
    """Read a question; `names` are what the texts at hand call things beside (`named_by`)."""
    said = content_words(text)
    stems = tuple(dict.fromkeys(said))
    ids = [each_id for each in expansions for each_id in each.ids[:_MOST_IDS]]
    others = [name for each_id in ids for name in vocabulary.names(each_id)[:_MOST_NAMES]]
    words = [word.strip("?.,;:()\"'") for word in text.split()]
    lower = [word.lower() for word in words]
    for width in range(1, 7):
        for at in range(len(lower) - width + 1):
            others += sorted(names.get(" ".join(lower[at : at + width]), ()))
    further = dict.fromkeys(stem for name in others for stem in content_words(name) if stem not in stems)
    return AskedRead(
        text,
        stems,
        tuple(dict.fromkeys(pairwise(said))),
        tuple(further),
        tuple(word for word in words[1:] if _PRINTED.match(word)),
        tuple(frozenset(each.ids) for each in expansions),
        _flags(_ASKED, text.strip(), len(ASKED)),
        len(words),
    )
