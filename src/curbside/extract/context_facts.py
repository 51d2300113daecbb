"""What surrounds a treatment: conditions, line of therapy, comparator, earlier treatment, mechanism, how sure."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.harm_words import EVENT, NAMED_HARM
from curbside.extract.stating import clause, fact, figures, phrase, repeats
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import plain
from curbside.language.cues import LEVEL, negated
from curbside.language.linear import Pattern, Patterns, linear
from curbside.language.numbers import numbers
from curbside.records import Category, ConceptKind, Fact, Field, Mention, Number, PartRole, Span, Terms

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
_AGAINST = linear(
    r"\b(?:compared (?:with|to)|in comparison (?:with|to)|comparing|versus|vs\.?|placebo-controlled"
    r"|vehicle-controlled|or (?:matching )?placebo|and placebo"
    r"|than (?:with |in |the )?|relative to|(?:placebo|vehicle|control|comparator|comparison"
    r"|untreated) (?:group|arm|cohort|patients|gel|ointment|cream)s?|matching placebo|controlled with"
    r"|control group)\b"
)
_NOT_AGAINST = linear(
    r"^ ?(?:the |their |its |with |to |those |at )*(?:baseline|before|pre-?treatment|initial|previous"
    r"|prior|pretherapy|historical|healthy|normal|expected|other|those|that|more|\d|one|two|three|half"
    r"|general|what|published|previously|adults?|children)"
)
_COMPARED = linear(
    r"\b(placebo|vehicle|sham|no treatment|standard (?:of )?(?:care|therapy|treatment)|usual care"
    r"|conventional (?:therapy|treatment)|controls?|observation|best supportive care|untreated)\b"
)
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
_SET_AGAINST = linear(r"^(?:versus|vs|comparing|compared)")
_OTHER_ARM = linear(
    r"^((?: [a-z0-9][a-z0-9/%-]*){1,6}?)(?:,|;|\.|\)| \(| in | for | as | on | among | after | with "
    r"| and | to |$)"
)
_TREATMENTS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)
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
        for made in _conditions(subject, line):
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
            yield from _comparators(subject, line)
            yield from _other_drug(subject, line)
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


def _conditions(subject: Subject, line: Line) -> Iterator[Fact]:
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
    event = EVENT.search(line.low[start:end]) is not None and not _SUFFERED.search(before)
    came = used is None and (event or _CAUSED.search(before) is not None)
    if came and subject.reports and not _titled(subject, concepts):
        return None
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
    titled = {m.concept for line in subject.lines if line.heading for m in line.mentions}
    return bool(titled & {*concepts}) or concepts[:1] == subject.conditions[:1]


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


def _comparators(subject: Subject, line: Line) -> Iterator[Fact]:
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
        if other is not None and line.category is not Category.RESULTS and _SET_AGAINST.match(match.group(0)):
            at = (match.start(), match.end() + other.end(1))
            yield fact(subject, line, at, Field.COMPARATOR, Terms((phrase(line.words[match.end() : at[1]]),)))
            return


def _other_drug(subject: Subject, line: Line) -> Iterator[Fact]:
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


_DRAWN = linear(r"\b(?:assigned|randomi[sz]ed|allocated)\b[^.;(]{0,60}\b(?:to|receive|either|between)\b")
_OR_TO = linear(
    r"\b(?:or|versus|vs\.?|and (?:[0-9]+ )?(?:patients |participants |children "
    r"|were )?to)(?: to)?(?: receive)? (?:oral |matching |either )*$"
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
