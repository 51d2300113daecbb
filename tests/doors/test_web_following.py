"""What one follows, on the web: saving, renaming, dropping, being told by page, feed and letter, and who sees none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient
from web_desk import SCRIPT, Page, browser

from article_makers import article
from curbside.doors.http.accounts import Accounts
from curbside.records import ArticleState, Person, Role, Session
from curbside.records.following import Digest, NewsKind
from curbside.store.desk import SqlDesk
from curbside.workflows.signing import key_of
from desk_makers import Clock, Letterbox, person

QUESTION = "Does topical sirolimus improve facial angiofibroma?"
BASE = "https://desk.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
ADA, BEN, ADMIN = person(1), person(2, Role.EDITOR), person(3, Role.ADMIN)


class Site:
    """A library with a desk, and people who have signed in."""

    def __init__(self, library: Path, desk: SqlDesk) -> None:
        self.library, self.desk, self.box = library, desk, Letterbox()
        with desk.writing() as change:
            for each in (ADA, BEN, ADMIN):
                change.put(each)
                change.open_session(key_of(each.name), Session(each.id, f"csrf {each.id}", change.now, change.now))
        self.article = replace(article(ArticleState.APPROVED), approved=1)
        with desk.writing() as change:
            change.articles.make(self.article, change.at)
            change.articles.put(self.article, change.at)

    def browser(self, who: Person | None = None) -> TestClient:
        """A browser of somebody."""
        client = browser(self.library, accounts=Accounts(lambda: self.desk, self.box, BASE))
        if who is not None:
            client.cookies.set("curbside_session", who.name)
        return client

    def send(self, who: Person, address: str, **data: object):
        """Send a form as somebody, and follow where it leads."""
        return self.browser(who).post(address, data={"csrf": f"csrf {who.id}", **data})

    def save(self, who: Person) -> str:
        """Ask and save the question; return what it is followed as."""
        asked = self.browser().post("/ask", data={"question": QUESTION}).url.path.rpartition("/")[2]
        page = self.send(who, "/following", asked=asked)
        assert page.status_code == 200 and page.url.path == "/following", page.text
        found = re.search(r'<li id="(f\w{16})">', page.text)
        assert found
        return found[1]

    def happens(self, **more: str) -> None:
        """Make news of the article, or of a question."""
        kind = NewsKind.ANSWER if "followed" in more else NewsKind.EVIDENCE
        given = more or {"article": self.article.id, "title": f"A {SCRIPT} title"}
        with self.desk.writing() as change:
            change.following.tell(kind, change.at, f"New: “{SCRIPT}”.", **given)


@pytest.fixture
def site(web_library: Path, tmp_path: Path) -> Iterator[Site]:
    """A site over the library that all pages' tests read, with a desk of its own."""
    desk = SqlDesk.beside(tmp_path, Clock())
    yield Site(web_library, desk)
    desk.close()


def test_a_question_is_followed_from_its_answer(site: Site) -> None:
    """By whoever has signed in; its words stand in no address, and on nobody else's page."""
    asked = site.browser().post("/ask", data={"question": QUESTION}).url.path
    assert "Follow this question" not in site.browser().get(asked).text
    assert "Follow this question" in site.browser(ADA).get(asked).text
    id = site.save(ADA)
    page = Page.of(site.browser(ADA).get("/following").text)
    assert not page.faults and QUESTION in page.text and "You are told" not in page.text
    assert QUESTION not in site.browser(BEN).get("/following").text
    for address in (f"/following/{id}", f"/following/{id}/"):
        assert site.browser(ADA).get(address).status_code in (404, 405)
    assert site.browser().get("/following").url.path == "/account/sign-in"


def test_it_is_renamed_paused_and_deleted_by_its_owner_alone(site: Site) -> None:
    """To others it is not there."""
    id = site.save(ADA)
    for do in ("rename", "pause", "resume", "drop"):
        assert site.send(BEN, f"/following/{id}", do=do, name="Mine").status_code == 404
    assert (
        SCRIPT.replace("<", "&lt;").replace(">", "&gt;")
        in site.send(ADA, f"/following/{id}", do="rename", name=SCRIPT).text
    )
    assert ">paused<" in site.send(ADA, f"/following/{id}", do="pause").text
    assert ">paused<" not in site.send(ADA, f"/following/{id}", do="resume").text
    assert site.send(ADA, f"/following/{id}", do="rename", name=" ").status_code == 422
    assert site.send(ADA, f"/following/{id}", do="burn").status_code == 422
    assert "no more" in site.send(ADA, f"/following/{id}", do="drop").text
    assert site.send(ADA, f"/following/{id}", do="drop").status_code == 404


