"""The one place that names concrete back ends and reads settings.

- `stores`: where the records of a library lie;
- `library`: a library that is open, what can be done with it, and how one is put together;
- `meaning`: the encoder installed and the vectors of a library;
- `judges`: judges of stance and checkers of support, by their kind;
- `work`: the kinds of work that a library has waiting.
"""

from __future__ import annotations

from curbside.wiring.judges import (
    STANCE_JUDGES,
    SUPPORT_CHECKERS,
    named_in,
    plainly_written,
    stance_judge,
    support_checker,
)
from curbside.wiring.library import VOCABULARY, Library, open_library
from curbside.wiring.meaning import Meaning
from curbside.wiring.work import JOBS, CiteWorker, EmbedWorker, ReceiveWorker

__all__ = [
    "JOBS",
    "STANCE_JUDGES",
    "SUPPORT_CHECKERS",
    "VOCABULARY",
    "CiteWorker",
    "EmbedWorker",
    "Library",
    "Meaning",
    "ReceiveWorker",
    "named_in",
    "open_library",
    "plainly_written",
    "stance_judge",
    "support_checker",
]
