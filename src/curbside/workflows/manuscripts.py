"""Manuscripts: written, sent in, read, decided on. Each act is one transaction with its log entry; letters follow."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from curbside.desk.manuscripts import (
    DECIDED,
    Seat,
    Step,
    hides_authors,
    latest,
    may_assign,
    may_review,
    may_write,
    seat_of,
    taken,
)
from curbside.desk.naming import line, lines
from curbside.desk.rights import Act, may
from curbside.errors import MailError, NotAllowed, NotHeld, UsageError
from curbside.mail.base import Mailer
from curbside.records import (
    ARTICLE_TYPES,
    STATEMENTS,
    Blinding,
    Contributor,
    KeptFile,
    Letter,
    Manuscript,
    ManuscriptContent,
    ManuscriptMove,
    ManuscriptReview,
    ManuscriptState,
    ManuscriptVersion,
    Person,
    Recommendation,
    Role,
)
from curbside.store.base_desk import Desk, DeskChange, DeskView
from curbside.workflows.journal import settings_of
from curbside.workflows.manuscript_text import SentFile, written
from curbside.writers.manuscript_jats import Printing

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"

MOST_AUTHORS = 60
MOST_AFFILIATIONS = 6
MOST_KEYWORDS = 15
MOST_SECTIONS = 10
MOST_REVIEWERS = 6
MOST_DRAFTS = 20
"""What one manuscript, and one person's drafts, may come to."""


@dataclass(frozen=True, slots=True)
class Post:
    """How letters go.

    Attributes:
        mailer: sends them.
        address: of the site, for their links.
    """

    mailer: Mailer
    address: str


def tidied(content: ManuscriptContent) -> tuple[ManuscriptContent, dict[str, str]]:
    """Return what somebody typed as it is kept, and what cannot be kept: field of the form -> a sentence.

    Where something cannot, it stays as it was typed, for the form to show it again.
    """
    faults: dict[str, str] = {}

    def kept(name: str, make: Callable[[str, str], str], words: str, what: str) -> str:
        try:
            return make(words, what)
        except UsageError as error:
            faults[name] = str(error)
            return words

    def at_most(name: str, count: int, most: int, what: str) -> None:
        if count > most:
            faults[name] = f"There are {count} {what}; there may be {most}."

    sections = tuple(
        (kept(f"label-{n}", line, label, "label"), kept(f"words-{n}", lines, words, "section of the abstract"))
        for n, (label, words) in enumerate(content.abstract, 1)
    )
    keywords = (kept("keywords", line, word, "keyword") for word in content.keywords)
    authors = tuple(
        Contributor(
            kept(f"author-{n}-given", line, author.given, "given name"),
            kept(f"author-{n}-family", line, author.family, "family name"),
            kept(f"author-{n}-orcid", line, author.orcid, "ORCID iD"),
            tuple(
                place
                for each in author.affiliations
                if (place := kept(f"author-{n}-affiliations", line, each, "affiliation"))
            ),
        )
        for n, author in enumerate(content.authors, 1)
    )
    made = replace(
        content,
        title=kept("title", line, content.title, "title"),
        type=content.type if content.type in ARTICLE_TYPES else "",
        abstract=tuple((label, words) for label, words in sections if words),
        keywords=tuple(dict.fromkeys(word for word in keywords if word)),
        authors=tuple(author for author in authors if not author.blank),
        reply=kept("reply", lines, content.reply, "letter"),
        **{name: kept(name, lines, getattr(content, name), "statement") for name in STATEMENTS},
    )
    at_most("abstract", len(made.abstract), MOST_SECTIONS, "sections")
    at_most("keywords", len(made.keywords), MOST_KEYWORDS, "keywords")
    at_most("authors", len(made.authors), MOST_AUTHORS, "authors")
    for n, author in enumerate(made.authors, 1):
        at_most(f"author-{n}-affiliations", len(author.affiliations), MOST_AFFILIATIONS, "affiliations")
    return made, faults


