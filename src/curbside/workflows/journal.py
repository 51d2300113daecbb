"""The journal of this desk: how it is called, what appears in which issue, and what is handed to the library."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

import msgspec

from curbside.desk.manuscripts import Seat, Step, date_of, latest, seat_of, taken
from curbside.desk.naming import line, lines
from curbside.desk.rights import Act, may
from curbside.errors import NotAllowed, NotHeld, UsageError
from curbside.records import (
    Document,
    Journal,
    JournalIssue,
    JournalSettings,
    Manuscript,
    ManuscriptMove,
    ManuscriptState,
    Person,
    Placement,
    normal_doi,
    normal_issn,
)
from curbside.store.base_desk import Desk, DeskChange, DeskView
from curbside.store.inbox import Inbox
from curbside.workflows.manuscript_text import article_of, written
from curbside.writers.manuscript_jats import Printing

_NAME = "journal"
_decoder = msgspec.json.Decoder(JournalSettings)
_NUMBER = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z .-]{0,18}[0-9A-Za-z])?", re.ASCII)
_PAGES = re.compile(r"[A-Za-z]{0,2}[0-9]{1,7}(?:-[A-Za-z]{0,2}[0-9]{1,7})?", re.ASCII)
_ADDRESS = re.compile(r"https://[^\s\"'<>\\]{3,290}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an editor puts an accepted manuscript, as typed.

    Attributes:
        volume, issue: as they are to be printed; an issue may be "".
        pages: a range, an article number, or "".
        doi: or "".
    """

    volume: str
    issue: str = ""
    pages: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """An article of the journal.

    Attributes:
        manuscript: that it was.
        document: as the library reads it.
        jats: as it was handed to the library, and can be downloaded.
    """

    manuscript: Manuscript
    document: Document
    jats: bytes


def settings_of(view: DeskView) -> JournalSettings:
    """Return how the journal is called; everything "" where nobody has said so yet."""
    kept = view.value(_NAME)
    return _decoder.decode(kept) if kept else JournalSettings()


def set_journal(desk: Desk, who: Person, typed: JournalSettings) -> JournalSettings:
    """Say how the journal is called, as somebody typed it; what has appeared keeps the name under which it did.

    Raises:
        NotAllowed: if the person is no editor.
        UsageError: if there is no title, or an ISSN's check digit is wrong.
    """
    if not may(who, Act.EDIT):
        raise NotAllowed(f"Your account may not do that: {Act.EDIT}.")
    name, given = "journal's title", typed.journal
    called = line(given.title, name)
    if not called:
        raise UsageError("Give the journal's title.")
    journal = Journal(called, line(given.abbreviation, name), _issn(given.issn), _issn(given.eissn))
    made = JournalSettings(journal, line(typed.publisher, name), _licence(typed.licence), typed.blinding)
    with desk.writing() as change:
        change.set_value(_NAME, msgspec.json.encode(made).decode())
        change.log(who.id, "journal.settings", "", called)
    return made


def _issn(typed: str) -> str:
    if not typed.strip():
        return ""
    found = normal_issn(typed)
    if found is None:
        raise UsageError(
            f"{typed.strip()[:20]!r} is no ISSN: it has four digits, four more, and the last one checks them."
        )
    return found


def _licence(typed: str) -> str:
    words = line(typed, "licence")
    if "://" in words and not _ADDRESS.fullmatch(words):
        raise UsageError("Give the licence's address as https://…, or its name in words.")
    return words


def publish(desk: Desk, who: Person, id: str, place: Place, address: str) -> Published:
    """Put an accepted manuscript into an issue; from then on everybody can read it.

    Args:
        desk: where it lies.
        who: an editor.
        id: of the manuscript.
        place: where it is to appear.
        address: of the site, so that the article can say where its page is.

    Raises:
        NotAllowed, NotHeld: if the person may not do that, or may not know of the manuscript.
        UsageError: if the journal has no title, or something about the place is wrong or taken.
    """
    with desk.writing() as change:
        before = _known(change, who, id)
        state = taken(before, who, Step.PUBLISH, "")
        placed = _placed(change, place)
        return _printed(change, who, before, state, placed, address, "")


def retract(desk: Desk, who: Person, id: str, words: str, address: str) -> Published:
    """Retract what has appeared: it stays where it is, says so, and in the library is retracted work.

    Raises:
        NotAllowed, NotHeld: if the person may not do that, or may not know of it.
        UsageError: if no reason is given.
    """
    said = lines(words, "comment")
    with desk.writing() as change:
        before = _known(change, who, id)
        state = taken(before, who, Step.RETRACT, said)
        assert before.placed is not None
        return _printed(change, who, before, state, before.placed, address, said)


