"""Editorial notices as PubMed links them, in its XML and in tagged text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from curbside.records import Identifiers, Notice, NoticeKind

_R, _E, _C, _U, _N = (
    NoticeKind.RETRACTION,
    NoticeKind.CONCERN,
    NoticeKind.CORRECTION,
    NoticeKind.UPDATE,
    NoticeKind.COMMENT,
)

LINKS: dict[str, tuple[str, NoticeKind, bool]] = {
    "RetractionIn": ("RIN", _R, False),
    "RetractionOf": ("ROF", _R, True),
    "PartialRetractionIn": ("PRIN", _C, False),
    "PartialRetractionOf": ("PROF", _C, True),
    "RetractedandRepublishedIn": ("RRI", _R, False),
    "RetractedandRepublishedFrom": ("RRF", _U, True),
    "ExpressionOfConcernIn": ("ECI", _E, False),
    "ExpressionOfConcernFor": ("ECF", _E, True),
    "ErratumIn": ("EIN", _C, False),
    "ErratumFor": ("EFR", _C, True),
    "CorrectedandRepublishedIn": ("CRI", _C, False),
    "CorrectedandRepublishedFrom": ("CRF", _U, True),
    "UpdateIn": ("UIN", _U, False),
    "UpdateOf": ("UOF", _U, True),
    "RepublishedIn": ("RPI", _U, False),
    "RepublishedFrom": ("RPF", _U, True),
    "ReprintIn": ("RPTIN", _U, False),
    "ReprintOf": ("RPTOF", _U, True),
    "CommentIn": ("CIN", _N, False),
    "CommentOn": ("CON", _N, True),
}
"""RefType of PubMed's XML -> (tag of its tagged text, kind, whether the record that holds it is the notice).

Links that are no notice (Cites, SummaryForPatientsIn, OriginalReportIn, AssociatedDataset …) are left out. A partial
retraction counts as a correction, since the rest of the paper stands; its printed line says that it is partial. What
was corrected and published again takes the place of the earlier paper: it is an update, and no notice.
"""

TAGS: dict[str, tuple[NoticeKind, bool]] = {tag: (kind, issued) for tag, kind, issued in LINKS.values()} | {
    "RRP": (_R, False),
    "CRP": (_C, False),
}
"""Tag of PubMed's tagged text -> (kind, whether the record that holds it is the notice)."""

_TYPES: dict[str, NoticeKind] = {
    "Retraction of Publication": _R,
    "Retraction Notice": _R,
    "Expression of Concern": _E,
    "Published Erratum": _C,
}
"""Publication types by which a record says that it is itself a notice."""

_STUDY = re.compile(r"Trial|Study|Meta-Analysis|Review|Case Reports")
"""Publication types that no notice has."""

_TITLES: tuple[tuple[re.Pattern[str], NoticeKind, bool], ...] = (
    (re.compile(r"(?:\[?retracted(?: article| paper)?\]?\s?[:.\]]|retracted article\b)", re.I), _R, False),
    (re.compile(r"(?:retraction\s?[:.—–-]|retraction (?:notice )?(?:of|to|for|note|notice)\b)", re.I), _R, True),
    (re.compile(r"(?:editorial )?expression of concern\b", re.I), _E, True),
    (re.compile(r"(?:erratum|corrigendum|correction)(?:\s?[:.—–-]| (?:to|for)\b)", re.I), _C, True),
)
"""How publishers begin the titles of retracted papers and of notices (COPE, NISO RP-45-2024)."""


def complete(types: Sequence[str], notices: list[Notice], title: str = "") -> tuple[Notice, ...]:
    """Return the notices, with one added where type or title says what no link says.

    A type or title may say that the record is itself a notice; a title that begins with "RETRACTED" says that the
    paper is retracted. PubMed's tagged text gives papers that received an expression of concern the tag of those that
    express it: where the types say that the record is a study, it is one.
    """
    start = title.lstrip(" [")[:60]
    if "Expression of Concern" not in types and any(_STUDY.search(name) for name in types):
        notices = [
            replace(notice, issued=False) if notice.issued and notice.kind is _E else notice for notice in notices
        ]
    for pattern, kind, issued in _TITLES:
        if pattern.match(start) and not any(n.issued is issued and n.kind is kind for n in notices):
            notices.append(Notice(kind, issued, Identifiers(), title))
    for kind_name in types:
        kind = _TYPES.get(kind_name)
        if kind and not any(notice.issued and notice.kind is kind for notice in notices):
            notices.append(Notice(kind, True, Identifiers(), kind_name))
    return tuple(notices)
