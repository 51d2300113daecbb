"""Who was studied: how many were analysed, in which arms, of what sex."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.extract.enrolled import sizes_of
from curbside.extract.populations import populations_of
from curbside.extract.stating import fact, phrase
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import NUMBER, PEOPLE, plain, whole
from curbside.language.linear import Match, linear
from curbside.language.words import listed
from curbside.records import Category, ConceptKind, Count, Fact, Field, Number, Terms


@dataclass(frozen=True, slots=True)
class Size:
    """How many a study had.

    Attributes:
        n: all that took part, or None where that is not stated.
        shared: whether it stands for every count of the study: one group, nobody compared with anybody.
    """

    n: int | None
    shared: bool


_SILENT = frozenset({Category.BACKGROUND, Category.OBJECTIVE, Category.CONCLUSIONS})
_ANALYSED = linear(
    rf"\b({NUMBER}) (?:[a-z-]+ ){{0,4}}?(?:{PEOPLE} )?(?:who )?(?:(?:were|was|had been) )?"
    r"(?:completed (?:the )?(?:study|trial|treatment|follow-up|protocol|\d+ (?:weeks|months))|evaluable|assessable"
    r"|analy[sz]ed|included in the (?:final |efficacy |primary )?analys[ie]s|available for (?:analysis|evaluation))\b"
)
_SIZED = linear(
    r"(?:^|[\s(,;])((?:[a-z0-9][a-z0-9.%+/'-]* ){0,7}?[a-z0-9][a-z0-9.%+/'-]*),? ?[(\[]n ?= ?"
    r"(\d{1,3}(?:,\d{3})+|\d{1,6})[)\],;]"
)
_SIZED_IN_WORDS = linear(
    r"(?:^|[\s(,;])((?:[a-z0-9][a-z0-9.%+/'-]* ){0,7}?[a-z0-9][a-z0-9.%+/'-]*) [(\[]"
    r"(\d{1,3}(?:,\d{3})+|\d{1,6}) patients[)\]]"
)
_GROUP = linear(
    rf"\b({NUMBER}) (?:{PEOPLE} |were |was |assigned |randomi[sz]ed |allocated )*(?:to|in|into|received"
    rf"|for) (?:the |receive )?"
    r"((?:[a-z0-9][a-z0-9.%+/'-]* ){0,4}?[a-z0-9][a-z0-9.%+/'-]*) (?:group|arm|cohort)\b"
)
_ASSIGNED = linear(
    r"\b(?:assigned|randomi[sz]ed|allocated|enrol+ed|divided|comprised|consisted|included)\b",
    "assigned",
    "randomi",
    "allocated",
    "enrol",
    "divided",
    "comprised",
    "consisted",
    "included",
)
_TO_DRUG = linear(
    rf"\b({NUMBER}) (?:{PEOPLE} )?(?:(?:were|was|randomly|assigned|randomi[sz]ed|allocated) )*(?:to|received) "
    r"(?:(?:receive|oral|topical|the|intravenous|matching) )*([a-z][a-z-]+)"
)
_ARM_LEAD = linear(
    r"^(?:.*\b(?:receive|receiving|received|either|to|or|and|with|into|vs|versus|by|the|were|of|than|group:|,) )"
)
_ARMED = linear(r"group|arm\b|placebo|vehicle|control|mg|cohort|receiv|assigned|randomi|allocated|versus|vs")
_NO_ARM = listed(
    """
    it them him her improvement better worse more less randomized randomised assigned treated
    studied included enrolled analyzed analysed evaluated patients participants subjects population cohort each every
    both per either same one two all this that other another these any whole overall entire trials studies
    """
)
_SEX = linear(
    rf"\b({NUMBER})(?: ?[(\[](\d+(?:[.·]\d+)?) ?%[)\]])? (?:(?:patients|participants|subjects|children|of them|of whom"
    r"|cases) )?(?:\(?(?:were|was) )?(female|male|women|men|girls?|boys?)s?\b"
)
_SEX_SHARE = linear(
    r"(\d+(?:[.·]\d+)?) ?%(?: of (?:the )?(?:patients|participants|subjects|children|sample|cohort))?"
    r" (?:(?:were|was|are) )?(female|male|women|men|girls|boys)s?\b"
)
_SEXES = {"women": "female", "men": "male", "girl": "female", "girls": "female", "boy": "male", "boys": "male"}


def people(subject: Subject) -> Iterator[Fact]:
    """Yield size, arms, sex and population of a subject."""
    if subject.reports:
        sizes = [*sizes_of(subject)]
        yield from sizes
        named: set[str] = set()
        for line in subject.lines:
            if line.category not in _SILENT:
                arms = [*_arms(subject, line, named)]
                yield from arms
                if not sizes:
                    sizes = [*_summed(subject, line, arms)]
                    yield from sizes
                yield from _analysed(subject, line)
                yield from _sexes(subject, line)
    yield from populations_of(subject)


_DRAWN = frozenset({"randomised", "cluster-randomised", "crossover", "case-control"})


def size_of(facts: list[Fact]) -> Size:
    """Return how many a study had from its facts; a study with arms or a comparator has no one size for all counts."""
    n = next(
        (whole(fact.value.printed) for fact in facts if fact.field is Field.N and isinstance(fact.value, Number)), None
    )
    arms = [fact for fact in facts if fact.field is Field.ARM]
    compared = any(fact.field is Field.COMPARATOR and fact.value is not None for fact in facts)
    drawn = any(
        fact.field is Field.DESIGN and isinstance(fact.value, Terms) and bool(_DRAWN & {*fact.value.terms})
        for fact in facts
    )
    return Size(n, not arms and not compared and not drawn)


def _analysed(subject: Subject, line: Line) -> Iterator[Fact]:
    if not any(word in line.low for word in ("complet", "evaluable", "assessable", "analy", "evaluation")):
        return
    for match in _ANALYSED.finditer(line.low):
        value = whole(match.group(1))
        if (
            value is not None
            and not 1900 <= value <= 2100
            and "percent" not in match.group(0).replace("per cent", "percent")
        ):
            yield fact(subject, line, (match.start(), match.end()), Field.N_ANALYSED, Number(plain(match.group(1))))


def _arms(subject: Subject, line: Line, seen: set[str]) -> Iterator[Fact]:
    sized: list[tuple[str, str, Match]] = []
    if "n =" in line.low or "n=" in line.low:
        sized = [(match.group(1), match.group(2), match) for match in _SIZED.finditer(line.low)]
    if len(sized) < 2 and not (sized and _ARMED.search(line.low)):
        sized = []
    if " patients)" in line.low and _ASSIGNED.search(line.low):
        sized += [(match.group(1), match.group(2), match) for match in _SIZED_IN_WORDS.finditer(line.low)]
    if any(word in line.low for word in (" group", " arm", " cohort")):
        grouped = _GROUP.finditer(line.low) if _ASSIGNED.search(line.low) else ()
        sized += [(match.group(2), match.group(1), match) for match in grouped]
    sized += [(match.group(2), match.group(1), match) for match in _to_drug(line)]
    placed = [(name, n, match.start(), match.end()) for name, n, match in sized]
    for printed, n, start, end in (*placed, *(_got(line) if not placed else ())):
        name = arm_name(printed)
        value = whole(n)
        if value is None or not name or name in seen or not _ARMED.search(line.low):
            continue
        seen.add(name)
        yield fact(subject, line, (start, end), Field.ARM, Count(n=str(value)), arm=name)


_TOGETHER = linear(r"\b(?:assigned|randomi[sz]ed|randomly|allocated|divided|received|treated with|given)\b")


def _summed(subject: Subject, line: Line, arms: list[Fact]) -> Iterator[Fact]:
    """Yield the sum of the arms of one sentence that assigns people, where the text names no number of all."""
    counts = [arm.value.n for arm in arms if isinstance(arm.value, Count)]
    if len(arms) < 2 or len(counts) != len(arms) or not _TOGETHER.search(line.low):
        return
    total = sum(int(n) for n in counts)
    start = min(arm.quote.span.start for arm in arms) - line.span.start
    end = max(arm.quote.span.end for arm in arms) - line.span.start
    note = f"{' + '.join(counts)} = {total}"
    yield fact(subject, line, (start, end), Field.N, Number(str(total)), arithmetic=note)


_GOT = linear(
    rf"\b({NUMBER}) (?:{PEOPLE} |were |was |randomly ){{0,4}}(?:received|given|treated with|assigned(?: to)?"
    r"|allocated(?: to)?|randomi[sz]ed(?: to)?|got) (?:receive |the |an? |either |oral |topical |treatment with )*"
    r"((?:[a-z0-9][a-z0-9.%+/-]* ){0,3}?[a-z0-9][a-z0-9.%+/-]*)"
    rf",? (?:and|or|while|whereas|versus|vs\.?|,) ({NUMBER}) (?:{PEOPLE} |were |was |randomly ){{0,4}}"
    r"(?:(?:received|given|treated with|assigned|allocated|randomi[sz]ed|to|got|receive) )*(?:the |an? |oral "
    r"|topical )*"
    r"((?:[a-z0-9][a-z0-9.%+/-]* ){0,3}?[a-z0-9][a-z0-9.%+/-]*)"
    r"(?:[.,;)]|$| for | at | in | over | after | once | twice | daily | group| arm| orally)"
)
"""Two arms told by what each received: "40 patients received A and 38 B"."""


def _got(line: Line) -> Iterator[tuple[str, str, int, int]]:
    """Yield name, size and place of arms that are told by what each received."""
    for match in _GOT.finditer(line.low) if _TOGETHER.search(line.low) or "assigned" in line.low else ():
        one, two = match.group(2), match.group(4)
        if match.group(3) and not any(word in _NO_ARM for word in (*one.split(), *two.split())):
            yield one, match.group(1), match.start(1), match.end(2)
            yield two, match.group(3), match.start(3), match.end(4)


def _to_drug(line: Line) -> Iterator[Match]:
    """Yield where so many people were assigned to a drug by its name: "99 patients to rituximab"."""
    if _ASSIGNED.search(line.low) is None:
        return
    named = {mention.span.start for mention in line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)}
    for match in _TO_DRUG.finditer(line.low):
        if line.low[max(0, match.start() - 1) : match.start()] in {":", "/", "."}:
            continue  # "randomly assigned 1:1 to"
        if match.start(2) in named or match.group(2) in {"placebo", "vehicle"}:
            yield match


_OF_AGE = linear(r"\byears?\b|\bolder$|\byounger$|^(?:fe)?males?$|^(?:wo)?men$")


_SENTENCE = linear(r"%|\b(?:was|were|is|are|had|of the)\b")
"""What stands in a sentence and not in the name of an arm."""


def arm_name(printed: str) -> str:
    """Return the name of an arm without the words that lead up to it; "" for what names none."""
    lead = _ARM_LEAD.match(printed)
    name = phrase(printed[lead.end() :] if lead is not None else printed)
    name = name.removeprefix("whereas ").removeprefix("while ").removeprefix("versus ").removeprefix("in ")
    return (
        ""
        if _OF_AGE.search(name)
        or _SENTENCE.search(name)
        or (name.split(" ")[0] in _NO_ARM and not name.startswith("every "))
        or name in {"", "patients", "group", "n", "total", "population", "all", "groups"}
        else name
    )


def _sexes(subject: Subject, line: Line) -> Iterator[Fact]:
    if not any(word in line.low for word in ("male", "men", "girl", "boy")):
        return
    for match in _SEX.finditer(line.low):
        k = whole(match.group(1))
        if k is None or line.low[max(0, match.start() - 3) : match.start()].endswith(("-", "%", ".")):
            continue
        sex = _SEXES.get(match.group(3), match.group(3))
        value = Count(k=str(k), percent=plain(match.group(2)) if match.group(2) else "")
        yield fact(subject, line, (match.start(), match.end()), Field.SEX, value, outcome=sex)
    for match in _SEX_SHARE.finditer(line.low):
        sex = _SEXES.get(match.group(2), match.group(2))
        value = Count(percent=plain(match.group(1)))
        yield fact(subject, line, (match.start(), match.end()), Field.SEX, value, outcome=sex)
