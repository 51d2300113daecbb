"""Pages of articles are laid out once for all readers, and anew as soon as something in them changes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from starlette.testclient import TestClient
from web_desk import browser

from article_makers import AT, article, claim, version
from curbside.doors.http.accounts import Accounts
from curbside.doors.web import kept, pages
from curbside.errors import LibraryError
from curbside.records import Article, ArticleState, ArticleVersion, Move, Role, Session
from curbside.store.base_desk import Desk, DeskView
from curbside.store.desk import SqlDesk
from curbside.workflows import people, signing
from desk_makers import Clock, Letterbox, person

FIRST, SECOND = "a" + "b" * 16, "a" + "c" * 16


def approved(id: str, held: ArticleVersion) -> Article:
    """An article that was approved."""
    plain = article(ArticleState.APPROVED)
    moves = (*plain.moves, Move(AT, "p0000000000000009", ArticleState.APPROVED, 1, ""))
    return replace(plain, id=id, version=held, approved=1, moves=moves)


class Site:
    """A desk with two approved articles, a reader, and a count of the pages that were laid out."""

    def __init__(self, library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = SqlDesk.beside(folder, Clock())
        self.author = replace(person(1, Role.AUTHOR), name="Ada Lovelace")
        with self.desk.writing() as change:
            change.put(self.author)
            for id in (FIRST, SECOND):
                change.articles.make(approved(id, version(1, title=f"On {id}")), change.at)
        self.laid: list[str] = []
        plain = pages.templates

        def counted():
            self.laid.append("page")
            return plain()

        monkeypatch.setattr(pages, "templates", counted)
        self.reader = self.browser(library)
        self.library = library

    def browser(self, library: Path) -> TestClient:
        """A browser of a server of its own."""
        return browser(library, accounts=Accounts(lambda: self.desk, Letterbox(), "http://testserver"))

    def get(self, address: str = f"/articles/{FIRST}", cookies: dict[str, str] | None = None) -> tuple[str, int]:
        """A page, and how many were laid out for it."""
        self.laid.clear()
        self.reader.cookies.update(cookies or {})
        found = self.reader.get(address)
        self.reader.cookies.clear()
        assert found.status_code == 200, found.text
        return found.text, len(self.laid)

    def last(self) -> int:
        """Number of the log's last entry."""
        with self.desk.reading() as view:
            return view.head_number()

    def change(self, id: str, action: str = "article.comment", **fields: object) -> None:
        """Change an article as the desk does, with its entry in the log."""
        with self.desk.writing() as change:
            change.articles.put(replace(change.articles.get(id), **fields), change.at)  # type: ignore[arg-type]
            change.log(self.author.id, action, id)


