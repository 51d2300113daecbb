"""Threads over the API, and through the client."""

from __future__ import annotations

from typing import Any

from api_room import QUESTION, Room


def begun(api: Room) -> dict[str, Any]:
    """Begin a thread and return the answer."""
    response = api.post("/threads", {"question": QUESTION})
    assert response.status_code == 201
    assert response.headers["location"].endswith(f"/threads/{response.json()['thread']['id']}")
    return response.json()


def test_a_turn_carries_over_and_says_what(api: Room) -> None:
    """Each chip with the turn that it came from."""
    id = begun(api)["thread"]["id"]
    turn = api.post(f"/threads/{id}", {"question": "what about side effects?"}).json()
    assert turn["understood"]["intents"] == ["harm"]
    assert [(each["words"], each["turn"]) for each in turn["thread"]["carried"]] == [
        ("sirolimus", 1),
        ("immune thrombocytopenia", 1),
        ("child", 1),
    ]
    assert api.get(f"/threads/{id}").json()["turns"][1] == {k: v for k, v in turn["thread"].items() if k != "id"}


def test_a_chip_is_taken_away_by_asking_again(api: Room) -> None:
    """`after` says which turn the question follows; what came later is forgotten."""
    id = begun(api)["thread"]["id"]
    api.post(f"/threads/{id}", {"question": "which dose?"})
    again = api.post(f"/threads/{id}", {"question": "which dose?", "drop": ["people:child"], "after": 1}).json()
    assert (again["thread"]["turn"], again["understood"]["populations"]) == (2, [])
    assert len(api.get(f"/threads/{id}").json()["turns"]) == 2


def test_a_chip_that_is_not_there_is_refused(api: Room) -> None:
    """With those that are."""
    id = begun(api)["thread"]["id"]
    response = api.post(f"/threads/{id}", {"question": "which dose?", "drop": ["route:oral"]})
    assert response.status_code == 422 and "immune thrombocytopenia" in response.json()["detail"]


def test_filters_set_beside_the_words_replace_those_carried_over(api: Room) -> None:
    """The others stay."""
    id = begun(api)["thread"]["id"]
    api.post(f"/threads/{id}", {"question": "only trials since 2001"})
    turn = api.post(f"/threads/{id}", {"question": "which dose?", "filters": {"since": 2010}}).json()
    assert turn["understood"]["filters"] == {"evidence": ["randomised trial", "non-randomised trial"], "since": 2010}


def test_a_thread_is_forgotten(api: Room) -> None:
    """And is gone."""
    id = begun(api)["thread"]["id"]
    assert api.delete(f"/threads/{id}").status_code == 204
    assert api.get(f"/threads/{id}").status_code == 404
    assert api.post(f"/threads/{id}", {"question": "which dose?"}).status_code == 404


def test_a_plain_question_is_no_turn(api: Room) -> None:
    """Nothing of it is kept."""
    assert api.post("/ask", {"question": QUESTION}).json()["thread"] is None
