"""Tables for spreadsheets: comma-separated values (RFC 4180) that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from curbside.records import Hit, Holding
from curbside.writers.fields import abstract_of, inverted, one_line
from curbside.writers.nlm import nlm

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|", "＝", "＋", "－", "＠")
"""First characters by which a spreadsheet takes a cell for a formula or a command (OWASP, CSV injection)."""

WORK_COLUMNS = (
    *("work", "document", "kind", "evidence", "year", "title", "authors", "journal", "volume", "issue", "pages"),
    *("pmid", "pmcid", "doi", "nct", "n", "drugs", "conditions", "retracted", "origin", "citation", "abstract"),
)
HIT_COLUMNS = ("rank", "score", *WORK_COLUMNS[:-1], "passage")


def safe(value: object) -> str:
    """Return a value as one line that no spreadsheet computes: a suspicious first character gets an apostrophe."""
    text = one_line(str(value)) if value is not None else ""
    return "'" + text if text.startswith(_DANGEROUS) else text


def line(values: Sequence[object]) -> str:
    """Return one row, quoted where needed and ended as RFC 4180 wants."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([safe(value) for value in values])
    return out.getvalue()


def write(holdings: Iterable[Holding]) -> Iterator[str]:
    """Yield a header and one row for each document."""
    yield line(WORK_COLUMNS)
    for holding in holdings:
        yield line([*_bare(holding), abstract_of(holding.document)])


def hit_line(rank: int, hit: Hit, holding: Holding | None) -> str:
    """Return the row of one hit; without its holding ids and score alone."""
    if holding is None:
        bare: list[object] = [hit.work, hit.document, *[""] * (len(WORK_COLUMNS) - 3)]
        passage = ""
    else:
        bare, passage = _bare(holding), hit.span.of(holding.document.text)
    return line([rank, f"{hit.score:.4f}", *bare, passage])


def _bare(holding: Holding) -> list[object]:
    document, profile = holding.document, holding.profile
    journal, ids = document.journal, document.ids
    return [
        holding.work,
        document.id,
        document.kind.value,
        profile.evidence.value,
        document.year,
        document.title,
        "; ".join(inverted(author) for author in document.authors),
        journal.title or journal.abbreviation,
        journal.volume,
        journal.issue,
        journal.pages,
        ids.pmid,
        ids.pmcid,
        ids.doi,
        ids.nct,
        profile.n,
        "; ".join(profile.drugs),
        "; ".join(profile.conditions),
        "yes" if profile.retracted or document.retracted else "no",
        holding.origin,
        nlm(document),
    ]
