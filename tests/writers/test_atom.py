"""Atom feeds: well formed whatever the words, with what RFC 4287 asks for."""

from __future__ import annotations

from xml.etree import ElementTree

from curbside.records.following import News, NewsKind
from curbside.writers.atom import Entry, feed
from curbside.writers.news import QUIET, Told, details, headline, href

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '<script>alert(1)</script> & "quoted" ]]> \x00\x1b\ufffe \u202e'
AT = "2027-01-15T08:00:00Z"


def parsed(text: str) -> ElementTree.Element:
    """A feed as a reader of feeds has it."""
    return ElementTree.fromstring(text)  # noqa: S314 (it was just written here)


def news(kind: NewsKind, **fields: str) -> News:
    """A piece of news."""
    return News(
        1, "u", AT, kind, fields.get("article", ""), fields.get("followed", ""), fields.get("title", ""), "New."
    )


def test_a_feed_has_what_the_standard_asks_for() -> None:
    """An id, a title and a time of its own and of each entry, and who wrote it."""
    entry = Entry("urn:uuid:1", "A title", AT, "https://desk.example.org/articles/a1", "New.")
    read = parsed(feed("urn:uuid:0", "News", "https://x.example/a.atom", "https://x.example/a", AT, [entry]))
    assert [each.tag.removeprefix(ATOM) for each in read] == [
        "id", "title", "updated", "author", "link", "link", "entry",
    ]  # fmt: skip
    assert {each.get("rel"): each.get("href") for each in read.iter(f"{ATOM}link") if each in list(read)} == {
        "self": "https://x.example/a.atom", "alternate": "https://x.example/a",
    }  # fmt: skip
    (one,) = read.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "summary")] == [
        "urn:uuid:1", "A title", AT, "New.",
    ]  # fmt: skip


def test_a_secret_address_is_not_repeated_in_its_feed() -> None:
    """Who passes the feed on does not pass the address on."""
    read = parsed(feed("urn:uuid:0", "News", "", "https://x.example/a", AT, []))
    assert [each.get("rel") for each in read.iter(f"{ATOM}link")] == ["alternate"]


def test_hostile_words_stay_words() -> None:
    """What nobody sees is spelled, so that it turns no words round; everything else comes back as it was."""
    entry = Entry("urn:uuid:1", HOSTILE, AT, "https://x.example/?a=1&b=2", HOSTILE)
    read = parsed(feed("urn:uuid:0", HOSTILE, "", "https://x.example", AT, [entry]))
    clean = HOSTILE.partition(" \x00")[0]
    for said in (read.findtext(f"{ATOM}title") or "", read.findtext(f"{ATOM}entry/{ATOM}summary") or ""):
        assert said.startswith(clean) and "U+202E" in said and "\u202e" not in said
    assert not list(read.iter("script"))


def test_news_of_a_question_say_its_name_only_where_that_was_chosen() -> None:
    """Those of an article say its title and what happened."""
    asked = news(NewsKind.ANSWER, followed="f1")
    assert (headline(asked, Told({"f1": "Mine"}, False)), details(asked, Told({}, False))) == (QUIET, "")
    assert (headline(asked, Told({"f1": "Mine"}, True)), details(asked, Told({}, True))) == ("Mine", "New.")
    assert href(asked) == "/following#f1"
    of = news(NewsKind.WITHDRAWN, article="a1", title="A title")
    assert (headline(of, Told({}, False)), details(of, Told({}, False))) == ("A title: withdrawn", "New.")
    assert href(of) == "/articles/a1"
