"""Warnings, contraindications, interactions and advice on monitoring."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.harm_words import EVENT
from curbside.extract.stating import clause, fact, phrase
from curbside.extract.subjects import Line, Subject
from curbside.language.cues import negated
from curbside.language.linear import Patterns, linear
from curbside.records import Category, Fact, Field, Span, Terms

_WARNED_WORDS = (
    r"\b(?:(?:concerns?|cautions?|warnings?|caveats?|boxed|black[- ]box)\b(?: about| regarding| over| of| for| that)?"
    r"|(?:potential|possible|theoretical|increased|higher|long-term|serious|significant) (?:risks?"
    r"|danger|hazards?) (?:of|for|associated)"
    r"|should be used (?:with caution|cautiously)|with (?:great |extreme )?caution|(?:should"
    r"|must) (?:not|never) be (?:used|given|administered)"
    r"|(?:should|must) be avoided|warns?|be aware|risk of death|high incidence of)\b"
)
_WARNED = linear(_WARNED_WORDS)
_CONTRA_WORDS = r"\bcontra-?indicat\w+"
_CONTRA = linear(_CONTRA_WORDS)
_INTERACT_WORDS = (
    r"\b(?:drug[- ]drug interactions?|drug interactions?|interacts? with|interactions? (?:with"
    r"|between)|cyp3a4?(?:/5)?(?: inhibitors?| inducers?)?|p-glycoprotein|grapefruit"
    r"|pharmacokinetic interactions?)\b"
)
_INTERACT = linear(_INTERACT_WORDS)
_MONITOR_WORDS = (
    r"\b(?:monitor(?:ed|ing|s)?|surveillance of|follow-up (?:visits?|examinations?|imaging)"
    r"|should be (?:carefully |closely |regularly |routinely |frequently )?(?:checked|screened|measured|followed|tested"
    r"|assessed|controlled)"
    r"|keep an eye on|(?:regular|routine|periodic|careful|close|frequent|weekly|monthly) (?:check"
    r"|examination|blood|laboratory|assessment|follow-up|screening|measurement|observation)s?"
    r"|(?:examinations?|tests?|checks?|screening|measurements?|levels?) (?:is|are|should be"
    r"|must be) (?:recommended|required|advised|needed|performed|done|checked)"
    r"|therapeutic drug monitoring|(?:sun|uv|ultraviolet) (?:protection|avoidance|precautions?)"
    r"|sunscreen"
    r"|(?:antibiotic|antimicrobial|pneumocystis|pcp) prophylaxis|prophylactic antibiotics?"
    r"|precautions?|vigilan\w+|use the antibiotics)\b"
)
_MONITOR = linear(_MONITOR_WORDS)
_ADVISED = linear(
    r"\b(?:should|must|need(?:s|ed)?|necessary|essential|recommend\w*|requir\w+|careful\w*"
    r"|close(?:ly)?|regular\w*|routine\w*"
    r"|important|strict\w*|advis\w+|warrant\w*|keep an eye|mandatory|crucial|prudent|vigilan\w+|be aware|prophyla\w+)\b"
)
"""What makes a word of watching a piece of advice."""
_MONITOR_NOISE = linear(
    r"\b(?:were|was) (?:consecutively )?(?:enrolled|monitored|followed|collected)"
    r"|enrolled and monitored|monitoring committee|blood pressure monitoring|data monitoring"
    r"|monitored (?:at|from|during|every|for)"
)
_NO_DRUGS = linear(
    r"\binteractions? (?:with|between) (?:treatment|time|group|age|sex|the|baseline|gene)"
    r"|\bno (?:significant )?interaction|for interaction"
)
_WARN_NOISE = linear(r"no (?:safety )?concerns?|informed consent|concerned")
_CAUTIONS = Patterns((_WARNED_WORDS, _CONTRA_WORDS, _INTERACT_WORDS, _MONITOR_WORDS))
"""Tried in one pass before any of them is tried alone."""
STUDY = frozenset({Category.METHODS, Category.OBJECTIVE})


def cautions_of(subject: Subject, line: Line) -> Iterator[Fact]:
    """Yield the warnings, contraindications, interactions and advice on monitoring of a sentence, one of each kind."""
    if line.category in (Category.METHODS, Category.RESULTS) and line.body:
        return
    said = _CAUTIONS.found(line.low)
    if not said:
        return
    rows = (
        (Field.WARNING, _WARNED, _WARN_NOISE),
        (Field.CONTRAINDICATION, _CONTRA, None),
        (Field.INTERACTION, _INTERACT, _NO_DRUGS),
        (Field.MONITORING, _MONITOR, _MONITOR_NOISE),
    )
    for field, pattern, noise in rows:
        if field is Field.MONITORING and line.category in STUDY:
            continue
        match = pattern.search(line.low)
        if field is Field.MONITORING and match is not None and _ADVISED.search(line.low) is None:
            continue
        if match is None or (noise is not None and noise.search(line.low)):
            continue
        if (
            field is Field.WARNING
            and not EVENT.search(line.low)
            and "avoid" not in line.low
            and "caution" not in line.low
            and "not be" not in line.low
        ):
            continue
        first, last = clause(line.low, match.start(), match.end())
        said = phrase(line.words[first:last])
        names = [subject.name(m.concept) for m in line.mentions if first <= m.span.start < last]
        concepts = tuple(dict.fromkeys(m.concept for m in line.mentions if first <= m.span.start < last))
        yield fact(
            subject, line, (first, last), field, Terms(tuple(dict.fromkeys([said, *names])), concepts),
            negated=negated(line.words, Span(match.start(), match.end())),
        )  # fmt: skip
