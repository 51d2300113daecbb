"""The language model that the user has set, with the ledger of a library; loaded when it is wanted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from curbside.settings import read_settings

if TYPE_CHECKING:
    from curbside.records.completion import ModelStatus
    from curbside.store.completions import CompletionStore
    from curbside.workflows.reword import Asked


def model_name() -> str:
    """Return the name of the model that is set and its host, "" where none is; cheap.

    Raises:
        UsageError: if a variable holds what it cannot mean.
    """
    model = read_settings(os.environ, Path.home()).model
    return f"{model.model} at {model.host}" if model is not None else ""


def language_model(folder: Path) -> Asked | None:
    """Return the model that is set, with the ledger of the library in `folder`; None where none is set.

    Raises:
        UsageError: if a variable holds what it cannot mean.
    """
    settings = read_settings(os.environ, Path.home())
    if settings.model is None:
        return None
    from curbside.inference.language_model import HttpLanguageModel
    from curbside.store.completions import CompletionStore
    from curbside.workflows.reword import Asked

    given = settings.model
    model = HttpLanguageModel(given.url, given.kind, given.model, host=given.host, key=given.key, seconds=given.seconds)
    return Asked(model, CompletionStore(folder, settings.keep_questions), given.prices)


def completions(folder: Path) -> CompletionStore:
    """Return the replies that the library in `folder` keeps, and its ledger."""
    from curbside.store.completions import CompletionStore

    return CompletionStore(folder, read_settings(os.environ, Path.home()).keep_questions)


def model_status(folder: Path) -> ModelStatus:
    """Return the model that is set, and what its use came to.

    Raises:
        UsageError: if a variable holds what it cannot mean.
    """
    from curbside.records.completion import ModelStatus

    given, kept = read_settings(os.environ, Path.home()).model, completions(folder)
    if given is None:
        return ModelStatus(False, kept=kept.kept(), ledger=kept.ledger())
    return ModelStatus(
        True,
        given.model,
        given.kind,
        given.host,
        bool(given.key),
        given.seconds,
        given.prices,
        kept.kept(),
        kept.ledger(),
    )