def test_what_nothing_could_touch_is_said_and_not_saved(site: Site) -> None:
    """With what to do about it."""
    asked = site.browser().post("/ask", data={"question": "How are you today?"}).url.path.rpartition("/")[2]
    page = site.send(ADA, "/following", asked=asked)
    assert page.status_code == 422 and "Neither a drug nor a condition" in page.text


def test_an_article_is_followed_from_its_page(site: Site) -> None:
    """And no more from there; a draft is none that there is."""
    address = f"/articles/{site.article.id}"
    assert "Follow this article" not in site.browser().get(address).text
    page = site.send(ADA, "/following", article=site.article.id)
    assert page.url.path == address and "Follow it no more" in page.text
    assert all("#r1" in each for each in Page.of(page.text).faults)  # a made article has no references
    followed = re.search(r'action="/following/(f\w+)"', page.text)
    assert followed
    page = site.send(ADA, f"/following/{followed[1]}", do="drop", back="1")
    assert page.url.path == address and "Follow this article" in page.text
    assert site.send(ADA, "/following", article="a" + "9" * 16).status_code == 404


def test_news_stand_on_the_page_until_they_are_read(site: Site) -> None:
    """What came after the page was made is still new; hostile words stay words."""
    site.send(ADA, "/following", article=site.article.id)
    site.happens()
    page = site.browser(ADA).get("/following")
    assert not Page.of(page.text).faults and "Mark all as read" in page.text and SCRIPT not in page.text
    upto = re.search(r'name="upto" value="(\d+)"', page.text)
    assert upto
    site.happens()
    page = site.send(ADA, "/following/read", upto=upto[1])
    assert "Mark all as read" in page.text and "Earlier" in page.text
    assert site.send(ADA, "/following/read", upto="99999999").text.count("Mark all as read") == 0
    assert site.send(ADA, "/following/read", upto="x" * 20).status_code == 422


def test_letters_are_chosen_and_ended(site: Site) -> None:
    """On the page, or by the link of a letter, which needs no signing in."""
    page = site.send(ADA, "/following/telling", digest="daily", words="1")
    assert 'value="daily" checked' in page.text and "Kept." in page.text
    assert site.send(ADA, "/following/telling", digest="hourly").status_code == 422
    with site.desk.reading() as view:
        told = view.following.telling(ADA.id)
    assert (told.digest, told.shows_words) == (Digest.DAILY, True)
    link = f"/unsubscribe/{told.stop}"
    page = site.browser().get(link)
    assert (
        not Page.of(page.text).faults and "No more letters" in page.text and "noindex" in page.headers["x-robots-tag"]
    )
    with site.desk.reading() as view:
        assert view.following.telling(ADA.id).digest is Digest.DAILY  # looking ends nothing
    assert "no more of these letters" in site.browser().post(link, data={"List-Unsubscribe": "One-Click"}).text
    with site.desk.reading() as view:
        assert view.following.telling(ADA.id).digest is Digest.OFF
    assert site.browser().post("/unsubscribe/" + "x" * 43).status_code == 404


def feed_of(site: Site) -> str:
    """The path of Ada's new feed, as her page shows it once."""
    page = site.send(ADA, "/following/feed", do="make")
    found = re.search(rf"{BASE}(/feeds/[\w-]{{43}}/news\.atom)", page.text)
    assert found and not Page.of(page.text).faults
    assert found[1] not in site.browser(ADA).get("/following").text
    return found[1]


