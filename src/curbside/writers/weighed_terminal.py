"""Evidence profiles and ledgers as plain lines for a terminal; each value with the place that its words stand in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from curbside.language.fact_words import NOT_STATED, fact_words, label, value_words
from curbside.records import CitedEvidence, CountLine, EvidenceProfile, Fact, Field, LedgerRow, Level, Study, Tally
from curbside.writers.fields import one_line
from curbside.writers.weighed import licence_words, licensed_words

_SHOWN: tuple[tuple[Field, ...], ...] = (
    (Field.N,),
    (Field.AGE,),
    (Field.ROUTE,),
    (Field.DOSE, Field.CONCENTRATION),
    (Field.TROUGH,),
    (Field.DURATION,),
    (Field.FOLLOW_UP,),
)
"""Fields of a study's line, called by the first of those that stand together."""
_UNCOUNTED = 3
"""Facts without a count that are listed for an outcome."""


def profile_terminal(profile: EvidenceProfile, width: int = 100) -> str:
    """Return an evidence profile as text."""
    pair = profile.pair
    lines = [*_wrapped(f"{pair.drug_name} for {pair.condition_name}", width), ""]
    lines += _summary(profile, width)
    for heading, studies in (
        ("Studies", profile.studies),
        ("Studies of a wider group, or of several treatments (only what names both is counted)", profile.wider),
    ):
        if studies:
            lines += ["", heading.upper()]
            for study in studies:
                lines += _study(study, width)
    lines += _tallies("Outcomes", profile.outcomes, width)
    lines += _tallies("Harms", profile.harms, width)
    for field, rows in profile.stated:
        lines += ["", label(field).upper()]
        for each in rows:
            lines += _wrapped(f"{each.label}: {fact_words(each.fact)}  {place(each.fact)}", width, "- ")
    lines += _disagreements(profile, width)
    lines += _rest(profile, width)
    return "\n".join(lines) + "\n"


def cited_terminal(cited: CitedEvidence, width: int = 100) -> str:
    """Return what the studies that an answer cites weigh, as text."""
    lines = ["", "THE STUDIES CITED"]
    for numbers, study in cited.studies:
        lines += _study(study, width, "".join(f"[{number}]" for number in numbers) + " ")
    profile = cited.profile
    if profile is None:
        return "\n".join(lines) + "\n"
    if profile.level is not None:
        about = f"{profile.pair.drug_name} for {profile.pair.condition_name}"
        lines += ["", *_wrapped(f"Of those cited on {about}:", width), *level_lines(profile.level, width)]
    lines += _tallies("Outcomes of the studies cited", profile.outcomes, width)
    lines += _tallies("Harms of the studies cited", profile.harms, width)
    lines += _disagreements(profile, width)
    return "\n".join(lines) + "\n"


def place(fact: Fact) -> str:
    """Return where a fact's words stand, as `curbside show ID --at` takes it."""
    return f"[{fact.quote.document} {fact.quote.span.start}-{fact.quote.span.end}]"


def level_lines(level: Level, width: int, indent: str = "  ") -> Iterator[str]:
    """Yield a suggested level and its reasons."""
    yield from _wrapped(level.words, width, indent)
    for reason in level.reasons:
        sign = {-2: "−−", -1: "−", 1: "+"}.get(reason.steps, "·")
        yield from _wrapped(f"{sign} {reason.domain}: {reason.words}", width, f"{indent}  ")


def _wrapped(text: str, width: int, lead: str = "") -> list[str]:
    wrapper = textwrap.TextWrapper(width, initial_indent=lead, subsequent_indent=" " * len(lead))
    wrapper.break_long_words = wrapper.break_on_hyphens = False
    return wrapper.wrap(one_line(text)) or [lead.rstrip()]


def _summary(profile: EvidenceProfile, width: int) -> list[str]:
    many = len(profile.studies)
    sized = many - profile.unsized
    lines: list[str] = []
    if not many:
        lines += _wrapped("No study of people with this condition is held for this drug.", width)
    else:
        told = f"{many} {'study' if many == 1 else 'studies'}, {profile.n:,} people in the {sized} that state a number."
        newest = f" Newest: {profile.newest}." if profile.newest else ""
        lines += _wrapped(told + newest, width)
    if profile.level is not None:
        lines += level_lines(profile.level, width)
    for row in profile.licences:
        lines += _wrapped(f"Licensed: {row.indication}, {row.route or 'route not stated'}: {licence_words(row)}", width)
    if not profile.licences:
        lines += _wrapped("Licences: not in our table.", width)
    for note in profile.notes:
        lines += _wrapped(f"Note: {note}", width)
    searched = f" The library last changed {profile.searched[:10]}." if profile.searched else ""
    lines += _wrapped(f"{profile.read:,} of {profile.matched:,} documents were read.{searched}", width)
    return lines


def _study(study: Study, width: int, numbers: str = "") -> list[str]:
    level = f"; {study.level.words}" if study.level else ""
    beside = f"; with or beside {', '.join(study.combined)}" if study.combined else ""
    note = "; from a study note" if study.lead.secondary else "" if study.read else "; title alone is held"
    lines = _wrapped(f"{numbers}{study.label}: {study.design.value}{beside}{note}{level}", width, "- ")
    lines += _wrapped(study.lead.title, width, "    ")
    told = [f"{label(fields[0])} {_first(study, *fields)}" for fields in _SHOWN]
    if study.read and study.level is not None:
        lines += _wrapped("; ".join(told), width, "    ")
    others = [f"{link.bond.value}: {link.words}" for link in study.links]
    if others:
        lines += _wrapped(f"{len(study.reports)} reports ({'; '.join(dict.fromkeys(others))})", width, "    ")
    return lines


