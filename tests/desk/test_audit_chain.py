"""The audit log's chain: whatever is changed, left out, put in or turned round is found, with its place."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from curbside.records import AuditEntry, chained, fault_in, linked, seal_of

TEXT = st.text(max_size=20)


def log_of(*details: str) -> list[AuditEntry]:
    """A log with an entry for each detail."""
    entries: list[AuditEntry] = []
    for number, detail in enumerate(details):
        entry = AuditEntry(0, "2027-01-15T08:00:00Z", "p1", "person.profile", "p1", detail, "", "", f"{number:032x}")
        entries.append(chained(entry, entries[-1] if entries else None))
    return entries


LOG = log_of("one", "two", "three", "four")


def test_a_log_as_it_was_written_holds() -> None:
    """An empty one too."""
    assert fault_in(LOG) is None
    assert fault_in([]) is None


@given(st.integers(0, 3), st.sampled_from([each.name for each in fields(AuditEntry)]), TEXT)
def test_any_changed_field_of_any_entry_is_found(place: int, field: str, words: str) -> None:
    """Whether words, time, person, number or hash."""
    value: object = len(words) + 10 if field == "number" else words
    changed = replace(LOG[place], **{field: value})  # type: ignore[arg-type]
    fault = fault_in([*LOG[:place], changed, *LOG[place + 1 :]])
    assert (fault is None) is (changed == LOG[place])


def test_an_entry_made_to_fit_breaks_the_next() -> None:
    """Whoever changes words and seals them again must change everything behind them."""
    forged = chained(replace(LOG[1], detail="something else"), LOG[0])
    fault = fault_in([LOG[0], forged, *LOG[2:]])
    assert fault is not None and fault.number == 3 and "changed" in fault.reason


def test_an_entry_left_out_is_found() -> None:
    """By the gap in the numbers."""
    fault = fault_in([LOG[0], *LOG[2:]])
    assert fault is not None and fault.number == 2 and "missing" in fault.reason


def test_entries_turned_round_are_found() -> None:
    """The second then stands where the first should."""
    assert fault_in([LOG[1], LOG[0]]) is not None


def test_a_cut_end_is_found_by_whoever_noted_the_head() -> None:
    """The chain alone cannot tell; a hash kept elsewhere can."""
    assert fault_in(LOG[:2]) is None
    fault = fault_in(LOG[:2], head=LOG[3].hash)
    assert fault is not None and fault.number == 2 and "taken away" in fault.reason
    assert fault_in(LOG, head=LOG[1].hash) is None  # it grew since


@given(st.lists(TEXT, max_size=8))
def test_whatever_words_are_logged_the_log_holds(details: list[str]) -> None:
    """Marks, line breaks, surrogate pairs and nothing at all."""
    assert fault_in(log_of(*details)) is None


@given(TEXT)
def test_the_chain_holds_together_by_seals_alone(words: str) -> None:
    """Whoever has an entry's seal can follow the chain, and cannot find its words by trying."""
    entries = log_of("one", words, "three")
    hashes = [entries[0].hash]
    for entry in entries[1:]:
        hashes.append(linked(hashes[-1], seal_of(entry)))
    assert hashes == [each.hash for each in entries]
    tried = replace(entries[1], salt="")
    assert seal_of(tried) != seal_of(entries[1])
