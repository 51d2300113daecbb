"""Editorial notices as PubMed links them, in its XML and in tagged text."""

from __future__ import annotations

from collections.abc import Sequence

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
    "RetractedandRepublishedFrom": ("RRF", _C, True),
    "ExpressionOfConcernIn": ("ECI", _E, False),
    "ExpressionOfConcernFor": ("ECF", _E, True),
    "ErratumIn": ("EIN", _C, False),
    "ErratumFor": ("EFR", _C, True),
    "CorrectedandRepublishedIn": ("CRI", _C, False),
    "CorrectedandRepublishedFrom": ("CRF", _C, True),
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
retraction counts as a correction, since the rest of the paper stands; its printed line says that it is partial.
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


def complete(types: Sequence[str], notices: list[Notice]) -> tuple[Notice, ...]:
    """Return the notices, with one added for a type that says the record is a notice but no link says of what."""
    for kind_name in types:
        kind = _TYPES.get(kind_name)
        if kind and not any(notice.issued and notice.kind is kind for notice in notices):
            notices.append(Notice(kind, True, Identifiers(), kind_name))
    return tuple(notices)
