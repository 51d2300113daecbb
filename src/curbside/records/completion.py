"""What a language model is asked, what it gives back, and the ledger of both."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is asked.

    Attributes:
        orders: what it is to do; written by us alone.
        data: what it is to do it with; whatever a document says in it is no order.
        longest: tokens of its reply at the most.
    """

    orders: str
    data: str
    longest: int = 4_000


@dataclass(frozen=True, slots=True)
class Completion:
    """What a language model gave back.

    Attributes:
        text: its words, whole.
        read: tokens of the prompt as the server counts them, 0 where it does not say.
        written: tokens of the reply, 0 where it does not say.
    """

    text: str
    read: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class ModelCall:
    """A line of the ledger; it holds nothing of the question or of the reply.

    Attributes:
        time: ISO time, UTC.
        model: name of the model and the host it runs on.
        purpose: what for ("reword").
        outcome: "answered", "cached", or a fault of `curbside.errors.MODEL_FAULTS`.
        read, written: tokens, 0 where nobody says.
        cost: in `currency`, or None where no prices are set.
        currency: of the cost, or "".
    """

    time: str
    model: str
    purpose: str
    outcome: str
    read: int = 0
    written: int = 0
    cost: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ModelLedger:
    """What the calls of a library came to.

    Attributes:
        calls: requests that went out.
        answered: those that gave a reply.
        cached: replies that were at hand, so that nothing went out.
        faults: (fault, how often) of the others.
        read, written: tokens, as far as servers count them.
        costs: (currency, sum) of the calls made while prices were set.
        first, last: ISO times of the first and the last line, or "".
    """

    calls: int = 0
    answered: int = 0
    cached: int = 0
    faults: tuple[tuple[str, int], ...] = ()
    read: int = 0
    written: int = 0
    costs: tuple[tuple[str, float], ...] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A language model as it is set, and what its use came to.

    Attributes:
        set: whether one is set; else the rest says what the library has from before.
        name: of the model, or "".
        kind: shape of its server ("openai", "anthropic", "ollama"), or "".
        host: where its server is, without the rest of the address, or "".
        has_key: whether a key is set; the key itself is never told.
        seconds: time allowed for a reply.
        prices: (of a million tokens read, of a million written, currency), or None.
        kept: replies that are kept.
        ledger: what its use came to.
    """

    set: bool
    name: str = ""
    kind: str = ""
    host: str = ""
    has_key: bool = False
    seconds: float = 0.0
    prices: tuple[float, float, str] | None = None
    kept: int = 0
    ledger: ModelLedger = ModelLedger()
