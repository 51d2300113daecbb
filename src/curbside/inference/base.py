"""The contracts of what computes: encoder, judge of stance, checker of support, language model; each has a suite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from curbside.records.citation import Judgement, StatementText
from curbside.records.support import Support

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from curbside.records.completion import Completion, Prompt


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors of unit length whose inner product tells how near their meanings are."""

    @property
    def name(self) -> str:
        """What people call it ("all-MiniLM-L6-v2")."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the vector of some text would; vectors of different versions are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, shape `(len(texts), dimensions)`, each of unit length; safe to call from threads.

        A text longer than the model reads is embedded by its beginning. The same text gives the same bytes, whatever
        stands beside it and however often it is asked for. Raises EncoderError where the encoder's files went bad.
        """
        ...


@runtime_checkable
class StanceJudge(Protocol):
    """Tells whether a statement supports, contrasts or mentions the work that its marker stands for."""

    @property
    def name(self) -> str:
        """What people call it, with its version ("stance rules 1"); also the `maker` of its judgements."""
        ...

    def judge(self, statements: Sequence[StatementText]) -> list[Judgement]:
        """Return one judgement a statement, in order; safe to call from threads.

        The same statement gives the same judgement, whatever stands beside it. The spans of `deciding` lie in the
        statement's `text`, in order. Where there is nothing to go by the stance is mentioning, and `reason` begins
        with "abstains". Nothing that a statement may hold raises.
        """
        ...


@runtime_checkable
class SupportChecker(Protocol):
    """Tells whether a piece of evidence supports a claim, refutes it, or is not enough to say."""

    @property
    def name(self) -> str:
        """What people call it, with its version ("support rules 1"); also the `maker` of its judgements."""
        ...

    def check(self, pairs: Sequence[tuple[str, str]]) -> list[Support]:
        """Return one judgement a pair of claim and evidence, in order; safe to call from threads.

        The same pair gives the same judgement, whatever stands beside it. The spans of its reasons lie in the text
        that they are of. Where either text has no words the label is "not enough". Nothing that a text may hold
        raises. Raises EncoderError where an encoder's files went bad.
        """
        ...


@runtime_checkable
class LanguageModel(Protocol):
    """Writes a text from orders and data. What it writes is a proposal: whoever asks holds it against the evidence."""

    @property
    def name(self) -> str:
        """What people call it, with the host it runs on ("llama3.1 at localhost"); never holds the key."""
        ...

    def complete(self, prompt: Prompt) -> Completion:
        """Return its reply to a prompt, whole; safe to call from threads.

        Raises ModelError, with why, where there is no whole reply: nobody answers, in time, or is willing; the reply is
        not what the server's documentation says, is longer than asked for, or ends before its end.
        """
        ...