def save(
    desk: Desk, who: Person, id: str, content: ManuscriptContent, sent: SentFile | None = None, key: str = ""
) -> Manuscript:
    """Keep what an author wrote, with a file where one was sent; `id` "" begins a manuscript.

    Whatever file `content` names is not believed: the one that is kept stays unless another is `sent`.
    `key` is that of what the author saw, so that nobody writes over what came since.

    Raises:
        NotAllowed, NotHeld: if the person may not write it, or may not know of it.
        UsageError: if it cannot be kept, or changed meanwhile.
    """
    made, faults = tidied(content)
    if faults:
        raise UsageError(" ".join(faults.values()))
    with desk.writing() as change:
        before = _known(change, who, id) if id else _begun(change, who)
        if not may_write(before, who):
            raise NotAllowed(f"A manuscript that is {before.state} cannot be changed by you.")
        if id and key != before.content.key:
            raise UsageError("It was changed meanwhile, perhaps in another window. Open it there, and go on there.")
        after = replace(before, content=replace(made, file=sent.file if sent is not None else before.content.file))
        if sent is not None:
            change.manuscripts.keep_file(after.id, sent.file.sha256, sent.data)
        change.manuscripts.put(after, change.at)
        change.manuscripts.drop_files(after.id, _files(after))
        change.log(who.id, "manuscript.saved", after.id)
        return change.manuscripts.get(after.id)


def _begun(change: DeskChange, who: Person) -> Manuscript:
    """Make a manuscript that holds nothing yet."""
    if not may(who, Act.DRAFT):
        raise NotAllowed(f"Your account may not do that: {Act.DRAFT}.")
    _, drafts = change.manuscripts.lines([ManuscriptState.DRAFT], author=who.id, limit=1)
    if drafts >= MOST_DRAFTS:
        raise UsageError(f"You have {drafts} drafts. Submit or withdraw some first.")
    id = "m" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
    made = ManuscriptMove(change.at, who.id, ManuscriptState.DRAFT, 0, "")
    blinding = settings_of(change).blinding
    begun = Manuscript(id, who.id, ManuscriptState.DRAFT, ManuscriptContent(), blinding=blinding, moves=(made,))
    change.manuscripts.make(begun, change.at)
    change.log(who.id, "manuscript.begun", id)
    return begun


def _files(manuscript: Manuscript) -> Iterable[str]:
    contents = (manuscript.content, *(version.content for version in manuscript.versions))
    yield from (content.file.sha256 for content in contents if content.file is not None)
    if manuscript.placed is not None:
        yield manuscript.placed.sha256


def read(desk: Desk, who: Person | None, id: str) -> tuple[Manuscript, Seat]:
    """Return a manuscript and as what a person sees it.

    Raises:
        NotHeld: if there is none, or they may not know of it.
    """
    with desk.reading() as view:
        return _seated(view, who, id)


def text_bytes(desk: Desk, who: Person | None, id: str, number: int) -> tuple[Manuscript, Seat, bytes]:
    """Return a manuscript with one of its versions written as JATS, without the authors where they are hidden.

    `number` 0 is what the author is writing at.

    Raises:
        NotHeld: if there is none, or they may not know of it; what is not submitted is the author's alone.
    """
    with desk.reading() as view:
        manuscript, seat = _seated(view, who, id)
        content = version_of(manuscript, seat, number)
        data = view.manuscripts.file(id, content.file.sha256) if content.file is not None else None
    return manuscript, seat, written(content, data, Printing(authors=not hides_authors(manuscript, seat)))


def sent_file(desk: Desk, who: Person | None, id: str, number: int) -> tuple[KeptFile, bytes]:
    """Return the file of a version as it was sent, to who may know whose it is.

    Raises:
        NotHeld: if there is none, or they may not have it.
    """
    with desk.reading() as view:
        manuscript, seat = _seated(view, who, id)
        content = version_of(manuscript, seat, number)
        if seat is Seat.PUBLIC or hides_authors(manuscript, seat) or content.file is None:
            raise NotHeld("There is no such file.")
        return content.file, view.manuscripts.file(id, content.file.sha256)