@pytest.fixture
def site(web_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site with two articles."""
    made = Site(web_library, tmp_path, monkeypatch)
    yield made
    made.desk.close()


@pytest.mark.parametrize("address", ["/articles", f"/articles/{FIRST}", f"/articles/{FIRST}/versions/1"])
def test_the_second_reader_gets_what_the_first_got(site: Site, address: str) -> None:
    """The same bytes and the same headers; nothing is laid out for it."""
    first, laid = site.get(address)
    assert laid == 1
    assert site.get(address) == (first, 0)
    one, other = site.reader.get(address), site.browser(site.library).get(address)
    assert one.headers["cache-control"] == other.headers["cache-control"] == "no-store"
    assert dict(one.headers) == dict(other.headers)


def test_what_changes_is_seen_by_the_next_reader(site: Site) -> None:
    """On its own page and in lists; the page of another article stays as it was."""
    for address in ("/articles", f"/articles/{FIRST}", f"/articles/{SECOND}"):
        site.get(address)
    site.change(FIRST, "article.news", news="Retracted: “A trial” [1].")
    text, laid = site.get()
    assert laid == 1 and "New evidence since approval." in text
    text, laid = site.get("/articles")
    assert laid == 1 and "New evidence since approval" in text
    assert site.get(f"/articles/{SECOND}")[1] == 0


def test_lists_stay_while_an_article_is_worked_on(site: Site) -> None:
    """They say nothing of claims, reviewers and comments; its own page is laid out anew."""
    for address in ("/articles", f"/articles/{FIRST}"):
        site.get(address)
    for action in sorted(kept.WORK):
        site.change(FIRST, action)
        assert (site.get("/articles")[1], site.get()[1]) == (0, 1), action


def test_readers_who_come_while_somebody_looks_share_the_next_look(site: Site) -> None:
    """Nobody is served by a look at the log that began before they came."""
    pages_kept, begun, go_on = kept.KeptPages(), threading.Event(), threading.Event()
    looks: list[int] = []

    class Slow:
        """The desk, whose first look waits until it is told to go on."""

        @contextmanager
        def reading(self) -> Iterator[DeskView]:
            looks.append(len(looks))
            with site.desk.reading() as view:
                if len(looks) == 1:
                    begun.set()
                    assert go_on.wait(20)
                yield view

    slow = cast(Desk, Slow())
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(pages_kept.settle, slow)
        assert begun.wait(20)
        others = [pool.submit(pages_kept.settle, slow) for _ in range(6)]
        go_on.set()
        assert {each.result(20) for each in (first, *others)} == {site.last()}
    assert 2 <= len(looks) <= 7


def test_a_look_that_fails_fails_whoever_looked_and_nobody_else(site: Site) -> None:
    """The next one looks for themselves."""
    pages_kept = kept.KeptPages()

    class Away:
        """A desk whose server is away."""

        def reading(self) -> AbstractContextManager[DeskView]:
            raise LibraryError("The desk cannot be used.")

    with pytest.raises(LibraryError):
        pages_kept.settle(cast(Desk, Away()))
    assert pages_kept.settle(site.desk) == site.last()


def test_an_article_that_goes_is_gone_at_once(site: Site) -> None:
    """Under review again, one that was never approved as it stands is at no address."""
    site.get()
    site.change(FIRST, "article.reopen", state=ArticleState.UNDER_REVIEW, approved=0)
    assert site.reader.get(f"/articles/{FIRST}").status_code == 404
    site.change(FIRST, "article.approve", state=ArticleState.APPROVED, approved=1)
    assert site.reader.get(f"/articles/{FIRST}").status_code == 200, "that it was not there is not kept"


def test_a_person_who_is_renamed_or_forgotten_is_so_on_every_page(site: Site) -> None:
    """Their names stand beside what they wrote and signed."""
    assert "Ada Lovelace" in site.get()[0]
    people.set_profile(site.desk, site.author, "Augusta King", "", "", "None.")
    assert "Augusta King" in site.get()[0]
    people.erase(site.desk, site.author, site.author.id)
    assert "Augusta King" not in site.get()[0]


def test_who_comes_and_goes_changes_no_page(site: Site) -> None:
    """Signing in stands in the log, and has nothing to do with articles."""
    site.get()
    with site.desk.writing() as change:
        change.log(site.author.id, "person.signed in", site.author.id)
    assert site.get()[1] == 0


def test_who_has_signed_in_gets_a_page_of_their_own(site: Site) -> None:
    """It is neither taken from what is kept nor kept: it may hold what only they may see."""
    plain, _ = site.get()
    with site.desk.writing() as change:
        change.open_session(signing.key_of("secret"), Session(site.author.id, "csrf", change.now, change.now))
        change.articles.say(FIRST, ())
    mine, laid = site.get(cookies={"curbside_session": "secret"})
    assert laid == 1 and mine != plain and "At the desk" in mine
    assert site.get() == (plain, 0)


def test_a_theme_is_another_page_and_nonsense_is_none(site: Site) -> None:
    """What a cookie says does not fill the memory."""
    site.get()
    dark, laid = site.get(cookies={"theme": "dark"})
    assert laid == 1 and 'data-theme="dark"' in dark
    assert site.get(cookies={"theme": "<script>"})[1] == 0


def test_with_a_query_nothing_is_kept(site: Site) -> None:
    """Nobody fills the memory with addresses that they make up."""
    for number in range(3):
        assert site.get(f"/articles/{FIRST}?x={number}")[1] == 1
    assert len(site.reader.app.state.kept_pages._pages) == 0  # type: ignore[attr-defined]


def test_what_changes_while_a_page_is_laid_out_is_not_missed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of before may be sent once more; it is not kept."""
    plain = pages.templates

    def slow():
        found = plain()
        monkeypatch.setattr(pages, "templates", plain)
        site.change(FIRST, "article.news", news="Retracted: “A trial” [1].")
        site.reader.get(f"/articles/{SECOND}")  # another reader, who sees the log's new end first
        return found

    monkeypatch.setattr(pages, "templates", slow)
    site.get()
    assert "New evidence since approval." in site.get()[0]


def test_another_desk_in_the_place_of_one_is_seen(site: Site, tmp_path: Path) -> None:
    """As after a restore: its log ends earlier, and what was kept says nothing."""
    site.change(FIRST)
    site.change(FIRST)
    site.get()
    other = SqlDesk.beside(tmp_path / "other", Clock())
    with other.writing() as change:
        change.put(site.author)
        changed = version(1, claim(1, "Other words stand here."))
        change.articles.make(approved(FIRST, changed), change.at)
        change.log(site.author.id, "article.made", FIRST)
    site.desk.close()
    site.desk = other
    assert "Other words stand here." in site.get()[0]


def test_what_was_not_read_for_longest_goes_first(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is an end to what a process keeps."""
    size = len(site.get()[0].encode())
    monkeypatch.setattr(kept, "MOST_BYTES", size * 8)
    held = kept.KeptPages()
    held.settle(site.desk)
    for number in range(20):
        held.put((f"/{number}", ""), kept._Kept("", 200, (), b"x" * size), 0)
    assert held.get(("/0", "")) is None and held.get(("/19", "")) is not None
    assert held._bytes <= size * 8
