"""A manuscript's whole life on the web, and who sees and does what at each step of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import SCRIPT, TURNED, Page, browser

from curbside.doors.http.accounts import Accounts
from curbside.records import Filters, Holding, Person, Purpose, Role, fault_in
from curbside.store.base_desk import DESK
from curbside.store.desk import SqlDesk
from curbside.store.inbox import Inbox
from curbside.store.receiving import Bounds
from curbside.wiring import open_library
from curbside.workflows import people, signing
from curbside.workflows.receive import receive
from curbside.workflows.shelf import listed
from desk_makers import Clock, Letterbox
from docx_makers import docx, p

GOOD = "violet tram ladder"
TEXT = b"""# Introduction

Sirolimus was given to children, as reported before [1].

# Results

Remission was seen in 34 of 120 children (82.3 %). Nobody died.

| Arm | Remission |
|---|---|
| Sirolimus | 34/120 |

# References

1. Smith J. A first look. J Nothing. 2010;1:1-2.
"""
FORM = {
    "title": "Sirolimus in 120 children",
    "type": "Research article",
    "keywords": "sirolimus, children; cytopenia",
    "label-1": "Results",
    "words-1": "Remission in 34 of 120.",
    "author-1-given": "Ada",
    "author-1-family": "Quillfeather",
    "author-1-orcid": "0000-0002-1825-0097",
    "author-1-affiliations": "University of Nowhere\nNowhere Hospital",
    "author-2-given": "Bo",
    "author-2-family": "Lindqvist",
    "author-2-affiliations": "Nowhere Hospital",
    "ethics": "Approved by the committee of our hospital.",
    "funding": "The Quillfeather Trust.",
    "conflicts": "None.",
    "data": "On request.",
}


@dataclass
class Office:
    """A desk, and a browser for each of its people."""

    library: Path
    desk: SqlDesk
    inbox: Inbox
    box: Letterbox = field(default_factory=Letterbox)
    browsers: dict[str, TestClient] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> TestClient:
        """Somebody's browser."""
        return self.browsers[name]

    def nobody(self) -> TestClient:
        """A browser of somebody who has not signed in."""
        return browser(self.library, accounts=Accounts(lambda: self.desk, self.box, "http://testserver", self.inbox))

    def hire(self, name: str, *roles: Role) -> None:
        """Somebody who has signed in."""
        made, _ = people.invite(
            self.desk, self.box, None, f"{name}@example.org", f"{name.title()} Name", roles, "http://x.y"
        )
        signing.join(self.desk, self.box.link, GOOD, Purpose.INVITE)
        self.people[name] = made
        self.browsers[name] = self.nobody()
        self.browsers[name].post("/account/sign-in", data={"email": made.email, "password": GOOD})

    def send(self, name: str, address: str, file: tuple[str, bytes] | None = None, **data: object):
        """Send a form as somebody, with a file where one is given."""
        csrf = re.search(r'name="csrf" value="([^"]+)"', self[name].get("/account").text)
        assert csrf is not None
        files = {"file": file} if file else None
        return self[name].post(address, data={"csrf": csrf.group(1), **data}, files=files)

    def write(self, id: str = "", do: str = "submit", file: tuple[str, bytes] | None = None, **changes: str):
        """Fill in the form as its author, and send it."""
        key = ""
        if id:
            key = re.search(r'name="key" value="([0-9a-f]*)"', self["author"].get(f"/manuscripts/{id}/edit").text)[1]
        return self.send("author", "/manuscripts", file, **{**FORM, "id": id, "key": key, "do": do, **changes})

    def submitted(self) -> str:
        """A manuscript that was submitted; its id."""
        made = self.write(file=("Quillfeather final.md", TEXT))
        assert made.status_code == 200, made.text
        return made.url.path.rpartition("/")[2]

    def under_review(self, names: tuple[str, ...] = ("reviewer", "second"), **hides: str) -> str:
        """A manuscript that reviewers read."""
        id = self.submitted()
        ids = [self.people[name].id for name in names]
        blind = {"hides-authors": "1", "hides-reviewers": "1", **hides}
        self.send("editor", f"/manuscripts/{id}", do="assign", reviewer=ids, **blind)
        sent = self.send("editor", f"/manuscripts/{id}", do="send to review")
        assert "Under review." in sent.text
        return id

    def review(self, name: str, id: str, **changes: str):
        """Review a manuscript."""
        typed = {"advice": "minor revision", "to-authors": "Mend the percentage.", "conflicts": "None.", **changes}
        return self.send(name, f"/manuscripts/{id}", **{"do": "review", "version": "1", **typed})

    def accepted(self) -> str:
        """A manuscript that was accepted."""
        id = self.under_review()
        self.review("reviewer", id)
        assert "Accepted." in self.send("editor", f"/manuscripts/{id}", do="accept", words="Good.").text
        return id

    def journal(self, **changes: str):
        """Name the journal."""
        named = {
            "title": "Journal of Small Works",
            "abbreviation": "J Small Works",
            "issn": "1234-5679",
            "publisher": "The Desk",
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            **changes,
        }
        return self.send("editor", "/journal/settings", **named)

    def published(self, **place: str) -> str:
        """An article of the journal."""
        id = self.accepted()
        self.journal()
        done = self.send("editor", f"/manuscripts/{id}", do="publish", **{"volume": "1", "issue": "2", **place})
        assert "Published." in done.text, done.text
        return id