def _first(study: Study, *fields: Field) -> str:
    values = list(dict.fromkeys(value_words(fact.value) for fact in study.of(*fields) if fact.value is not None))
    more = f" and {len(values) - 2} more" if len(values) > 2 else ""
    return ("; ".join(values[:2]) or NOT_STATED) + more


def _tallies(heading: str, tallies: Sequence[Tally], width: int) -> list[str]:
    lines = ["", heading.upper()] if tallies else []
    for tally in tallies:
        serious = " (called serious)" if tally.serious else ""
        at = f", {tally.time}" if tally.time else ""
        lines += _wrapped(f"{tally.outcome}{at}{serious}", width, "- ")
        for each in tally.lines:
            lines += _wrapped(_count(each), width, "    ")
        for fact in tally.told[:_UNCOUNTED]:
            lines += _wrapped(f"also stated: {fact_words(fact)}  {place(fact)}", width, "    ")
        if len(tally.told) > _UNCOUNTED:
            lines += _wrapped(f"and {len(tally.told) - _UNCOUNTED} more, see --csv", width, "    ")
        if tally.pooled is not None:
            low, high = 100 * tally.pooled.interval.low, 100 * tally.pooled.interval.high
            pooled = f"pooled {100 * tally.pooled.estimate:.0f} %, 95 % CI {low:.0f}–{high:.0f}"
            lines += _wrapped(f"{pooled}; I² {tally.pooled.i2:.0f} %", width, "    ")
            lines += [line for warning in tally.pooled.warnings for line in _wrapped(warning, width, "    ")]
            lines += _wrapped(tally.why, width, "    ") if tally.why else []
        elif tally.why:
            lines += _wrapped(f"not pooled: {tally.why}", width, "    ")
    return lines


def _count(line: CountLine) -> str:
    why = f" — not counted: {line.why}" if not line.counted else ""
    return f"{line.label}: {line.words}{why}  {place(line.fact)}"


def _disagreements(profile: EvidenceProfile, width: int) -> list[str]:
    lines = ["", "DISAGREEMENTS"] if profile.disagreements else []
    for each in profile.disagreements:
        at = f", {each.time}" if each.time else ""
        lines += _wrapped(f"{each.outcome}{at}: {each.lower.label} {each.lower.words}", width, "- ")
        lines += _wrapped(f"against {each.higher.label} {each.higher.words}", width, "    ")
        for name, one, other in each.differences:
            lines += _wrapped(f"{name}: {one} / {other}", width, "    ")
    return lines


def _rest(profile: EvidenceProfile, width: int) -> list[str]:
    lines: list[str] = []
    groups = (
        *(("Guidelines", profile.guidelines), ("Reviews", profile.syntheses)),
        *(("Planned or running", profile.planned), ("Pages that report what others found", profile.secondary)),
        ("Retracted: left out of everything above", profile.retracted),
    )
    for heading, studies in groups:
        if studies:
            lines += ["", heading.upper()]
            for study in studies:
                lines += _wrapped(f"{study.label}: {study.lead.title}  [{study.lead.document}]", width, "- ")
    lines += _of_classes(profile, width)
    if profile.gaps:
        lines += ["", NOT_STATED.upper()]
        for gap in profile.gaps:
            lines += _wrapped(f"{label(gap.field)}: in {len(gap.studies)} of the {gap.of} studies read", width, "- ")
    for heading, words in (
        ("Newer", [f"{each.label}: {each.words}" for each in profile.newer]),
        ("May share people", [f"{' and '.join(each.studies)}: {each.words}" for each in profile.overlaps]),
    ):
        if words:
            lines += ["", heading.upper()]
            lines += [line for each in words for line in _wrapped(each, width, "- ")]
    return lines


def _of_classes(profile: EvidenceProfile, width: int) -> list[str]:
    name = profile.pair.drug_name
    lines = ["", f"AS A CLASS: NOT OF {name.upper()} ITSELF, COUNTED NOWHERE"] if profile.classes else []
    for each in profile.classes:
        lines += _wrapped(f"{each.study.label} ({each.study.design.value}), on {each.name}:", width, "- ")
        for fact in each.facts:
            lines += _wrapped(f"“{fact.quote.words}”  {place(fact)}", width, "    ")
    return lines


def ledger_terminal(rows: Iterable[LedgerRow], width: int = 100) -> str:
    """Return a ledger as text, use by use."""
    lines: list[str] = []
    for row in rows:
        head = f"{row.drug_name} · {row.condition_name} · {row.route or 'route not stated'} · "
        lines += _wrapped(head + (row.ages or "ages not stated"), width, "- ")
        lines += _wrapped(f"licensed: {licensed_words(row)}", width, "    ")
        for each in row.near:
            lines += _wrapped(f"near: {each.indication}, {each.route}: {licence_words(each)}", width, "    ")
        if row.studies:
            missing = f" ({row.unsized} {'states' if row.unsized == 1 else 'state'} no number)" if row.unsized else ""
            heads = "1 person" if row.n == 1 else f"{row.n:,} people" if row.n else "number of people not stated"
            missing = missing if row.n else ""
            many = f"{len(row.studies)} {'study' if len(row.studies) == 1 else 'studies'}"
            best = row.design.value if row.design else NOT_STATED
            lines += _wrapped(f"held: {many}, {heads}{missing}; best design {best}; {row.level}", width, "    ")
        else:
            lines += _wrapped("held: no study", width, "    ")
    return "\n".join(lines) + "\n" if lines else "No use is held, and our table has none.\n"
