"""Readers remember short texts, and what they give is nobody else's to change."""

from __future__ import annotations

from curbside.language.recent import remembered


def _letters(text: str) -> list[str]:
    return list(text)


def test_a_short_text_is_read_once() -> None:
    """The second asking costs nothing."""
    read: list[str] = []

    @remembered
    def letters(text: str) -> list[str]:
        read.append(text)
        return list(text)

    assert letters("abc") == letters("abc") == ["a", "b", "c"]
    assert read == ["abc"]


def test_what_a_caller_does_to_its_list_stays_with_the_caller() -> None:
    """Each caller has a list of its own."""
    letters = remembered(_letters)
    letters("abc").clear()
    assert letters("abc") == ["a", "b", "c"]


def test_long_texts_are_not_kept() -> None:
    """Memory stays bounded whatever is read."""
    read: list[int] = []

    @remembered
    def count(text: str) -> list[int]:
        read.append(len(text))
        return [len(text)]

    assert count("a" * 5_000) == count("a" * 5_000) == [5_000]
    assert read == [5_000, 5_000]
