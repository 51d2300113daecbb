"""The conditions that a text is about, apart from what befell people under treatment."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.harm_words import EVENT, NAMED_HARM
from curbside.extract.stating import fact
from curbside.extract.subjects import Line, Subject
from curbside.language.linear import linear
from curbside.records import Category, ConceptKind, Fact, Field, Mention, Terms

_JOINED = linear(
    r"^(?: ?[(\[][^)\]]{0,16}[)\]])?,? ?(?:and/or|and|or|,|/|as well as|in|complicated with|with"
    r"|related) ?(?:the )?(?:refractory |severe |chronic |acute )?$|^ ?\(?$|^[)]? ?(?:,|and) ?$"
)
_ADJECTIVES = linear(
    r"(?:\b(?:refractory|cutaneous|facial|cervicofacial|relapsed|chronic|acute|severe|recurrent"
    r"|pediatric|paediatric|primary"
    r"|secondary|idiopathic|complicated|congenital|metastatic|advanced|residual|intractable"
    r"|treatment-resistant|moderate|oral"
    r"|extensive|diffuse|active|newly diagnosed|steroid-refractory|relapsed/refractory|sporadic"
    r"|persistent|large|inoperable)[ /])+$"
)
_USE = linear(
    r"(?:\b(?:treatments? of|treating|treat|prevention of|prevent(?:ing)?|management of"
    r"|prophylaxis (?:of|against)|therapy (?:of|for)|treated for|diagnosed with|indicated for"
    r"|used for)(?: the)?(?: [a-z-]+){0,3} )$",
    "treat",
    "prevent",
    "management of",
    "prophylaxis",
    "therapy",
    "diagnosed with",
    "indicated for",
    "used for",
)
_SETTING = linear(
    r"^(?: ?\([^)]{1,16}\))?(?: in [a-z][a-z -]{3,50}?(?:recipients|patients|children|adults|infants"
    r"|complex|\([A-Z]{2,6}\)))?"
)


def conditions_of(subject: Subject, line: Line) -> Iterator[Fact]:
    """Yield the conditions of a sentence, those of one phrase together; in results only those that are treated."""
    run: list[Mention] = []
    named = [
        each for each in line.of(ConceptKind.CONDITION) if not _HARM.match(line.low[each.span.start : each.span.end])
    ]
    for mention in [*named, None]:
        if mention is not None and run:
            gap = line.low[run[-1].span.end : mention.span.start]
            if len(gap) < 45 and _JOINED.match(gap):
                run.append(mention)
                continue
        if run:
            made = _condition(subject, line, run)
            if made is not None:
                yield made
        run = [mention] if mention is not None else []


_HARM = linear(r"^(?:[a-z-]+ )?(?:toxicit(?:y|ies)|adverse|side[- ]effects?|complications?|death|mortality)")
"""What is a harm by its name, though the vocabulary has it as a condition."""


def _condition(subject: Subject, line: Line, run: list[Mention]) -> Fact | None:
    start, end = run[0].span.start, run[-1].span.end
    concepts = tuple(dict.fromkeys(mention.concept for mention in run))
    before = line.low[max(0, start - 60) : start]
    used = _USE.search(before)
    if used is None and line.category is Category.RESULTS and not set(concepts) & set(subject.conditions[:1]):
        return None
    if used is None and subject.reports and not set(concepts) & set(subject.conditions[:8]):
        return None
    if used is None and not subject.reports and EVENT.search(line.low[start:end]) and NAMED_HARM.search(line.low):
        return None
    if (
        used is None
        and subject.reports
        and NAMED_HARM.search(line.low)
        and not set(concepts) & set(subject.conditions[:2])
    ):
        return None
    asked = used is None and subject.reports and not _titled(subject, concepts)
    if asked and (_CAUSED.search(before) or (EVENT.search(line.low[start:end]) and not _SUFFERED.search(before))):
        return None  # it came, perhaps of the treatment; nobody was treated for it
    lead = _ADJECTIVES.search(before)
    start -= len(used.group(0)) if used is not None else len(lead.group(0)) if lead is not None else 0
    setting = _SETTING.match(line.words[end : end + 80])
    end += setting.end() if setting is not None else 0
    names = [line.words[mention.span.start : mention.span.end] for mention in run]
    words = tuple(dict.fromkeys([*names, *(subject.name(concept) for concept in concepts)]))
    return fact(subject, line, (start, end), Field.CONDITION, Terms(words, concepts))


_CAUSED = linear(
    r"\b(?:caus(?:e|es|ed|ing)|leads? to|leading to|led to|results? in|resulted in|resulting in|complicated by"
    r"|developed|develop|risk of|incidence of|no) (?:[a-z-]+ ){0,2}$"
)
_SUFFERED = linear(r"\b(?:with|for|of|against|having|from|and|or|resistant|refractory|recurrent) (?:[a-z/-]+ ){0,3}$")
"""What stands before a condition that people have, rather than before an event that happened to them."""


def _titled(subject: Subject, concepts: tuple[str, ...]) -> bool:
    """Tell whether the title names one of the conditions."""
    if concepts[:1] == subject.conditions[:1]:
        return True
    titled = {m.concept for line in subject.lines if line.heading for m in line.mentions}
    return bool(titled & {*concepts})
