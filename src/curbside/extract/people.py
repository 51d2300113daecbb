"""Who was studied: how many, analysed, in which arms, of what sex, what population."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.extract.stating import clause, fact, phrase
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import NUMBER, PEOPLE, plain, whole
from curbside.language.groups import populations
from curbside.language.linear import Match, Pattern, linear
from curbside.language.words import listed
from curbside.records import Category, ConceptKind, Count, Fact, Field, Number, PartRole, Terms


@dataclass(frozen=True, slots=True)
class Size:
    """How many a study had.

    Attributes:
        n: all that took part, or None where that is not stated.
        shared: whether it stands for every count of the study: one group, nobody compared with anybody.
    """

    n: int | None
    shared: bool


_N = linear(
    rf"\b({NUMBER}) ((?:[a-z][a-z0-9/'-]* ){{0,5}}?)({PEOPLE}(?: (?:patients|participants|subjects"
    rf"|volunteers|recipients))?)\b"
)
_PEOPLED = linear(rf"\b{PEOPLE}\b")
"""Whether anybody is named at all, before costlier patterns are tried."""
_N_EQUALS = linear(r"\(?\bn ?= ?(\d{1,3}(?:,\d{3})+|\d{1,6})\b")
_BEFORE = linear(
    r"(?:total of|included|includes|including|enrol+ed|recruited|randomi[sz]ed|involving|conducted (?:on|in|with|among)"
    r"|data (?:from|on|of)|treated|treating|analy[sz]ed|studied|evaluated|report(?:s|ed)?(?: on| of)?|present(?:s|ed)?"
    r"|describe[sd]?|experience (?:with|in|of)|identified|cohort of|series of|records of|reviewed|comprised|assessed"
    r"|follow(?:ed)?(?:-up of)?|sample of|assigned|performed (?:on|in)|(?:review|analys[ie]s"
    r"|evaluation|assessment|examination|charts?|survey|outcomes?|experience|total|cohort|group) of"
    r"|study (?:of|in)|trial (?:of|in))"
    r" (?:the |a |our |all |on |data )?(?:total of |cohort of |series of )?(?:approximately |about )?$"
)
_AFTER = linear(
    r"\b(?:enrol+ed|included|randomi[sz]ed|randomly|recruited|analy[sz]ed|evaluated"
    r"|studied|identified"
    r"|assigned|reviewed|followed|participated|underwent|treated|received|registered|screened"
    r"|collected|admitted|took|used|applied|given)\b"
)
_ENROLLED = linear(
    r"\b(?:enrol+ed|included|randomi[sz]ed|randomly|recruited|identified|registered"
    r"|screened|studied|analy[sz]ed"
    r"|evaluated|reviewed|participated)\b"
)
_STUDIED = linear(
    r"\b(?:studied|included|enrol+ed|analy[sz]ed|evaluated|recruited|reviewed|identified|participants|patients|subjects"
    r"|population|cohort|sample)[,:]? [(\[]?n ?= ?(\d{1,3}(?:,\d{3})+|\d{1,6})\b",
    "n =",
    "n=",
)
_DATED = linear(
    r"(?:\b(?:in|since|until|to|through|and|of|january|february|march|april|may|june|july|august"
    r"|september|october|november"
    r"|december),? |[-–] ?)$"
)
_SHARE = linear(r"^ \([0-9.]+ ?%")
_DESCRIBED = linear(
    r"\b(?:are|were|is|was) (?:described|reported|presented|reviewed)\b",
    "described",
    "reported",
    "presented",
    "reviewed",
)
_OF_ALL = linear(
    r"^ (?:who were |who |that were )?(?:enrol+ed|included|randomi[sz]ed|recruited|registered|treated"
    r"|studied|screened)\b"
)
_TOLD = linear(
    r"^[^.;,]{0,30}?\b(?:achieved|had|has|have|developed|responded|showed|exhibited|experienced|died|discontinued"
    r"|withdrew|stopped|relapsed|remained|completed|improved|demonstrated|required|reported|presented"
    r"|restarted|reached)\b"
)
_PART = linear(
    r"(?:\bof|among|among the|among these|among all|out of|remaining|other|in the|than|these|additional|another|first"
    r"|of the|\d|for the) $"
)
_NOT_PEOPLE = listed(
    """
    papers publications records samples
    year years month months week weeks day days hour hours mg kg g ml centres centers centre center sites studies trials
    randomised randomized-controlled reports articles of or and to in with at from versus vs per countries hospitals
    cycles courses doses groups group arms percent male/female the whereas phase grade stage type step arm
    """
)
_NO_TOTAL = listed("responders responder non-responders nonresponders survivors controls males females")
_SILENT = frozenset({Category.BACKGROUND, Category.OBJECTIVE, Category.CONCLUSIONS})
_ONE = linear(
    r"\b(?:an?|the|our|this) (?:[a-z][a-z-]* ){0,3}?(?:[0-9]{1,3}(?:\.\d)?|[a-z]+)[- ](?:day|week|month|year)s?[- ]old"
    rf" (?:[a-z][a-z/-]* ){{0,4}}?({PEOPLE}|neonate|fetus)\b"
)
_ANALYSED = linear(
    rf"\b({NUMBER}) (?:[a-z-]+ ){{0,4}}?(?:{PEOPLE} )?(?:who )?(?:(?:were|was|had been) )?"
    r"(?:completed (?:the )?(?:study|trial|treatment|follow-up|protocol|\d+ (?:weeks|months))|evaluable|assessable"
    r"|analy[sz]ed|included in the (?:final |efficacy |primary )?analys[ie]s|available for (?:analysis|evaluation))\b"
)
_SIZED = linear(
    r"(?:^|[\s(,;])((?:[a-z0-9][a-z0-9.%+/'-]* ){0,7}?[a-z0-9][a-z0-9.%+/'-]*),? ?[(\[]n ?= ?"
    r"(\d{1,3}(?:,\d{3})+|\d{1,6})[)\],;]"
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


def people(subject: Subject) -> Iterator[Fact]:
    """Yield size, arms, sex and population of a subject."""
    if subject.reports:
        yield from _sizes(subject)
        named: set[str] = set()
        for line in subject.lines:
            if line.category not in _SILENT:
                yield from _arms(subject, line, named)
                yield from _analysed(subject, line)
                yield from _sexes(subject, line)
    yield from _populations(subject)


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: Line
    start: int
    end: int
    value: int
    score: int
    firm: bool  # whether words of enrolment or a total stand beside it


def _sizes(subject: Subject) -> Iterator[Fact]:
    found = [each for line in subject.lines for each in _candidates(line)]
    sure = [each for each in found if each.score >= 2] or [each for each in found if each.score >= 1]
    sure = [each for each in sure if not each.line.body] or sure
    if not sure:
        yield from _by_letters(subject)
        return
    firm = [each for each in sure if each.firm]
    if not firm and len({each.value for each in sure}) > 1:
        return  # "Four patients were treated for … Two patients were treated for …": no number of all
    n = max(firm or sure, key=lambda each: (each.value, each.score)).value
    told = [each for each in found if each.value == n and each.score >= 0]
    for each in [one for one in told if not one.line.body][:3] or told[:1]:
        yield fact(subject, each.line, (each.start, each.end), Field.N, Number(str(n)))


def _candidates(line: Line) -> Iterator[_Candidate]:
    if line.category is Category.BACKGROUND or line.role is PartRole.QUESTION:
        return
    for match in _N.finditer(line.low) if _PEOPLED.search(line.low) else ():
        value = whole(match.group(1))
        if value is None or not _is_people(match):
            continue
        before = line.low[max(0, match.start() - 60) : match.start()]
        told = line.low[match.end() : match.end() + 220]
        taken = _taken(match, told)
        if taken is not None:
            n, first, last = taken
            yield _Candidate(line, match.end() + first, match.end() + last, n, 4, True)
            continue
        if _LOOKED_AT.match(told) or _AND_MORE.match(told) or _BESIDE.search(before):
            continue
        firm = _BEFORE.search(before) is not None or within_reach(_ENROLLED, told, 90)
        firm = firm or (told.startswith(" who") and _DESCRIBED.search(told) is not None)
        yield _Candidate(line, match.start(), match.end(), value, _score(line, match, value), firm or line.heading)
    for match in _STUDIED.finditer(line.low) if "n =" in line.low or "n=" in line.low else ():
        value = whole(match.group(1))
        if value is not None:
            yield _Candidate(line, match.start(), match.end(), value, 3, True)


def within_reach(pattern: Pattern, words: str, reach: int) -> bool:
    """Tell whether a pattern begins among the first `reach` code points of `words`, no stop or semicolon before it."""
    match = pattern.search(words)
    if match is None or match.start() > reach:
        return False
    return "." not in words[: match.start()] and ";" not in words[: match.start()]


_TAKEN_OF = linear(
    rf"^(?: with [^.;,]{{1,80}}| [a-z-]+){{0,4}},? (?:(?:of whom|of which|of these|of them|among whom),? (?:only )?"
    rf"({NUMBER})|(?:only |and |but )*({NUMBER})"
    r"(?: of (?:whom|which|these|them)| patients| children| subjects| participants)?)"
    r"(?: [a-z-]+)? (?:were |was )?(?:finally |eventually |subsequently )?(?:included|enrol+ed|randomi[sz]ed|eligible"
    r"|recruited|randomly|entered)\b"
)
"""Who of those named before were taken into the study: "285 patients, 44 of whom were included"."""
_MADE = linear(r"\b(?:enrol+ed|included|randomi[sz]ed|recruited|assigned|treated|received|completed)\b")
_LOOKED_AT = linear(
    r"^(?: with [^.;,]{1,60})? (?:who )?(?:were |was )?(?:initially |consecutively )?(?:screened"
    r"|assessed for eligibility|approached|invited|contacted|referred|eligible|evaluated for)\b"
)
"""People of whom a study was yet to be made."""


_AND_MORE = linear(
    rf"^(?: with [^.;,]{{1,50}}| \([^)]*\))? and {NUMBER} (?:[a-z][a-z0-9/-]* ){{0,3}}?"
    r"(?:patients|children|cases|adults|infants)\b"
)
_BESIDE = linear(
    rf"\b{NUMBER} (?:[a-z][a-z0-9/-]* ){{0,3}}?(?:patients|children|cases|adults|infants)"
    r"(?: with [^.;,]{1,50})? and $"
)
"""Two groups named with a number each: neither is the number of all."""


def _taken(match: Match, told: str) -> tuple[int, int, int] | None:
    """Return how many of the people of a match were taken, and from where behind it to where that is said."""
    found = _TAKEN_OF.search(told)
    if found is None:
        return None
    group = 1 if found.group(1) else 2
    if _MADE.search(told[: found.start(group)]):
        return None  # the first number was of the study already
    value, among = whole(found.group(group)), whole(match.group(1))
    return (value, found.start(group), found.end()) if value and among and value < among else None


def _is_people(match: Match) -> bool:
    between = match.group(2).split()
    noun = match.group(3)
    if noun in _NO_TOTAL or any(word in _NOT_PEOPLE or word.endswith("-old") for word in between):
        return False
    return noun != "case" or match.group(1) in {"1", "one"}


def _score(line: Line, match: Match, value: int) -> int:
    before = line.low[max(0, match.start() - 60) : match.start()]
    after = line.low[match.end() : match.end() + 220]
    score = 1 if line.category is Category.METHODS or line.heading else 0
    led = _BEFORE.search(before) is not None
    if led:
        score += 2
    if after.startswith(" who") and _DESCRIBED.search(after):
        score += 3
    elif _TOLD.match(after):
        score -= 1 if led else 3
    elif within_reach(_AFTER, after, 110):
        score += 2
    elif after.startswith((" with", " diagnosed", " of", ", ", " (")):
        score += -2 if _SHARE.match(after) else 1
    if _PART.search(before) and not led and not _OF_ALL.match(after):
        score -= 3
    if after.startswith((" group", " arm", "' ", "-")):
        score -= 3
    if line.category is Category.CONCLUSIONS:
        score -= 1
    if before.endswith("("):
        score -= 2
    dated = _DATED.search(before) is not None and not after.startswith((" who", " with"))
    return score - (3 if dated and 1900 <= value <= 2100 else 0)


def _by_letters(subject: Subject) -> Iterator[Fact]:
    """Where no words give the size: the one patient of a case report, or the largest "n =" of the methods."""
    ones = [(line, match) for line in subject.lines for match in _ONE.finditer(line.low)]
    if ones and len({match.group(0) for _, match in ones}) == 1:
        line, match = ones[0]
        yield fact(subject, line, (match.start(), match.end()), Field.N, Number("1"))
        return
    sizes = [
        (value, line, match)
        for line in subject.lines
        if not line.body
        for match in _N_EQUALS.finditer(line.low)
        if (value := whole(match.group(1))) is not None
    ]
    if len({value for value, _, _ in sizes}) == 1:
        value, line, match = sizes[0]
        yield fact(subject, line, (match.start(), match.end()), Field.N, Number(str(value)))


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
    if any(word in line.low for word in (" group", " arm", " cohort")):
        grouped = _GROUP.finditer(line.low) if _ASSIGNED.search(line.low) else ()
        sized += [(match.group(2), match.group(1), match) for match in grouped]
    sized += [(match.group(2), match.group(1), match) for match in _to_drug(line)]
    for printed, n, match in sized:
        name = arm_name(printed)
        value = whole(n)
        if value is None or not name or name in seen or not _ARMED.search(line.low):
            continue
        seen.add(name)
        yield fact(subject, line, (match.start(), match.end()), Field.ARM, Count(n=str(value)), arm=name)


def _to_drug(line: Line) -> Iterator[Match]:
    """Yield where so many people were assigned to a drug by its name: "99 patients to rituximab"."""
    if _ASSIGNED.search(line.low) is None:
        return
    named = {mention.span.start for mention in line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)}
    for match in _TO_DRUG.finditer(line.low):
        if match.start(2) in named or match.group(2) in {"placebo", "vehicle"}:
            yield match


_OF_AGE = linear(r"\byears?\b|\bolder$|\byounger$|^(?:fe)?males?$|^(?:wo)?men$")


def arm_name(printed: str) -> str:
    """Return the name of an arm without the words that lead up to it; "" for what names none."""
    lead = _ARM_LEAD.match(printed)
    name = phrase(printed[lead.end() :] if lead is not None else printed)
    name = name.removeprefix("whereas ").removeprefix("while ").removeprefix("versus ")
    return (
        ""
        if _OF_AGE.search(name)
        or name.split(" ")[0] in _NO_ARM
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


def _populations(subject: Subject) -> Iterator[Fact]:
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
    while _PEOPLED.search(line.low[at:]) and (match := _WHOM.search(line.low[at:])) is not None:
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
        for match in _N.finditer(line.low):
            if not _is_people(match) or _PART.search(line.low[max(0, match.start() - 20) : match.start()]):
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