def test_a_private_feed_tells_without_words_unless_they_are_wanted(site: Site) -> None:
    """To whoever knows its address, which nobody keeps who passes by; a new one ends it."""
    id = site.save(ADA)
    site.happens(followed=id)
    path = feed_of(site)
    answer = site.browser().get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert answer.headers["cache-control"].startswith("private") and answer.headers["x-robots-tag"] == "noindex"
    read = ElementTree.fromstring(answer.text)  # noqa: S314 (it was just written here)
    assert read.findtext(f"{ATOM}entry/{ATOM}title") == "A question that you follow has news"
    assert "sirolimus" not in answer.text and "script" not in answer.text and path.split("/")[2] not in answer.text
    site.send(ADA, "/following/telling", digest="off", words="1")
    told = site.browser().get(path).text
    assert "sirolimus" in told and SCRIPT not in told
    assert feed_of(site) != path and site.browser().get(path).status_code == 404
    page = site.send(ADA, "/following/feed", do="end")
    assert "no address any more" in page.text
    assert site.send(ADA, "/following/feed", do="sell").status_code == 422


def test_the_public_feed_tells_of_articles_alone(site: Site) -> None:
    """With ids that stay, whatever comes behind them; saved questions are in none."""
    site.happens(followed=site.save(ADA))
    site.happens()
    first = ElementTree.fromstring(site.browser().get("/articles.atom").text)  # noqa: S314
    site.happens()
    answer = site.browser().get("/articles.atom")
    second = ElementTree.fromstring(answer.text)  # noqa: S314
    ids = [[each.text for each in feed.iter(f"{ATOM}id")] for feed in (first, second)]
    assert ids[0][0] == ids[1][0] and ids[0][1] == ids[1][2] and len(ids[1]) == 3
    assert second.findtext(f"{ATOM}entry/{ATOM}title") == f"A {SCRIPT} title: new evidence since approval"
    assert all(str(each.get("href")).startswith(BASE) for each in second.iter(f"{ATOM}link"))
    assert 'href="/articles.atom"' in site.browser().get("/articles").text


def test_a_feed_that_was_read_is_not_sent_again(site: Site) -> None:
    """By its tag, else by its time; a tag that is another decides alone (RFC 9110, 13.2.2)."""
    site.happens()
    answer = site.browser().get("/articles.atom")
    tag, changed = answer.headers["etag"], answer.headers["last-modified"]

    def status(**headers: str) -> int:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return site.browser().get("/articles.atom", headers=sent).status_code

    assert status(If_None_Match=tag) == status(If_None_Match=f'"x", W/{tag}') == status(If_None_Match="*") == 304
    assert status(If_Modified_Since=changed) == 304
    assert status(If_None_Match='"x"', If_Modified_Since=changed) == 200
    for other in ("yesterday", "Fri, 01 Jan 1999 00:00:00 GMT", "Fri, 99 Foo 1999 00:00:00"):
        assert status(If_Modified_Since=other) == 200
    head = site.browser().head("/articles.atom")
    assert head.status_code == 200 and head.headers["etag"] == tag and not head.content
    site.happens()
    assert status(If_None_Match=tag) == 200


def test_an_empty_feed_is_one(site: Site) -> None:
    """A reader of feeds can begin with it."""
    for path in ("/articles.atom", feed_of(site)):
        read = ElementTree.fromstring(site.browser().get(path).text)  # noqa: S314
        assert read.findtext(f"{ATOM}updated") and read.find(f"{ATOM}entry") is None


def test_letters_that_were_not_sent_are_told_to_admins(site: Site) -> None:
    """On the library's page, without a name or a word of them; to nobody else."""
    with site.desk.writing() as change:
        change.following.post(ADA.id, "News", "Secret words.", change.at)
    page = site.browser(ADMIN).get("/status").text
    assert not Page.of(page).faults and "Letters with news" in page and ADA.id in page and "Secret" not in page
    for who in (None, ADA, BEN):
        assert "Letters with news" not in site.browser(who).get("/status").text


def test_an_erased_account_leaves_nothing_followed(site: Site) -> None:
    """Neither the page nor the feed nor the link of a letter."""
    site.save(ADA)
    site.send(ADA, "/following/telling", digest="daily")
    path = feed_of(site)
    with site.desk.reading() as view:
        stop = view.following.telling(ADA.id).stop
    site.send(ADA, "/account/erase", sure=ADA.email)
    assert site.browser().get(path).status_code == 404
    assert site.browser().post(f"/unsubscribe/{stop}").status_code == 404
    with site.desk.reading() as view:
        assert view.following.of(ADA.id) == []
