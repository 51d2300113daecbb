"""What made the profiles that are held; apart from the reading, since every question asks for it."""

from __future__ import annotations

from curbside.extract.profile import MAKER
from curbside.language.vocabulary import Vocabulary


def made_by(vocabulary: Vocabulary) -> str:
    """Return the version of what makes profiles: the step's own and the vocabulary's."""
    return f"{MAKER.version}.{vocabulary.version}"