def version_of(manuscript: Manuscript, seat: Seat, number: int) -> ManuscriptContent:
    """Return what a version holds, for whoever works on it; 0 is what the author is writing at.

    Raises:
        NotHeld: if there is no such version for that seat.
    """
    if number == 0 and seat is Seat.AUTHOR:
        return manuscript.content
    if seat is Seat.PUBLIC or not 1 <= number <= len(manuscript.versions):
        raise NotHeld("There is no such version.")
    return manuscript.versions[number - 1].content


def take(desk: Desk, who: Person, id: str, step: Step, words: str, post: Post) -> Manuscript:
    """Take a step of a manuscript's life, other than publishing and retracting, and write to whom it concerns.

    Raises:
        NotAllowed, NotHeld: if the person may not take it, or may not know of the manuscript.
        UsageError: if something is missing for it.
        MailError: if it is done, and a letter did not go.
    """
    said = lines(words, "letter")
    if step in (Step.PUBLISH, Step.RETRACT):
        raise UsageError("Publishing and retracting have forms of their own.")
    with desk.writing() as change:
        before = _known(change, who, id)
        state = taken(before, who, step, said)
        versions = before.versions
        if step is Step.SUBMIT:
            versions = (*versions, ManuscriptVersion(len(versions) + 1, change.at, before.content))
        # What was answered stays with its version; the next letter begins empty.
        content = replace(before.content, reply="") if step is Step.RETURN else before.content
        after = replace(before, state=state, versions=versions, content=content)
        change.manuscripts.put(after, change.at)
        change.manuscripts.say(id, (ManuscriptMove(change.at, who.id, state, len(versions), said),))
        change.log(who.id, f"manuscript.{step.replace(' ', '-')}", id, f"version {len(versions)}")
        letters = _letters(change, after, after.reviewers if step is Step.REVIEW else (), post)
        done = change.manuscripts.get(id)
    _send(post, letters)
    return done


def assign(desk: Desk, who: Person, id: str, reviewers: Sequence[str], blinding: Blinding, post: Post) -> Manuscript:
    """Say who reviews a manuscript and who learns whose names, in the place of what was said before.

    Who is named while it is under review is written to.

    Raises:
        NotAllowed, NotHeld: if the person does not edit the manuscript, or may not know of it.
        UsageError: if somebody named is no reviewer, its author, or the editor; or a promise to hide names would break.
        MailError: if it is done, and a letter did not go.
    """
    wanted = tuple(dict.fromkeys(reviewers))
    if len(wanted) > MOST_REVIEWERS:
        raise UsageError(f"A manuscript has at most {MOST_REVIEWERS} reviewers.")
    with desk.writing() as change:
        before = _known(change, who, id)
        if not may_assign(before, who):
            raise NotAllowed("You do not edit this manuscript, or it is not being reviewed.")
        if who.id in wanted:
            raise UsageError("Who decides on a manuscript does not review it. Let another editor decide.")
        for each in wanted:
            if not _reviews(change, each) or each == before.author:
                raise UsageError("Somebody named is no reviewer, or is the manuscript's author.")
        _not_unveiled(before, blinding)
        after = replace(before, reviewers=wanted, blinding=blinding)
        change.manuscripts.put(after, change.at)
        hidden = [name for name in ("authors", "reviewers") if getattr(blinding, name)]
        change.log(who.id, "manuscript.reviewers", id, f"{', '.join(wanted)}; hidden: {', '.join(hidden) or 'nobody'}")
        asked = after.state is ManuscriptState.UNDER_REVIEW
        new = [each for each in wanted if each not in before.reviewers] if asked else []
        letters = _letters(change, after, new, post, decided=False)
        done = change.manuscripts.get(id)
    _send(post, letters)
    return done