def _printed(
    change: DeskChange,
    who: Person,
    before: Manuscript,
    state: ManuscriptState,
    placed: Placement,
    address: str,
    retraction: str,
) -> Published:
    """Write an article out, and keep it with the step that led to it."""
    version = latest(before)
    data = change.manuscripts.file(before.id, version.content.file.sha256) if version.content.file else None
    dates = {event: date_of(before, event) for event in ("received", "revised", "accepted")}
    page = f"{address.rstrip('/')}/journal/articles/{before.id}"
    how = Printing(before.id, placed=placed, dates=dates, address=page, retraction=retraction)
    jats = written(version.content, data, how)
    sha = hashlib.sha256(jats).hexdigest()
    after = replace(before, state=state, placed=replace(placed, sha256=sha))
    change.manuscripts.keep_file(before.id, sha, jats)
    change.manuscripts.put(after, change.at)
    change.manuscripts.say(before.id, (ManuscriptMove(change.at, who.id, state, version.number, retraction),))
    step = "retract" if retraction else "publish"
    change.log(who.id, f"manuscript.{step}", before.id, f"version {version.number}")
    return Published(change.manuscripts.get(before.id), article_of(jats), jats)


def _known(change: DeskChange, who: Person, id: str) -> Manuscript:
    manuscript = change.manuscripts.get(id)
    if seat_of(manuscript, who) in (None, Seat.PUBLIC):
        raise NotHeld("There is no such manuscript.")
    return manuscript


def _placed(change: DeskChange, place: Place) -> Placement:
    settings = settings_of(change)
    if not settings.journal.title:
        raise UsageError("The journal has no title yet. Give it one under “The journal”.")
    volume, issue = _number(place.volume, "volume"), _number(place.issue, "issue")
    pages = place.pages.strip().replace("–", "-")
    if not volume:
        raise UsageError("Say in which volume it appears.")
    if pages and not _PAGES.fullmatch(pages):
        raise UsageError("Give pages as 11-19, or an article number as e12.")
    doi = normal_doi(place.doi) if place.doi.strip() else ""
    if doi is None:
        raise UsageError(f"{place.doi.strip()[:60]!r} is no DOI. Give it as 10.1234/abc.")
    _not_taken(change, volume, issue, pages, doi)
    journal = replace(settings.journal, volume=volume, issue=issue, pages=pages)
    return Placement(journal, settings.publisher, settings.licence, doi, change.at[:10], "")


def _number(typed: str, what: str) -> str:
    words = " ".join(typed.split())
    if words and not _NUMBER.fullmatch(words):
        raise UsageError(f"The {what} is printed with letters, digits, blanks, points and hyphens, at most twenty.")
    return words


def _not_taken(change: DeskChange, volume: str, issue: str, pages: str, doi: str) -> None:
    """Refuse a DOI that another article has, and pages that another of the issue has."""
    for each in change.manuscripts.issues():
        for id in change.manuscripts.in_issue(each.volume, each.issue):
            other = change.manuscripts.get(id).placed
            if other is None:
                continue
            if doi and other.doi == doi:
                raise UsageError(f"Another article has the DOI {doi}.")
            if pages and (other.journal.volume, other.journal.issue, other.journal.pages) == (volume, issue, pages):
                raise UsageError(f"Another article of this issue has the pages {pages}.")


def hand_over(inbox: Inbox, published: Published) -> None:
    """Lay an article into the library's inbox, for whoever adds; the same again does no harm.

    A later form of it (retracted) comes from the same place, and so takes the place of the one before.

    Raises:
        LibraryFull: if there is too little room on the disk.
    """
    id = published.manuscript.id
    with inbox.receive() as receiving:
        receiving.file(f"{id}.nxml", "jats", f"journal/{id}")
        receiving.write(published.jats)
        receiving.seal()


def again(desk: Desk, who: Person, id: str) -> Published:
    """Return what has appeared, for an editor to hand over once more.

    Raises:
        NotAllowed, NotHeld: if the person does not edit it, may not know of it, or it has not appeared.
    """
    with desk.writing() as change:
        if seat_of(_known(change, who, id), who) is not Seat.EDITOR:
            raise NotAllowed("Only an editor can do that.")
        found = _article(change, id)
        change.log(who.id, "manuscript.hand-over", id)
        return found


def article(desk: Desk, id: str) -> Published:
    """Return what has appeared.

    Raises:
        NotHeld: if nothing has under that id.
    """
    with desk.reading() as view:
        return _article(view, id)


def _article(view: DeskView, id: str) -> Published:
    manuscript = view.manuscripts.get(id)
    if seat_of(manuscript, None) is None or manuscript.placed is None:
        raise NotHeld("There is no such article.")
    jats = view.manuscripts.file(id, manuscript.placed.sha256)
    return Published(manuscript, article_of(jats), jats)


def issue(desk: Desk, volume: str, number: str) -> tuple[Manuscript, ...]:
    """Return what appeared in an issue, in the order of pages.

    Raises:
        NotHeld: if nothing has appeared in it.
    """
    with desk.reading() as view:
        found = [view.manuscripts.get(id) for id in view.manuscripts.in_issue(volume, number)]
    if not found:
        raise NotHeld("There is no such issue.")
    return tuple(sorted(found, key=_first_page))


def _first_page(each: Manuscript) -> tuple[int, str]:
    digits = re.search(r"[0-9]{1,7}", each.placed.journal.pages if each.placed else "")
    return int(digits[0]) if digits else 10**9, each.id


def archive(desk: Desk) -> tuple[JournalSettings, list[JournalIssue]]:
    """Return how the journal is called, and its issues, latest first."""
    with desk.reading() as view:
        return settings_of(view), view.manuscripts.issues()
