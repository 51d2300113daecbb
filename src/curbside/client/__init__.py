"""A client of Curbside's API, for programs: `with Client("http://127.0.0.1:8000") as curbside: curbside.ask("…")`.

What lives here: calls, shapes of what comes back, errors. What may not: anything else of Curbside but its errors, so
that it can be used where no library is. It wants `curbside[client]`.
"""

from curbside.client.calls import Client
from curbside.client.errors import (
    ApiError,
    Busy,
    ClientError,
    NotFound,
    NotUnderstood,
    QueryFault,
    Refused,
    ServerFault,
    TooMuch,
    Unexpected,
    Unreachable,
)
from curbside.client.events import Event
from curbside.client.shapes import Answer, Filters, Kept, Problem
from curbside.client.shapes_articles import (
    ArticleChanges,
    ArticleListed,
    ArticleShown,
    ArticlesListed,
    AuditHead,
    ClaimShown,
    KeyShown,
    PersonShown,
)
from curbside.client.shapes_checked import ChecksMade
from curbside.client.shapes_cited import CitationMade, CitationsShown
from curbside.client.shapes_library import (
    Batch,
    Document,
    Found,
    Hit,
    Listing,
    Place,
    Problems,
    Record,
    Status,
    Term,
    Work,
)
from curbside.client.shapes_likened import SimilarFound, SimilarText, WorkSummary
from curbside.client.shapes_stance import MarkerPlace, StanceMade, StancesMade, StatementAsked
from curbside.client.shapes_support import PairAsked, SupportReasonShown, SupportShown, SupportsMade
from curbside.client.shapes_thread import ThreadChip, ThreadKept, ThreadLeft, ThreadPlace, ThreadTurn
from curbside.client.shapes_weighed import EvidenceProfile, Fact, LedgerShown, StudyHeld

__all__ = [
    "Answer",
    "ApiError",
    "ArticleChanges",
    "ArticleListed",
    "ArticleShown",
    "ArticlesListed",
    "AuditHead",
    "Batch",
    "Busy",
    "ChecksMade",
    "CitationMade",
    "CitationsShown",
    "ClaimShown",
    "Client",
    "ClientError",
    "Document",
    "Event",
    "EvidenceProfile",
    "Fact",
    "Filters",
    "Found",
    "Hit",
    "Kept",
    "KeyShown",
    "LedgerShown",
    "Listing",
    "MarkerPlace",
    "NotFound",
    "NotUnderstood",
    "PairAsked",
    "PersonShown",
    "Place",
    "Problem",
    "Problems",
    "QueryFault",
    "Record",
    "Refused",
    "ServerFault",
    "SimilarFound",
    "SimilarText",
    "StanceMade",
    "StancesMade",
    "StatementAsked",
    "Status",
    "StudyHeld",
    "SupportReasonShown",
    "SupportShown",
    "SupportsMade",
    "Term",
    "ThreadChip",
    "ThreadKept",
    "ThreadLeft",
    "ThreadPlace",
    "ThreadTurn",
    "TooMuch",
    "Unexpected",
    "Unreachable",
    "Work",
    "WorkSummary",
]
