"""What people were studied, in the words of the text, cut where the words turn to something else."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.enrolled import PART, PEOPLED, N, is_people
from curbside.extract.stating import clause, fact, phrase
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import NUMBER, PEOPLE
from curbside.language.groups import populations
from curbside.language.linear import linear
from curbside.language.words import listed
from curbside.records import Category, ConceptKind, Fact, Field, PartRole, Terms

_WHOM = linear(
    rf"\b(?:in|among|for|of|on) (((?:[a-z][a-z0-9/-]* ){{0,4}}?){PEOPLE}\b"
    r"(?: (?:with|diagnosed with|suffering from|who (?:have|had|were)|aged|undergoing|younger than|older than|under"
    r"|over) [^.;,()]{3,80})?)"
)
_LED_BY = linear(
    r"\b(?:in|among|for|of|on|to|with|and|or|the|between|from|by|than|as|at) $|\b(?:in|among|for|of|on"
    r"|to|between|from|by|than|as) "
)
_COMMON_WHOM = listed(
    """
    the these those all our both some such most many other remaining each patients this any more several few affected
    further two three four five six total number data results that a an
    """
)
_COUNTED = linear(rf"^(?:[a-z]+ )?{NUMBER} ")
_WHOM_END = linear(
    r"[():]|, (?:[0-9]|one |two |three |four |and )| (?:were|was|who|is|are|can|could|may|might|should|must|will"
    r"|would|has|have|had|did|does|do|ranging|ranged|of whom|being|met|meeting"
    r"|accounting|representing|(?:[a-z]+ly )?(?:showed|improved|received|underwent)"
    r"|and its|treated with|that|by|at|after|from|to|using|on|as|compared|versus|vs)\b"
)


def populations_of(subject: Subject) -> Iterator[Fact]:
    """Yield up to four populations of a subject, and who the people counted were."""
    seen: set[str] = set()
    for line in subject.lines:
        if len(seen) >= 4 or line.category is Category.RESULTS or line.body or line.role is PartRole.QUESTION:
            continue
        for start, low, end in _groups(line):
            words = line.low[low:end]
            if words in seen or not _tells(words):
                continue
            seen.add(words)
            said = phrase(line.words[low:end])
            yield fact(subject, line, (start, end), Field.POPULATION, Terms((said, *populations(words))))
            break
    if subject.reports:
        yield from _numbered(subject, seen)


def _groups(line: Line) -> Iterator[tuple[int, int, int]]:
    """Yield where a sentence names people: from its preposition, from the words themselves, to their end."""
    at = 0
    while PEOPLED.search(line.low[at:]) and (match := _WHOM.search(line.low[at:])) is not None:
        start, low, end = at + match.start(), at + match.start(1), at + match.end(1)
        if _LED_BY.search(match.group(2)):  # "of life quality in patients": begin again at the last preposition
            at = low
            continue
        yield start, low, _group_end(line, low, end)
        at = end


_GIVEN = linear(r"^ with (?:(?:oral|topical|systemic|intravenous|low-dose|high-dose|the|either|combined) )*$")


def _group_end(line: Line, low: int, end: int) -> int:
    """Cut what no longer says who the people are; "and" goes on only where another condition follows."""
    ended = _WHOM_END.search(line.low[low:end])
    end = low + ended.start() if ended is not None else end
    for mention in line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS):  # "with sirolimus" is what they got
        given = line.low.rfind(" with ", low, mention.span.start)
        if low < mention.span.start < end and line.low.endswith(", ", low, mention.span.start):
            end = mention.span.start - 2
        if low < given and mention.span.start < end and _GIVEN.match(line.low[given : mention.span.start]):
            end = given
    at = line.low.find(" and ", low, end)
    while at >= 0:
        if not any(at < mention.span.start < at + 30 for mention in line.of(ConceptKind.CONDITION)):
            return at
        at = line.low.find(" and ", at + 5, end)
    return end


def _numbered(subject: Subject, seen: set[str]) -> Iterator[Fact]:
    """Yield who the people counted were: "13 patients diagnosed with …"."""
    for line in subject.lines:
        if line.category in (Category.BACKGROUND, Category.RESULTS, Category.CONCLUSIONS) or line.body:
            continue
        for match in N.finditer(line.low):
            if not is_people(match) or PART.search(line.low[max(0, match.start() - 20) : match.start()]):
                continue
            _, end = clause(line.low, match.start(), match.end())
            end = _group_end(line, match.start(2), end)
            words = line.low[match.start(2) : end]
            if words not in seen and len(words) < 120 and _tells(words):
                said = phrase(line.words[match.start(2) : end])
                yield fact(subject, line, (match.start(), end), Field.POPULATION, Terms((said, *populations(words))))
                return


_HANGING = listed("with of in on and or the a an by to for from at aged age their than in")
"""Words that no population ends on."""


def _tells(words: str) -> bool:
    """Tell whether words say more of people than that they are people."""
    told = [word for word in words.split() if word not in _COMMON_WHOM]
    if _COUNTED.search(words) or words.rsplit(maxsplit=1)[-1] in _HANGING:
        return False
    return len(told) >= 2 or bool(populations(words))
