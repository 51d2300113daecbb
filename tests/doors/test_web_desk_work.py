"""The page of the library tells those who manage accounts how the work of the desk stands, and nobody else."""

from __future__ import annotations

from pathlib import Path

from web_desk import Page, browser

from curbside.doors.http.accounts import Accounts
from curbside.records import Person, Role, Session
from curbside.store.desk import SqlDesk
from curbside.store.desk_jobs import MOST_ATTEMPTS
from curbside.workflows.signing import key_of
from desk_makers import Clock, Letterbox, person

ADMIN, EDITOR = person(1, Role.ADMIN), person(2, Role.EDITOR)


def test_work_that_was_given_up_is_told_with_its_reason(web_library: Path, tmp_path: Path) -> None:
    """Not that of a saved question, which may hold its words."""
    clock = Clock()
    desk = SqlDesk.beside(tmp_path, clock)
    with desk.writing() as change:
        for each in (ADMIN, EDITOR):
            change.put(each)
        change.jobs.put("article", ["a1"])
        change.jobs.put("question", ["f1"])
    for _ in range(MOST_ATTEMPTS):
        with desk.writing() as change:
            while jobs := change.jobs.take(["article", "question"], 60.0, 9):
                for job in jobs:
                    change.jobs.fail(job, f"Reason {job.subject} <b>.")
        clock.now += 4_000.0
    with desk.writing() as change:
        change.jobs.put("article", ["a2"])

    def shown(who: Person | None) -> str:
        client = browser(web_library, accounts=Accounts(lambda: desk, Letterbox(), "http://testserver"))
        if who is not None:
            with desk.writing() as change:
                change.open_session(key_of(who.id), Session(who.id, "csrf", change.now, change.now))
            client.cookies.set("curbside_session", who.id)
        return client.get("/status").text

    page = shown(ADMIN)
    assert not Page.of(page).faults and "Work of the desk" in page
    assert "1 article or saved question waits to be asked again; 2 given up." in page
    assert "Reason a1 &lt;b&gt;." in page and "Reason f1" not in page
    for who in (None, EDITOR):
        assert "Work of the desk" not in shown(who)
    desk.close()
