"""The table of studies under an answer: which facts stand in which column, and in what words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from curbside.appraise.counting import names_of
from curbside.doors.web.weighing import distinct, interval_of
from curbside.language.fact_words import fact_words, value_words
from curbside.records import Count, Fact, Field, Study

_COLUMNS: dict[str, tuple[Field, ...]] = {
    "people": (Field.N, Field.AGE),
    "given": (Field.ROUTE, Field.CONCENTRATION, Field.DOSE, Field.SCHEDULE, Field.DURATION),
    "outcomes": (Field.OUTCOME,),
    "harms": (Field.ADVERSE_EVENT,),
}


@dataclass(frozen=True, slots=True)
class CitedTable:
    """What the template asks of the studies that an answer cites."""

    def facts(self, study: Study, column: str) -> list[Fact]:
        """Return the facts of a column; of outcomes those with a count alone, harms with a count before the others."""
        found = [fact for fact in distinct(study, *_COLUMNS[column]) if fact.value is not None]
        if column == "outcomes":
            return [fact for fact in found if interval_of(fact) and names_of(fact, harms=False)]
        if column == "harms":
            found.sort(key=lambda fact: not interval_of(fact))
        return found

    def words(self, fact: Fact) -> str:
        """Return a fact in words, a count with its interval and what was counted."""
        value = fact.value
        if fact.field not in (Field.OUTCOME, Field.ADVERSE_EVENT) or not isinstance(value, Count):
            return fact_words(fact)
        name = ", ".join(names_of(fact, harms=fact.field is Field.ADVERSE_EVENT)) or fact.outcome
        interval = interval_of(fact)
        if not interval:
            return fact_words(replace(fact, outcome=name))
        at = f" at {value_words(Count('', '', time=value.time))}" if value.time else ""
        arm = f" ({fact.arm})" if fact.arm else ""
        return f"{name or 'counted'}{at}{arm}: {interval}"