def _not_unveiled(before: Manuscript, blinding: Blinding) -> None:
    """Refuse to show names of people who wrote, or sent in, under the promise that they are hidden."""
    asked = any(move.state is ManuscriptState.UNDER_REVIEW for move in before.moves)
    shown = before.blinding.authors > blinding.authors or before.blinding.reviewers > blinding.reviewers
    if asked and shown:
        raise UsageError("It went to review under the promise that names are hidden. It stays so.")


def _reviews(view: DeskView, id: str) -> bool:
    try:
        return view.person(id).has(Role.REVIEWER)
    except NotHeld:
        return False


def review(
    desk: Desk,
    who: Person,
    id: str,
    version: int,
    advice: Recommendation,
    to_authors: str,
    to_editor: str,
    sections: Sequence[tuple[str, str]],
    conflicts: str,
) -> Manuscript:
    """Say what a reviewer thinks of the version that they read; a later word takes the place of an earlier one.

    Raises:
        NotAllowed, NotHeld: if they do not review it now, or may not know of it.
        UsageError: if they say nothing to the authors, state no conflicts, or another version came meanwhile.
    """
    said, aside, stated = lines(to_authors, "letter"), lines(to_editor, "letter"), lines(conflicts, "conflicts")
    remarks = tuple((line(place, "title"), lines(words, "comment")) for place, words in sections)
    if not said:
        raise UsageError("Write to the authors: what is good, what is wrong, what would mend it.")
    if not stated:
        raise UsageError("State your conflicts of interest; “none” if there are none.")
    with desk.writing() as change:
        before = _known(change, who, id)
        if not may_review(before, who):
            raise NotAllowed("You do not review this manuscript, or it is not under review.")
        if version != latest(before).number:
            raise UsageError("Another version came meanwhile. Read it, then say what you think of it.")
        number = len(before.reviews) + 1
        shown = tuple((place, words) for place, words in remarks if words)
        made = ManuscriptReview(number, version, who.id, advice, said, aside, shown, stated, change.at)
        change.manuscripts.say(id, (made,))
        change.log(who.id, "manuscript.review", id, f"version {version}")
        return change.manuscripts.get(id)


def _seated(view: DeskView, who: Person | None, id: str) -> tuple[Manuscript, Seat]:
    manuscript = view.manuscripts.get(id)
    seat = seat_of(manuscript, who)
    if seat is None:
        raise NotHeld("There is no such manuscript.")
    return manuscript, seat


def _known(change: DeskChange, who: Person, id: str) -> Manuscript:
    """Return a manuscript that a person works on."""
    manuscript, seat = _seated(change, who, id)
    if seat is Seat.PUBLIC:
        raise NotHeld("There is no such manuscript.")
    return manuscript


def _letters(
    view: DeskView, manuscript: Manuscript, asked: Iterable[str], post: Post, *, decided: bool = True
) -> list[Letter]:
    """Return letters to reviewers who are asked, and to the author of a decision; they hold no word of it."""
    link = f"{post.address.rstrip('/')}/manuscripts/{manuscript.id}"
    found: list[Letter] = []
    for id in asked:
        person = view.person(id)
        if person.active and person.email:
            body = (
                f"Hello {person.name},\n\nyou are asked to review a manuscript. Read it, and say what you think, here:"
                f"\n\n{link}\n\nIf you cannot, tell the editor.\n"
            )
            found.append(Letter(person.email, "A manuscript to review", body))
    author = view.person(manuscript.author)
    if decided and manuscript.state in DECIDED and author.active and author.email:
        body = f"Hello {author.name},\n\nthere is a decision on your manuscript. Read it here:\n\n{link}\n"
        found.append(Letter(author.email, "A decision on your manuscript", body))
    return found


def _send(post: Post, letters: Iterable[Letter]) -> None:
    """Send letters, each whatever became of the others.

    Raises:
        MailError: if one did not go.
    """
    faults: list[str] = []
    for letter in letters:
        try:
            post.mailer.send(letter)
        except MailError as error:
            faults.append(str(error))
    if faults:
        raise MailError(f"It is done, but a letter did not go: {faults[0]}")