@pytest.fixture(scope="module")
def hired(web_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office of people, made once."""
    folder = tmp_path_factory.mktemp("office")
    desk = SqlDesk.beside(folder, Clock())
    made = Office(web_library, desk, Inbox(folder))
    made.hire("author", Role.AUTHOR, Role.REVIEWER, Role.EDITOR)
    made.hire("reviewer", Role.REVIEWER)
    made.hire("second", Role.REVIEWER, Role.EDITOR)
    made.hire("editor", Role.EDITOR)
    made.hire("other", Role.AUTHOR, Role.REVIEWER)
    made.hire("reader", Role.READER)
    made.hire("admin", Role.ADMIN)
    desk.close()
    return made


@pytest.fixture
def office(hired: Office, tmp_path: Path) -> Iterator[Office]:
    """The office with a desk of its own."""
    shutil.copy(hired.desk.address, tmp_path / DESK)
    desk = SqlDesk.beside(tmp_path, Clock())
    made = Office(hired.library, desk, Inbox(tmp_path), people=hired.people)
    for name, browser_ in hired.browsers.items():
        client = made.browsers[name] = made.nobody()
        client.cookies.set("curbside_session", browser_.cookies["curbside_session"])
    yield made
    desk.close()


def words(html: str) -> str:
    """The words of a page that has no fault."""
    page = Page.of(html)
    assert page.faults == []
    return page.text


def test_the_whole_life(office: Office) -> None:
    """Written, submitted, reviewed by two, returned, revised, accepted, put into an issue; the log holds."""
    id = office.under_review()
    here = f"/manuscripts/{id}"
    assert "Comment on Results" in words(office["reviewer"].get(here).text)
    office.review("reviewer", id, **{"on-2": "Which children?", "to-editor": "I doubt it."})
    office.review("second", id, advice="major revision")
    assert "On the desk" in words(office["editor"].get("/manuscripts").text)
    office.send("editor", here, do="return for revision", words="Mend the numbers, please.")
    assert [letter.subject for letter in office.box.letters] == [
        "A manuscript to review",
        "A manuscript to review",
        "A decision on your manuscript",
    ]
    seen = words(office["author"].get(here).text)
    assert "Which children?" in seen and "Mend the percentage." in seen and "I doubt it." not in seen
    again = office.write(id, file=("v2.md", TEXT.replace(b"82.3", b"28.3")), reply="We mended the percentage.")
    assert "Submitted." in words(again.text)
    office.send("editor", here, do="send to review")
    told = words(office["reviewer"].get(f"{here}/versions/2/since/1").text)
    assert "(82.3" in told and "(28.3" in told and "We mended the percentage." in told
    office.review("reviewer", id, version="2", advice="accept")
    office.send("editor", here, do="accept", words="Thank you.")
    office.journal()
    assert "Published." in words(office.send("editor", here, do="publish", volume="1", issue="2", pages="e7").text)
    nobody = office.nobody()
    assert "Journal of Small Works 1(2)" in words(nobody.get("/journal/issues/1/2").text)
    shown = words(nobody.get(f"/journal/articles/{id}").text)
    for each in (
        "Quillfeather",
        "University of Nowhere",
        "ISSN1234-5679",
        "Journal of Small Works. 2027;1(2):e7",
        "The Quillfeather Trust.",
    ):
        assert each in shown
    with office.desk.reading() as view:
        assert fault_in(view.audit()) is None


def test_the_log_tells_no_author_who_reviews_them(office: Office) -> None:
    """Whoever manages accounts may write too; what others did to their manuscript is not shown to them there."""
    office.under_review()
    author, admin = office.people["author"], office.people["admin"]
    with office.desk.writing() as change:
        change.put(replace(author, roles=(*author.roles, Role.ADMIN)))
    reviewers = [office.people[name] for name in ("reviewer", "second")]
    shown, other = (words(office[name].get("/audit").text) for name in ("author", "admin"))
    assert admin.has(Role.ADMIN) and "not shown: you wrote it" in shown and "not shown" not in other
    assert "manuscript.reviewers" in shown and all(each.id not in shown for each in reviewers)


def test_a_letter_holds_no_word_of_the_manuscript(office: Office) -> None:
    """Neither title nor names nor the decision: letters pass through other people's machines."""
    id = office.under_review()
    office.review("reviewer", id)
    office.send("editor", f"/manuscripts/{id}", do="decline", words="Too small a series.")
    told = " ".join(f"{letter.subject} {letter.body}" for letter in office.box.letters)
    assert len(office.box.letters) == 3 and f"/manuscripts/{id}" in told
    assert not any(each in told for each in ("Sirolimus", "Quillfeather", "small a series", "declined"))


def test_the_count_check_stands_beside_the_review(office: Office) -> None:
    """What was compared, the arithmetic, and the words of both sides."""
    id = office.under_review()
    for name in ("author", "reviewer", "editor"):
        seen = words(office[name].get(f"/manuscripts/{id}").text)
        assert "Do its numbers agree?" in seen and "34 / 120 = 28.333 %; printed 82.3 %" in seen


class TestWriting:
    """A form that loses nothing."""

    def test_a_draft_is_kept_with_whatever_there_is(self, office: Office) -> None:
        """And says what it still needs."""
        made = office.send("author", "/manuscripts", do="save", title="Only a title")
        assert made.url.path.endswith("/edit") and "It was" not in made.text
        seen = words(made.text)
        assert "Kept. Before it can be submitted" in seen and "Add the file with the text." in seen

    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(self, office: Office) -> None:
        """A field too long, a file of the wrong kind: what was typed is still there."""
        long = "k" * 400
        made = office.write(do="save", file=("a.pdf", b"%PDF-1.7"), title=long, ethics="Kept words.")
        assert made.status_code == 422
        seen = words(made.text)
        assert "The title has 400 characters" in seen and "The file is a PDF" in seen and "Kept words." in seen
        assert f'value="{long}"' in made.text
        assert "You have none yet." in words(office["author"].get("/manuscripts").text)

    def test_a_wrong_orcid_can_be_kept_and_not_submitted(self, office: Office) -> None:
        """Its check digit is looked at."""
        made = office.write(file=("a.md", TEXT), **{"author-1-orcid": "0000-0002-1825-0098"})
        assert made.status_code == 422 and "wrong check digit" in words(made.text)
        assert 'value="0000-0002-1825-0098"' in made.text

    def test_two_windows_do_not_write_over_each_other(self, office: Office) -> None:
        """The second is told, with what it typed."""
        id = office.write(do="save").url.path.split("/")[2]
        made = office.send(
            "author", "/manuscripts", **{**FORM, "id": id, "key": "0" * 32, "do": "save", "title": "Mine"}
        )
        assert made.status_code == 422 and "changed meanwhile" in words(made.text) and 'value="Mine"' in made.text

    def test_a_draft_can_be_withdrawn(self, office: Office) -> None:
        """It stays in its author's list, and nobody else ever knew of it."""
        id = office.send("author", "/manuscripts", do="save").url.path.split("/")[2]
        assert "Withdrawn by its author" in words(
            office.send("author", f"/manuscripts/{id}", do="withdraw", words="No.").text
        )
        assert office["editor"].get(f"/manuscripts/{id}").status_code == 404

    def test_word_files_are_read(self, office: Office) -> None:
        """Their text is checked and shown as any other."""
        data = docx(p("Results", "berschrift1"), p("Remission in 34 of 120 children (82.3 %)."))
        made = office.write(file=("a.docx", data))
        assert "Remission in 34 of 120 children" in words(made.text) and "28.33" in made.text

    @pytest.mark.parametrize(
        ("name", "data", "told"),
        [
            ("a.docx", b"PK\x03\x04rest", "zip archive"),
            ("a.md", b"\x1f\x8b\x08rest", "packed"),
            ("a.exe", b"MZ\x00\x00\x01\x02\x03\x04", "binary data"),
            ("a.ris", b"TY  - JOUR\nTI  - x\nER  -\n", "holds records"),
            ("a.md", b"  ", "empty"),
            ("../../etc/passwd.zip", docx(p("x"))[:-40], "Word file cannot be opened"),
        ],
    )
    def test_other_files_are_refused_by_what_they_hold(self, office: Office, name: str, data: bytes, told: str) -> None:
        """Whatever they are called."""
        made = office.write(do="save", file=(name, data))
        assert made.status_code == 422 and told in words(made.text)

    def test_hostile_words_are_words(self, office: Office) -> None:
        """In every field, and in the text; signs that nobody sees are taken out of fields."""
        evil = {
            name: f"{value} {SCRIPT} {TURNED}" for name, value in FORM.items() if name not in ("type", "author-1-orcid")
        }
        text = TEXT + f"\n{SCRIPT} <img src=x onerror=alert(1)> {TURNED}\n".encode()
        made = office.write(file=(f"{SCRIPT}.md", text), **evil)
        id = made.url.path.rpartition("/")[2]
        office.send("editor", f"/manuscripts/{id}", do="assign", reviewer=office.people["reviewer"].id)
        office.send("editor", f"/manuscripts/{id}", do="send to review")
        for name in ("author", "editor", "reviewer"):
            seen = words(office[name].get(f"/manuscripts/{id}").text)
            assert "<script>" in seen
        office.review("reviewer", id, **{"to-authors": SCRIPT})
        office.send("editor", f"/manuscripts/{id}", do="accept", words=SCRIPT)
        office.journal(title=f"J {SCRIPT}")
        office.send("editor", f"/manuscripts/{id}", do="publish", volume="1")
        for address in (f"/journal/articles/{id}", "/journal", "/journal/issues/1"):
            words(office.nobody().get(address).text)


class TestBlind:
    """Who does not learn who somebody is."""

    def test_reviewers_see_no_author_anywhere(self, office: Office) -> None:
        """Not on the page, in the list, in the differences, in what can be downloaded, nor in its name."""
        id = office.under_review()
        here = f"/manuscripts/{id}"
        for address in (here, "/manuscripts", f"{here}/versions/1", f"{here}/versions/1/since/1"):
            seen = office["reviewer"].get(address).text
            assert not any(
                each in seen
                for each in ("Quillfeather", "Author Name", "Lindqvist", "Nowhere", office.people["author"].id)
            )
        sent = office["reviewer"].get(f"{here}/versions/1/file")
        assert sent.status_code == 200 and b"Quillfeather" not in sent.content and b"Remission" in sent.content
        assert sent.headers["content-disposition"] == f'attachment; filename="{id}-version-1.txt"'
        assert "may still tell who wrote it" in words(office["reviewer"].get(here).text)

    def test_the_text_that_names_an_author_is_pointed_out(self, office: Office) -> None:
        """To the author and the editor, who can do something about it."""
        made = office.write(file=("a.md", TEXT.replace(b"as reported before", b"as Quillfeather reported")))
        assert "the text names: Quillfeather" in words(made.text)

    def test_bylines_of_a_file_are_no_part_of_its_text(self, office: Office) -> None:
        """The front of a JATS file names its authors; what reviewers read is the body."""
        xml = (
            b"<article><front><article-meta><title-group><article-title>T</article-title></title-group><contrib-group>"
            b"<contrib contrib-type='author'><name><surname>Quillfeather</surname></name></contrib></contrib-group>"
            b"<author-notes><p>Write to Quillfeather.</p></author-notes></article-meta></front>"
            b"<body><sec><title>Results</title><p>It helped.</p></sec></body></article>"
        )
        id = office.write(file=("a.xml", xml)).url.path.rpartition("/")[2]
        office.send(
            "editor",
            f"/manuscripts/{id}",
            **{"do": "assign", "reviewer": office.people["reviewer"].id, "hides-authors": "1"},
        )
        office.send("editor", f"/manuscripts/{id}", do="send to review")
        seen = office["reviewer"].get(f"/manuscripts/{id}").text
        assert "It helped." in words(seen) and "Quillfeather" not in seen

    def test_authors_see_no_reviewer(self, office: Office) -> None:
        """Neither before the decision nor after it."""
        id = office.under_review()
        office.review("reviewer", id)
        for _ in range(2):
            seen = office["author"].get(f"/manuscripts/{id}").text
            assert "Reviewer Name" not in seen and office.people["reviewer"].id not in seen
            office.send("editor", f"/manuscripts/{id}", do="return for revision", words="Mend it.")
        assert "Reviewer 1, on version 1: minor revision" in words(seen)

    def test_names_show_where_nothing_is_hidden(self, office: Office) -> None:
        """An open review names both sides."""
        id = office.under_review(**{"hides-authors": "", "hides-reviewers": ""})
        assert "Quillfeather" in office["reviewer"].get(f"/manuscripts/{id}").text
        office.review("reviewer", id)
        office.send("editor", f"/manuscripts/{id}", do="return for revision", words="Mend it.")
        assert "Reviewer Name, on version 1" in words(office["author"].get(f"/manuscripts/{id}").text)

    def test_a_promise_is_kept(self, office: Office) -> None:
        """Once it went to review with names hidden, they stay so."""
        id = office.under_review()
        ids = office.people["reviewer"].id
        told = office.send("editor", f"/manuscripts/{id}", do="assign", reviewer=ids)
        assert told.status_code == 422 and "promise" in words(told.text)

    def test_reviewers_do_not_read_each_other(self, office: Office) -> None:
        """Each judges alone."""
        id = office.under_review()
        office.review("reviewer", id, **{"to-authors": "An odd word: gallimaufry."})
        assert "gallimaufry" not in office["second"].get(f"/manuscripts/{id}").text


class TestRights:
    """Who may know of it, and do what."""

    def test_whoever_has_nothing_to_do_with_it_is_told_that_it_is_not_there(self, office: Office) -> None:
        """The same page as for an address that never was, at every address and for every act."""
        id = office.under_review()
        here = f"/manuscripts/{id}"
        for name in ("other", "reader", "admin"):
            for address in (
                here,
                f"{here}/edit",
                f"{here}/versions/1",
                f"{here}/versions/1/file",
                f"{here}/versions/1/since/1",
                f"/journal/articles/{id}",
                f"/journal/articles/{id}/jats",
                f"/journal/articles/{id}/cite/ris",
            ):
                assert office[name].get(address).status_code == 404, (name, address)
            for do in ("submit", "accept", "withdraw", "review", "assign", "publish", "retract", "hand over"):
                assert office.send(name, here, do=do, words="x").status_code == 404
        assert office["other"].get(here).text == office["other"].get(here.replace(id, "m" + "z" * 16)).text.replace(
            "m" + "z" * 16, id
        )
        for address in ("/journal", "/articles", "/manuscripts"):
            assert "Sirolimus in 120" not in office["other"].get(address).text

    def test_a_draft_is_its_authors_alone(self, office: Office) -> None:
        """No editor sees it, in a list or at its address."""
        id = office.write(do="save").url.path.split("/")[2]
        assert office["editor"].get(f"/manuscripts/{id}").status_code == 404
        assert "Sirolimus in 120" not in office["editor"].get("/manuscripts").text

    def test_what_is_being_revised_is_its_authors_alone(self, office: Office) -> None:
        """Others see the version that was submitted."""
        id = office.under_review()
        office.send("editor", f"/manuscripts/{id}", do="return for revision", words="Mend it.")
        office.write(id, do="save", title="A new title in the making")
        for name in ("editor", "reviewer"):
            for address in (f"/manuscripts/{id}", "/manuscripts"):
                assert "in the making" not in office[name].get(address).text
        assert office["editor"].get(f"/manuscripts/{id}/versions/0/file").status_code == 404

    def test_nobody_decides_on_what_they_wrote_or_review(self, office: Office) -> None:
        """Whatever roles they have; the author here is an editor and a reviewer, the second reviewer an editor."""
        id = office.under_review()
        office.review("reviewer", id)
        for name in ("author", "second", "reviewer"):
            for do in ("accept", "decline", "return for revision"):
                assert office.send(name, f"/manuscripts/{id}", do=do, words="x").status_code == 403
        own = office.send(
            "editor",
            f"/manuscripts/{id}",
            **{"do": "assign", "reviewer": office.people["author"].id, "hides-authors": "1", "hides-reviewers": "1"},
        )
        assert own.status_code == 422

    def test_an_editor_who_reviewed_sees_it_as_a_reviewer(self, office: Office) -> None:
        """Also after they were taken off: what they wrote was written without knowing the authors."""
        id = office.under_review()
        office.review("second", id)
        blind = {"hides-authors": "1", "hides-reviewers": "1"}
        office.send("editor", f"/manuscripts/{id}", do="assign", reviewer=office.people["reviewer"].id, **blind)
        assert office["second"].get(f"/manuscripts/{id}").status_code == 404

    def test_forms_want_what_our_forms_carry(self, office: Office) -> None:
        """Every unsafe address refuses a form from elsewhere."""
        id = office.under_review()
        for address in ("/manuscripts", f"/manuscripts/{id}", "/journal/settings"):
            assert office["editor"].post(address, data={"csrf": "x", "do": "accept"}).status_code == 403

    def test_who_has_not_signed_in_is_led_to(self, office: Office) -> None:
        """The list is no secret; a manuscript at an address is none either until somebody has signed in."""
        assert "/account/sign-in" in str(office.nobody().get("/manuscripts").url)

    def test_a_review_wants_words_conflicts_and_the_version_that_is_there(self, office: Office) -> None:
        """And keeps what was typed."""
        id = office.under_review()
        told = office.review("reviewer", id, conflicts=" ", **{"to-authors": "Long and careful words."})
        assert told.status_code == 422 and "Long and careful words." in words(told.text)
        assert office.review("reviewer", id, version="0").status_code in (404, 422)

    def test_the_readers_role_writes_nothing(self, office: Office) -> None:
        """Who may not draft is told that there is no such page."""
        assert office["reader"].get("/manuscripts/new").status_code == 404
        assert office.send("reader", "/manuscripts", do="save", title="x").status_code in (403, 422)


class TestJournal:
    """What has appeared."""

    def test_check_digits_are_looked_at(self, office: Office) -> None:
        """A wrong ISSN is no ISSN; what was typed stays."""
        told = office.journal(issn="1234-5678")
        assert told.status_code == 422 and "is no ISSN" in words(told.text) and 'value="1234-5678"' in told.text

    def test_an_article_can_be_cited_in_every_form(self, office: Office) -> None:
        """As any work of the library, with what scholars' programs read in its head."""
        id = office.published(pages="11-19", doi="10.5555/SMALL.1")
        nobody = office.nobody()
        html = nobody.get(f"/journal/articles/{id}").text
        head = Page.of(html)
        assert '<meta name="citation_doi" content="10.5555/small.1">' in html
        assert '<meta name="citation_author_orcid" content="https://orcid.org/0000-0002-1825-0097">' in html
        assert '"MedicalScholarlyArticle"' in "".join(head.data)
        for form, mark in (
            ("ris", "TY  - JOUR"),
            ("bibtex", "@article"),
            ("csl", "article-journal"),
            ("nbib", "TI  -"),
        ):
            sent = nobody.get(f"/journal/articles/{id}/cite/{form}")
            assert mark in sent.text and "attachment" in sent.headers["content-disposition"]
        assert nobody.get(f"/journal/articles/{id}/cite/none").status_code == 404
        assert b"<article " in nobody.get(f"/journal/articles/{id}/jats").content

    def test_places_and_dois_are_taken_once(self, office: Office) -> None:
        """And are what is printed in journals."""
        office.published(pages="e7", doi="10.5555/small.1")
        id = office.accepted()
        for place in (
            {"pages": "e7"},
            {"doi": "10.5555/small.1"},
            {"doi": "no doi"},
            {"pages": "<b>"},
            {"issue": "a/b"},
        ):
            told = office.send("editor", f"/manuscripts/{id}", do="publish", **{"volume": "1", "issue": "2", **place})
            assert told.status_code == 422, place

    def test_the_library_gets_it_and_its_retraction(self, office: Office, tmp_path: Path) -> None:
        """It is found like any other work; retracted it is retracted there too, in the place of what it was."""
        id = office.published()

        def added() -> list[Holding]:
            with open_library(tmp_path / "lib", write=True) as library:
                for upload in office.inbox.waiting():
                    assert receive(office.inbox, upload, library.store, library.add)
                found = listed(Filters(shelves=("journal:1234-5679",)), library.store, library.index)
            return [holding for work in found.works for holding in work]

        [first] = added()
        shelf = browser(tmp_path / "lib", accounts=Accounts(lambda: office.desk, office.box, "http://testserver"))
        assert f'href="/journal/articles/{id}"' in shelf.get(f"/works/{first.work}").text
        assert f'href="/works/{first.work}"' in shelf.get(f"/journal/articles/{id}").text
        assert first.document.title == FORM["title"] and first.document.source == "The Desk"
        assert ("url", f"http://testserver/journal/articles/{id}") in first.document.ids.others
        told = office.send("editor", f"/manuscripts/{id}", do="retract", words="The data were made up.")
        assert "Retracted." in words(told.text)
        shown = words(office.nobody().get(f"/journal/articles/{id}").text)
        assert "Do not rely on it." in shown and "The data were made up." in shown
        assert "retracted" in words(office.nobody().get("/journal/issues/1/2").text)
        [second] = added()
        assert second.document.retracted and second.work == first.work

    def test_a_full_disk_is_said_and_made_good(self, office: Office) -> None:
        """What has appeared has; the library gets it when there is room."""
        full, office.inbox.bounds = office.inbox.bounds, Bounds(room=1 << 62)
        id = office.accepted()
        office.journal()
        told = office.send("editor", f"/manuscripts/{id}", do="publish", volume="1")
        assert told.status_code == 422 and "the library has not got it" in words(told.text)
        assert office.nobody().get(f"/journal/articles/{id}").status_code == 200 and not office.inbox.waiting()
        office.inbox.bounds = full
        office.send("editor", f"/manuscripts/{id}", do="hand over")
        assert len(office.inbox.waiting()) == 1

    def test_withdrawn_before_it_appeared_it_is_nowhere(self, office: Office) -> None:
        """Only its author and the editors know that there was one."""
        id = office.under_review()
        office.send("author", f"/manuscripts/{id}", do="withdraw", words="We found a fault.")
        assert office["reviewer"].get(f"/manuscripts/{id}").status_code == 404
        assert "Withdrawn by its author" in words(office["editor"].get(f"/manuscripts/{id}").text)
