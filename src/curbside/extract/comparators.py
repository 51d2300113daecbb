"""What a treatment was compared with."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.stating import fact, phrase
from curbside.extract.subjects import Line, Subject
from curbside.language.linear import linear
from curbside.records import Category, ConceptKind, Fact, Field, Terms

_AGAINST = linear(
    r"\b(?:compared (?:with|to)|in comparison (?:with|to)|comparing|versus|vs\.?|placebo[- ]controlled"
    r"|vehicle[- ]controlled|or (?:matching )?(?:placebo|vehicle|sham)|and placebo"
    r"|than (?:with |in |the )?|relative to|(?:placebo|vehicle|control|comparator|comparison"
    r"|untreated) (?:group|arm|cohort|patients|gel|ointment|cream)s?|matching placebo|controlled with"
    r"|control group)\b"
)
_NOT_AGAINST = linear(
    r"^ ?(?:the |their |its |with |to |those |at )*(?:baseline|before|pre-?treatment|initial|previous"
    r"|prior|pretherapy|historical|healthy|normal|expected|other|those|that|more|\d|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|none|half"
    r"|general|what|published|previously|adults?|children)"
)
_COMPARED = linear(
    r"\b(placebo|vehicle|sham|no treatment|standard (?:of )?(?:care|therapy|treatment)|usual (?:[a-z]+ )?care"
    r"|conventional (?:therapy|treatment)|controls?|observation|best supportive care|untreated)\b"
)
_SET_AGAINST = linear(r"^(?:versus|vs|comparing|compared)")
_OTHER_ARM = linear(
    r"^((?: [a-z0-9][a-z0-9/%-]*){1,6}?)(?:,|;|\.|\)| \(| in | for | as | on | among | after | with "
    r"| and | to |$)"
)
_TREATMENTS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)


def comparators_of(subject: Subject, line: Line) -> Iterator[Fact]:
    """Yield what a sentence sets a treatment against."""
    if line.category in (Category.BACKGROUND, Category.CONCLUSIONS) or "stratified by" in line.low:
        return
    for match in _AGAINST.finditer(line.low):
        if _NOT_AGAINST.match(line.low[match.end() : match.end() + 30]):
            continue
        named = _COMPARED.search(line.low[match.start() : match.end() + 30])
        if named is not None:
            end = max(match.end(), match.start() + named.end(1))
            yield fact(subject, line, (match.start(), end), Field.COMPARATOR, Terms((named.group(1).lower(),)))
            return
        mention = next((m for m in line.of(*_TREATMENTS) if 0 <= m.span.start - match.end() < 25), None)
        if mention is not None and match.group(0) not in {"than"} and mention.concept not in subject.drugs[:1]:
            said = (line.words[mention.span.start : mention.span.end], subject.name(mention.concept))
            at = (match.start(), mention.span.end)
            if said[0].lower() in {"treatment", "therapy", "treatments", "surgery"} and said[1] == said[0].lower():
                continue
            yield fact(subject, line, at, Field.COMPARATOR, Terms(tuple(dict.fromkeys(said)), (mention.concept,)))
            return
        other = _OTHER_ARM.match(line.low[match.end() :])
        if (
            other is not None
            and len(other.group(1)) > 2
            and line.category is not Category.RESULTS
            and _SET_AGAINST.match(match.group(0))
        ):
            at = (match.start(), match.end() + other.end(1))
            yield fact(subject, line, at, Field.COMPARATOR, Terms((phrase(line.words[match.end() : at[1]]),)))
            return


def other_drug(subject: Subject, line: Line) -> Iterator[Fact]:
    """Yield the second drug of a sentence that assigns people: "to rituximab … and 98 patients to cyclophosphamide"."""
    if _DRAWN.search(line.low) is None:
        return
    named = line.of(*_TREATMENTS)
    for mention in named[1:]:
        lead = _OR_TO.search(line.low[max(0, mention.span.start - 50) : mention.span.start])
        if lead is None or mention.concept == named[0].concept or mention.concept in subject.drugs[:1]:
            continue
        said = (line.words[mention.span.start : mention.span.end], subject.name(mention.concept))
        at = (mention.span.start - len(lead.group(0)), mention.span.end)
        yield fact(subject, line, at, Field.COMPARATOR, Terms(tuple(dict.fromkeys(said)), (mention.concept,)))
        return


_DRAWN = linear(
    r"\b(?:assigned|randomi[sz]ed|allocated)\b[^.;(]{0,60}\b(?:to|receive|either|between)\b",
    "assigned",
    "randomi",
    "allocated",
)
_OR_TO = linear(
    r"\b(?:or|versus|vs\.?|and (?:[0-9]+ )?(?:patients |participants |children "
    r"|were )?to)(?: to)?(?: receive)? (?:oral |matching |either )*$"
)
