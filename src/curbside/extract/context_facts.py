"""What surrounds a treatment: line of therapy, prior treatment, mechanism, synonyms, laboratory values, certainty."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.comparators import comparators_of, other_drug
from curbside.extract.conditions import conditions_of
from curbside.extract.stating import clause, fact, figures, phrase, repeats
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import plain
from curbside.language.cues import LEVEL, negated
from curbside.language.linear import Pattern, Patterns, linear
from curbside.language.numbers import numbers
from curbside.records import Category, ConceptKind, Fact, Field, Number, PartRole, Span, Terms

_LINE_OF_WORDS = (
    r"\b(?:first|second|third|fourth|1st|2nd|3rd|front|further|last|later|subsequent"
    r"|initial)[- ](?:or (?:third|second|further|later)[- ])?(?:and (?:third"
    r"|second)[- ])?line\b(?:,? (?:or|and|to) (?:first|second|third|fourth|further|later)[- ]line)?"
    r"|\bfirst choice\b|\bsteroid-sparing\b|\brescue (?:therapy|treatment)\b|\bsalvage (?:therapy"
    r"|treatment)\b|\badd-on (?:therapy|treatment)\b|\bmonotherapy\b|\blast resort\b"
)
_LINE_OF = linear(_LINE_OF_WORDS)
_FIRST_LINE = linear(
    r"\b(?:first-line|front-line|first line|frontline|standard|initial) (?:therap(?:y|ies)|treatments?"
    r"|drugs?|agents?|options?|medications?)\b|\b(?:is|are|as|remain"
    r"|remains) (?:the )?(?:recommended )?(?:first-line|first line|front-line)\b",
    "first",
    "front",
)
_INCLUDES = linear(r"\b(?:first|front)[- ]?line\b")
_PRIOR_WORDS = (
    r"\b(?:had (?:all )?(?:previously |already |been )*(?:received|failed|undergone|been treated"
    r"|tried)|previously (?:treated|untreated|received|failed)|prior (?:therap|treatment|use|exposure"
    r"|surg|line)\w*"
    r"|previous (?:therap|treatment|surg|medic)\w*|refractory to|failed (?:to respond to|at least"
    r"|prior|previous|first|standard|conventional|other|corticosteroids|steroids|multiple|\d)"
    r"|failure of (?:traditional|conventional|standard|prior|previous|first|[a-z]+ therapy)"
    r"|resistant to|unresponsive to|intolerant (?:of|to)|dependent on (?:steroids|corticosteroids"
    r"|transfusions?)|steroid-(?:dependent|refractory|resistant)|after failure of|na[iï]ve)\b"
)
_PRIOR = linear(_PRIOR_WORDS)
_SYNONYM = linear(
    r"\b(?:also (?:known|called|referred to|named) as|also called|formerly (?:known as|called)"
    r"|previously (?:known as|called)|otherwise known as|known as|trade name|brand name|marketed as"
    r"|a\.k\.a\.) (?:the )?",
    "known as",
    "called",
    "also referred",
    "also named",
    "trade name",
    "brand name",
    "marketed as",
    "a.k.a.",
)
_MECHANISM_WORDS = (
    r"\b(?:by (?:inhibiting|blocking|modulating|suppressing|activating|binding|reducing|acting)"
    r"|inhibit(?:s|ing|ed|ion of)? (?:the |of )?(?:[a-z0-9-]+ ){0,4}?(?:mtor\w*|mammalian target"
    r"|pathway|signal\w*|activation|proliferation|synthesis|production|complex|calcineurin|receptor"
    r"|kinase|angiogenesis|vegf)"
    r"|mechanism of action|mechanisms? by which|works? by|acts? (?:by|as|on|through|via)"
    r"|(?:an|is an?|are) inhibitors? of (?:the )?(?:mammalian target|mtor|calcineurin|mechanistic)"
    r"|(?:is|are) (?:an? )?(?:[a-z0-9()/-]+,? ){0,6}?(?:antagonists?|agonists?|inhibitors?|blockers?|modulators?)\b"
    r"|blocks? the|binds? to"
    r"|through (?:the )?(?:inhibition|suppression|blockade)|ability to (?:inhibit"
    r"|increase|suppress|block|reduce)|activat(?:es|ing) the)"
)
_MECHANISM = linear(_MECHANISM_WORDS)
_LEVELED_WORDS = (
    r"\b(?:(?:high|moderate|low|very low|poor)[- ](?:quality|certainty)(?: of)? (?:of )?evidence"
    r"|(?:quality|certainty|strength|level)s? of (?:the )?evidence|evidence (?:is|was"
    r"|remains) (?:limited|weak|mixed|low|scarce|insufficient|strong)|limited (?:evidence|data)"
    r"|data quality is \w+|(?:strong|weak|conditional) recommendations?|expert opinion"
    r"|grade [ab12][abc+-]? (?:evidence|recommendation)|need for more [a-z, -]{0,30}(?:studies|trials)"
    r"|(?:more|further|larger|additional|extensive) [a-z, -]{0,40}?(?:studies|trials"
    r"|research)[a-z ]{0,20} (?:are|is|were|to) (?:needed|required|warranted|necessary|establish)"
    r"|under investigation)\b"
)
_LEVELED = linear(_LEVELED_WORDS)
_LASTING_WORDS = (
    r"\b(?:durab(?:le|ility)|sustained|long-lasting|long-term (?:remission|response|control|efficacy)"
    r"|maintained (?:for|until|during|over|after)|(?:limited to|only during|as long as"
    r"|dependent on) (?:the )?(?:duration of )?(?:treatment|therapy)"
    r"|after (?:stopping|discontinuation|cessation|withdrawal)|(?:re-?lapsed?|recurred|recurrences?"
    r"|rebound|regrowth|re-?growth|re-?expansion)[a-z ]{0,20} (?:after|upon|following|on|when|within)"
    r"|upon (?:discontinuation|withdrawal|cessation)|remained (?:in remission|stable|disease-free)"
    r"|persist(?:ed|s|ence))\b"
)
_LASTING = linear(_LASTING_WORDS)
_SIGN_WORDS = (
    r"\b(?:signs?|indicat(?:e|es|ed|ors?)|herald(?:s|ed)?|predict(?:s|ed|ors?)|markers?"
    r"|warning)\b[^.;]{0,40}?\b(?:recurrences?|relapses?|rebound|regrowth|progression"
    r"|flares?)\b(?: of [a-z0-9-]+)?[^.;]{0,140}"
)
_SIGN = linear(_SIGN_WORDS)
_GROUPED_WORDS = (
    r"\b(?:sub-?groups?|subsets?|subtypes?|respond(?:ed|ing|s)? (?:well|better|less|poorly)|(?:less"
    r"|more|better|poorer|poorly) respon(?:sive|se|ders?|ded)|(?:more|less) effective in|(?:higher"
    r"|lower|better|worse|greater) (?:in|among) (?:patients|children|adults|those|women|men|infants"
    r"|younger|older)|stratified|compared with (?:children|adults|older|younger))\b"
)
_GROUPED = linear(_GROUPED_WORDS)
_LABS = linear(
    r"\b((?:platelet|neutrophil|leukocyte|leucocyte|lymphocyte|white blood cell|white cell|red cell"
    r"|reticulocyte|wbc|cd4)s?(?: counts?)?|ha?emoglobin(?: levels?)?|creatinine(?: levels?"
    r"| clearance)?|fibrinogen(?: levels?)?"
    r"|bilirubin|cholesterol|triglycerides?|crp|c-reactive protein|esr|alt|ast|ferritin|albumin"
    r"|d-dimers?|ige|glucose|hba1c|ldh|egfr|gfr|proteinuria|vegf-d)\b"
    r"[^.;,()0-9]{0,40}?\b(?:was|were|is|of|as low as|as high as|dropped to|fell to|rose to"
    r"|increased to|decreased to|only|to|at|:|=|<|>|below|above|under|over) ?(?:only |about "
    r"|approximately |around |as low as |as high as )?$",
    "platelet",
    "neutrophil",
    "leukocyte",
    "leucocyte",
    "lymphocyte",
    "white",
    "reticulocyte",
    "wbc",
    "cd4",
    "globin",
    "creatinine",
    "fibrinogen",
    "bilirubin",
    "cholesterol",
    "triglyceride",
    "crp",
    "c-reactive",
    "esr",
    "alt",
    "ast",
    "ferritin",
    "albumin",
    "dimer",
    "ige",
    "glucose",
    "hba1c",
    "ldh",
    "gfr",
    "proteinuria",
    "vegf",
    "red cell",
)
_SILENT = frozenset({Category.BACKGROUND})
_ANY = Patterns(
    (
        _LINE_OF_WORDS,
        _PRIOR_WORDS,
        _MECHANISM_WORDS,
        f"(?:{_LEVELED_WORDS})|evidence",
        _LASTING_WORDS,
        _SIGN_WORDS,
        _GROUPED_WORDS,
    )
)
"""Those of `_CLAUSES`, in its order, tried in one pass before any of them is tried alone."""


def context(subject: Subject) -> Iterator[Fact]:
    """Yield what stands around the treatment of a subject."""
    seen: set[tuple[bool, str]] = set()
    for line in subject.lines:
        if line.body and line.category is not Category.METHODS:
            continue
        for made in conditions_of(subject, line):
            if not subject.reports or not repeats(line, made, seen):
                yield made
        if line.heading:
            continue
        yield from _lab(subject, line)
        yield from _synonyms(subject, line)
        if line.role is PartRole.QUESTION:
            continue
        yield from _first_line(subject, line)
        if subject.reports:
            yield from comparators_of(subject, line)
            yield from other_drug(subject, line)
        for place in _ANY.found(line.low):
            field, pattern, skipped = _CLAUSES[place]
            if line.category not in skipped:
                yield from _clauses(subject, line, field, pattern)


_CLAUSES: tuple[tuple[Field, Pattern, frozenset[Category]], ...] = (
    (Field.LINE_OF_THERAPY, _LINE_OF, frozenset()),
    (Field.PRIOR_TREATMENT, _PRIOR, _SILENT),
    (Field.MECHANISM, _MECHANISM, frozenset({Category.METHODS})),
    (Field.EVIDENCE_LEVEL, _LEVELED, frozenset({Category.METHODS})),
    (Field.DURABILITY, _LASTING, frozenset({Category.METHODS, Category.BACKGROUND, Category.OBJECTIVE})),
    (Field.RECURRENCE_SIGN, _SIGN, frozenset({Category.METHODS, Category.BACKGROUND, Category.OBJECTIVE})),
    (Field.SUBGROUP, _GROUPED, frozenset({Category.METHODS, Category.BACKGROUND, Category.OBJECTIVE})),
)
"""Field, the words that state it, and the sections in which they state something else."""


def _clauses(subject: Subject, line: Line, field: Field, pattern: Pattern) -> Iterator[Fact]:
    match = pattern.search(line.low)
    if field is Field.EVIDENCE_LEVEL and match is None:
        found = LEVEL.search(line.low)
        match = found if found is not None and "evidence" in line.low else None
    if match is None:
        return
    first, last = clause(line.low, match.start(), match.end())
    if field is Field.SUBGROUP:
        first, last = _around(line.low, first, last)
    if field is Field.RECURRENCE_SIGN:
        last = max(last, match.end())
    said = phrase(line.words[first:last])
    words = (said, match.group(0)) if field is Field.LINE_OF_THERAPY else (said,)
    at = _own_part(line.low, match.start())
    yield fact(
        subject, line, (first, last), field, Terms(tuple(dict.fromkeys(words)), _concepts(line, first, last)),
        negated=negated(line.words[at:], Span(match.start() - at, match.end() - at)),
    )  # fmt: skip


_SAYS = linear(r"\b(?:is|are|was|were|remains?|has|have|had|should|may|can)\b")


def _own_part(low: str, start: int) -> int:
    """Return where the part of a sentence begins in which a denial before "and" or "but" is none of these words."""
    at = max(low.rfind(mark, 0, start) for mark in (" and ", " but ", "; ", ", while "))
    return at if at > 0 and _SAYS.search(low[at:start]) is not None else 0


def _around(low: str, first: int, last: int) -> tuple[int, int]:
    """Widen to both sides of "while" or "whereas", which a subgroup is told by."""
    if low[last : last + 12].lstrip(", ").startswith(("while", "whereas")):
        return first, clause(low, last + 4, last + 5)[1]
    if low[first : first + 12].lstrip(", ").startswith(("while", "whereas")):
        return clause(low, max(0, first - 2), max(0, first - 1))[0], last
    return first, last


def _concepts(line: Line, start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.concept for m in line.mentions if start <= m.span.start and m.span.end <= end))


def _first_line(subject: Subject, line: Line) -> Iterator[Fact]:
    match = _FIRST_LINE.search(line.low)
    if match is None or not _INCLUDES.search(match.group(0)):
        return
    first, last = clause(line.low, match.start(), match.end())
    named = [
        m
        for m in line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)
        if first <= m.span.start < last
    ]
    if (
        not named
        or negated(line.words, Span(match.start(), match.end()))
        or "after" in line.low[max(0, match.start() - 12) : match.start()]
    ):
        return
    end = max(named[-1].span.end, match.end())
    words = tuple(
        dict.fromkeys(
            [*(line.words[m.span.start : m.span.end] for m in named), *(subject.name(m.concept) for m in named)]
        )
    )
    start = min(named[0].span.start, match.start())
    yield fact(
        subject, line, (start, end), Field.FIRST_LINE, Terms(words, tuple(dict.fromkeys(m.concept for m in named)))
    )


def _synonyms(subject: Subject, line: Line) -> Iterator[Fact]:
    for match in _SYNONYM.finditer(line.low):
        before = [m for m in line.mentions if m.span.end <= match.start() and match.start() - m.span.end < 30]
        stops = [
            at
            for mark in (",", ".", ";", " is ", " was ", ")", " are ", " has ")
            if (at := line.low.find(mark, match.end())) >= 0
        ]
        end = min([*stops, len(line.low)])
        said = phrase(line.words[match.end() : end])
        if before and before[-1].kind is not ConceptKind.DRUG and match.group(0).startswith("known"):
            continue
        if before and 2 < len(said) < 60:
            start = before[-1].span.start
            yield fact(
                subject,
                line,
                (start, end),
                Field.SYNONYM,
                Terms((said, subject.name(before[-1].concept)), (before[-1].concept,)),
            )
    for mention, other in zip(line.mentions, line.mentions[1:]):
        gap = line.words[mention.span.end : other.span.start]
        if mention.kind is ConceptKind.DRUG and mention.concept == other.concept and gap.strip() == "(":
            said = line.words[other.span.start : other.span.end]
            first = line.words[mention.span.start : mention.span.end]
            whole = (mention.span.start, min(other.span.end + 1, len(line.words)))
            yield fact(
                subject,
                line,
                whole,
                Field.SYNONYM,
                Terms(tuple(dict.fromkeys((said, first, subject.name(mention.concept)))), (mention.concept,)),
            )


def _lab(subject: Subject, line: Line) -> Iterator[Fact]:
    if line.category in (Category.METHODS, Category.BACKGROUND):
        return
    times = [quantity.span for quantity in figures(line) if quantity.kind in {"time", "duration", "age", "percent"}]
    for number in numbers(line.words):
        if any(span.meets(number.span) for span in times):
            continue
        if number.form not in {"digits", "power"}:
            continue
        match = _LABS.search(line.low[max(0, number.span.start - 90) : number.span.start])
        if match is not None:
            start = number.span.end - (number.span.end - number.span.start) - len(match.group(0))
            yield fact(
                subject,
                line,
                (start, number.span.end),
                Field.LAB,
                Number(plain(number.printed)),
                outcome=match.group(1),
            )
