"""Turns of a thread as JSON and as lines of a terminal: what was carried over, what was left behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from curbside.records.thread import Chip, ChipKind, Dropped, Thread, Turn


def turn_json(turn: Turn, number: int) -> dict[str, Any]:
    """Return how a turn was read; `read_as` names all that it is about."""
    return {
        "turn": number,
        "text": turn.text,
        "read_as": turn.question.text,
        "time": turn.time,
        "carried": [_chip(chip) for chip in turn.carried(number)],
        "dropped": [{**_chip(each.chip), "why": each.why} for each in turn.dropped],
        "notes": list(turn.notes),
    }


def answered_json(turn: Turn, number: int, thread: str) -> dict[str, Any]:
    """Return the same beside an answer, with the id of the thread; "" where threads are not kept."""
    return {"id": thread, **turn_json(turn, number)}


def thread_json(thread: Thread) -> dict[str, Any]:
    """Return a thread with how each of its turns was read."""
    return {"id": thread.id, "turns": [turn_json(turn, number) for number, turn in enumerate(thread.turns, 1)]}


def _chip(chip: Chip) -> dict[str, Any]:
    return {"id": chip.id, "kind": chip.kind.value, "value": chip.value, "words": chip.words, "turn": chip.turn}


def chip_words(chip: Chip) -> str:
    """Return a chip as it is shown: "sirolimus (drug)", "since 2020"."""
    return chip.words if chip.kind is ChipKind.SOURCES else f"{chip.words} ({chip.kind.value})"


def turn_terminal(turn: Turn, number: int) -> list[str]:
    """Return lines that tell what a turn carried over and left behind; none for a first turn."""
    lines: list[str] = []
    carried = turn.carried(number)
    if carried:
        told = ", ".join(f"{chip_words(chip)} from question {chip.turn}" for chip in carried)
        lines.append(f"Carried over: {told}.")
    elif number > 1:
        lines.append("Carried over: nothing.")
    if turn.dropped:
        lines.append(f"Left behind: {_left(turn.dropped)}.")
    return lines


def _left(dropped: Sequence[Dropped]) -> str:
    """Return what was left behind, those for one reason together."""
    by_why: dict[str, list[str]] = {}
    for each in dropped:
        by_why.setdefault(each.why, []).append(chip_words(each.chip))
    return "; ".join(f"{', '.join(names)}: {why}" for why, names in by_why.items())
