"""Citations as reviewers left them: where two agree with a flag, the class is theirs, and what the model said stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.records import Citation, Flag, Judgement, letters_of

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A citation with the flags on it.

    Attributes:
        citation: with the class that holds.
        flags: flags on it, in the order of coming.
        changed: the flag that its class comes from, or None where the judge's class holds.
    """

    citation: Citation
    flags: tuple[Flag, ...] = ()
    changed: Flag | None = None


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are one person's: case, accents, blanks and full stops make no other."""
    return letters_of(one) == letters_of(other)


def names(flag: Flag) -> str:
    """Return who changed a class: "Ann Lee and Bo Ek"."""
    *first, last = flag.agreed
    return f"{', '.join(first)} and {last}" if first else last


def reviewed(
    citations: Sequence[Citation], flags: Sequence[Flag], text: str, keys: Mapping[int, Sequence[str]]
) -> list[Reviewed]:
    """Return the citations of one document with the classes that reviewers agreed on.

    A flag is on the citation that it names. Where there is none of that name, because the text or its reading has
    changed, it is on the citation of the same work at the same place of a sentence of the same words; where there is
    none either, it rests. Of two flags that were agreed on the later holds.

    Args:
        citations: of one document, in order.
        flags: on documents of its work, in the order of coming.
        text: the document's text.
        keys: joining keys, or the key of the title, of each entry of its list.
    """
    if not flags:
        return [Reviewed(citation) for citation in citations]
    here = {citation.id for citation in citations}
    moved: dict[tuple[str, int, str], list[Flag]] = {}
    named: dict[str, list[Flag]] = {}
    for flag in flags:
        if flag.citation in here:
            named.setdefault(flag.citation, []).append(flag)
        else:
            at = _bare(flag.words[: flag.marker.start]) if flag.marker else ""
            moved.setdefault((_bare(flag.words), len(at), flag.key), []).append(flag)
    return [_with(each, [*named.get(each.id, ()), *_moved(each, moved, text, keys)]) for each in citations]


def _moved(
    citation: Citation, moved: Mapping[tuple[str, int, str], list[Flag]], text: str, keys: Mapping[int, Sequence[str]]
) -> list[Flag]:
    if not moved:
        return []
    sentence, marker = citation.statement.sentence, citation.statement.marker
    words, before = _bare(sentence.of(text)), len(_bare(text[sentence.start : marker.start]))
    # An entry without any key is known by the place of its marker alone.
    return [flag for key in keys.get(citation.reference, ()) or ("",) for flag in moved.get((words, before, key), ())]


def _bare(words: str) -> str:
    return _BLANKS.sub("", words)


def _with(citation: Citation, flags: list[Flag]) -> Reviewed:
    flags.sort(key=lambda flag: flag.number)
    agreed = [flag for flag in flags if flag.changed]
    if not agreed:
        return Reviewed(citation, tuple(flags))
    last, said = agreed[-1], citation.judgement
    who = names(last)
    reason = f"changed by {who}; {said.maker or 'the model'} said {said.stance.value} {_share(said.probability)}"
    judgement = Judgement(last.stance, 1.0, (), reason, who)
    return Reviewed(replace(citation, judgement=judgement), tuple(flags), last)


def _share(probability: float) -> str:
    return f"{probability:.2f}".removeprefix("0")
