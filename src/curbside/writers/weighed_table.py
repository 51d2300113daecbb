"""Evidence profiles and ledgers as tables for spreadsheets; no cell of them is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curbside.language.fact_words import fact_words
from curbside.records import EvidenceProfile, Fact, Field, LedgerRow, Study
from curbside.writers.table import line
from curbside.writers.weighed import licence_words, licensed_words

COUNT_COLUMNS = (
    *("table", "outcome", "time", "study", "label", "year", "design", "arm", "k", "n", "low_percent", "high_percent"),
    *("counted", "why_not", "value", "quote", "document", "start", "end"),
)
LEDGER_COLUMNS = (
    *("drug", "condition", "route", "ages", "licensed", "near", "best_design", "suggested_level", "n"),
    *("studies", "studies_without_n", "last_search"),
)


def profile_table(profile: EvidenceProfile) -> Iterator[str]:
    """Yield one row for each count and each stated value, with the quote it stands on and where that stands."""
    studies = {study.id: study for study in (*profile.studies, *profile.wider)}
    yield line(COUNT_COLUMNS)
    for name, tallies in (("outcome", profile.outcomes), ("harm", profile.harms)):
        for tally in tallies:
            for each in tally.lines:
                low, high = f"{100 * each.interval.low:.1f}", f"{100 * each.interval.high:.1f}"
                counts = [each.k, each.n, low, high, "yes" if each.counted else "no", each.why]
                yield _row(name, tally.outcome, tally.time, studies.get(each.study), each.label, each.fact, counts)
            for fact in tally.told:
                yield _row(name, tally.outcome, "", _holder(fact, studies.values()), "", fact, [""] * 6)
    for field, rows in profile.stated:
        for each in rows:
            yield _row(field.value, "", "", studies.get(each.study), each.label, each.fact, [""] * 6)
    for study in studies.values():
        for fact in study.of(Field.N, Field.AGE, Field.FOLLOW_UP):
            yield _row(fact.field.value, "", "", study, study.label, fact, [""] * 6)


def _holder(fact: Fact, studies: Iterable[Study]) -> Study | None:
    return next((each for each in studies if any(r.document == fact.quote.document for r in each.reports)), None)


def _row(
    table: str, outcome: str, time: str, study: Study | None, label: str, fact: Fact, counts: Sequence[object]
) -> str:
    about: list[object] = (
        [study.id, label or study.label, study.year, study.design.value] if study else ["", label, "", ""]
    )
    quote = fact.quote
    where: list[object] = [quote.words, quote.document, quote.span.start, quote.span.end]
    return line([table, outcome, time, *about, fact.arm, *counts, fact_words(fact), *where])


def ledger_table(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """Yield one row for each use."""
    yield line(LEDGER_COLUMNS)
    for row in rows:
        yield line(
            [
                row.drug_name,
                row.condition_name,
                row.route or "not stated",
                row.ages or "not stated",
                licensed_words(row),
                "; ".join(f"{each.indication}: {licence_words(each)}" for each in row.near),
                row.design.value if row.design else "no study held",
                row.level,
                row.n if row.studies else "",
                len(row.studies),
                row.unsized,
                row.searched,
            ]
        )
