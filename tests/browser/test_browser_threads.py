"""A question that follows another, in a real browser: on a desk and on a phone, with the page's script and without."""

from __future__ import annotations

from typing import Any

from browsing import Bridge

QUESTION = "Does topical sirolimus help children with facial angiofibroma?"


def test_a_thread_is_followed_changed_and_forgotten(browser: Bridge, shelf: str, how: dict[str, Any]) -> None:
    """What is carried over is shown, taken away by keyboard, and everything is gone when the thread is."""
    said = browser.goes(
        "threads.followed_through", shelf, given={"question": QUESTION, "next": "what about side effects?"}, **how
    )
    assert "sirolimus (drug)" in said["carried"]
    assert said["left"] == said["carried"][1:]
