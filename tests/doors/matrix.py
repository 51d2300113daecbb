"""Who may do what at every address: one row a route and method, held against the routes that are really there.

A new route wants a row here, or `test_matrix.py` fails and says so. Most are one line:

    ("GET", "/leaflets"): everybody(),                     the same for all
    ("GET", "/account/keys"): signed_in(),                 who has not signed in is led to do so
    ("GET", "/audit"): with_role(Role.ADMIN),                 for others there is no such page
    ("GET", "/articles/{id}/file"): article_read(),        by the state of the article and who wants it
    ("POST", "/articles/{id}/x"): article_acts(...)        by a table of acts, states and people

An object of a kind that is not there yet (a manuscript) gets its place in `matrix_world.py`, one in each state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from matrix_manuscripts import FEW, IDLE, PLACES, SENT, SOME, Sent, acts, reads, saving, status_of
from matrix_world import HELD, NAMED, NEEDLE, VISITORS, Held, Visitor, follow_id, key_id

from curbside.desk.articles import Step
from curbside.records import Role
from curbside.serving.application import API

SIGN_IN = -303
"""Expected where a visitor is led to the page for signing in."""

GOOD = "violet tram ladder"
"""Everybody's password."""

Form = Mapping[str, Any] | Callable[[Visitor], Mapping[str, Any]] | None
Expects = Callable[[Visitor], int]


@dataclass(frozen=True)
class Cell:
    """Something that is tried at an address.

    Attributes:
        expects: the status that each visitor gets.
        fills: what stands in the address, name -> value; `DEFAULTS` for the rest.
        form: fields that are sent, perhaps by visitor.
        name: what is tried, for the message.
        by: whom it is tried by.
        vanishes: whether what was made is shown at once, and is not there: nothing is kept here (then 404 is success).
    """

    expects: Expects
    fills: Mapping[str, str] = field(default_factory=dict)
    form: Form = None
    name: str = ""
    by: tuple[Visitor, ...] = VISITORS
    vanishes: bool = False

    def sent(self, visitor: Visitor) -> Mapping[str, Any] | None:
        """What a visitor sends."""
        return self.form(visitor) if callable(self.form) else self.form


Row = tuple[Cell, ...]

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "id": "none", "name": "none", "form": "ris", "ending": "md", "year": "2000", "number": "1", "since": "1",
        "claim": "1", "secret": "x" * 43, "style": "nlm",
    }
)  # fmt: skip
"""What stands in an address where a row says nothing of it: nothing that is held."""


def everybody(status: int = 200, form: Form = None, **fills: str) -> Row:
    """The same for all, signed in or not."""
    return (Cell(lambda _: status, fills, form),)


def signed_in(status: int = 200, form: Form = None, **fills: str) -> Row:
    """For whoever has signed in; the others are led to do so."""
    return (Cell(lambda who: status if who.counts else SIGN_IN, fills, form),)


def with_role(*roles: Role, status: int = 200, otherwise: int = 404, form: Form = None, **fills: str) -> Row:
    """For whoever has one of some roles."""

    def expects(who: Visitor) -> int:
        if not who.counts:
            return SIGN_IN
        return status if set(roles) & set(who.roles) else otherwise

    return (Cell(expects, fills, form),)


INSIDE = frozenset({"author", "reviewer", "editor"})
"""What somebody can be to an article that lets them see all of it; a reviewer once they were asked."""

PUBLIC = frozenset({"approved", "reopened", "withdrawn"})
"""Standings of articles of which everybody reads what was approved."""


_SOME = ("nobody", "author", "editor", "reviewing editor")
_MOST = (*_SOME, "reader", "other author", "reviewer", "other reviewer", "admin")


def tried_by(held: Held) -> tuple[Visitor, ...]:
    """Everybody while it is under review; else those for whom state or writer makes a difference."""
    if held.writer != "author":
        return tuple(NAMED[each] for each in _SOME)
    return VISITORS if held.standing.name == "under review" else tuple(NAMED[each] for each in _MOST)


def article_read(**fills: str) -> Row:
    """An article as it stands, or as it was approved last; there is none for who may not know of it."""
    return tuple(
        Cell(
            _reads(held, held.standing.name in PUBLIC),
            {"id": held.id, **fills},
            None,
            held.standing.name,
            tried_by(held),
        )
        for held in HELD
    )


def version_read(**fills: str) -> Row:
    """A version of an article: those that were approved are everybody's."""
    return tuple(
        Cell(
            _reads(held, number == held.standing.approved),
            {"id": held.id, "number": str(number), **fills},
            None,
            "version",
            tried_by(held),
        )
        for held in HELD
        for number in range(1, held.standing.versions + 1)
    )


def changes_read() -> Row:
    """What changed between two versions: for who may read both."""
    return tuple(
        Cell(_reads(held, False), {"id": held.id, "number": "2", "since": "1"}, None, "changes", tried_by(held))
        for held in HELD
        if held.standing.versions > 1
    )


def _reads(held: Held, public: bool) -> Expects:
    return lambda who: 200 if public or held.is_for(who) in INSIDE else 404


def article_followed() -> Row:
    """Following an article: whoever has signed in may, once it was approved; of any other nobody learns this way."""

    def expects(held: Held) -> Expects:
        gone = held.standing.name == "withdrawn"
        status = 404 if held.standing.name not in PUBLIC else 422 if gone else 303
        return lambda who: status if who.counts else SIGN_IN

    return tuple(Cell(expects(held), {}, {"article": held.id}, held.standing.name, tried_by(held)) for held in HELD)


Acts = Mapping[str, tuple[Mapping[str, Any], Mapping[str, str]]]
"""Act -> what is sent for it, and who may do it by the article's standing ("*" for all that are not named)."""

_AUTHOR_THEN_EDITOR = {"draft": "author", "returned": "author"} | dict.fromkeys(
    ("submitted", "under review", "reopened"), "editor"
)
_REVIEW = {"under review": "reviewer", "reopened": "reviewer"}
_DESK = dict.fromkeys(("submitted", "under review", "reopened"), "editor")
_WORDS = {"words": "Because."}

ON_ARTICLE: Acts = MappingProxyType(
    {
        "comment": (_WORDS, {"*": "author reviewer editor"}),
        "submit": (_WORDS, {"draft": "author", "returned": "author"}),
        "send to review": (_WORDS, {"under review": "editor", "reopened": "editor", "submitted": "(editor)"}),
        "return": (_WORDS, _DESK),
        "approve": (_WORDS, {"under review": "editor", "reopened": "editor"}),
        "withdraw": (_WORDS, {"*": "author editor", "withdrawn": "", "withdrawn draft": ""}),
        "reopen": (_WORDS, {"approved": "editor"}),
        "assign": ({"reviewer": NAMED["other reviewer"].id}, _DESK),
    }
)  # fmt: skip
"""What is done to an article as a whole. "(editor)": has the right, and something is missing (no reviewer named)."""

ON_CLAIM: Acts = MappingProxyType(
    {
        "comment": (_WORDS, {"*": "author reviewer editor"}),
        "change": ({"text": "Other words stand here.", **_WORDS}, _AUTHOR_THEN_EDITOR),
        "remove": (_WORDS, _AUTHOR_THEN_EDITOR),
        "sign": (_WORDS, _REVIEW),
        "return": (_WORDS, _REVIEW),
    }
)
"""What is done to one claim."""


def redrawings(*, sent: bool = True) -> Row:
    """Drawing an article anew, which asks its question again: in some states, for that takes its time."""
    row = article_acts({"redraw": (_WORDS, _AUTHOR_THEN_EDITOR)}, sent=sent)
    some = tuple(f"redraw ({name}, by author)" for name in ("draft", "under review", "approved"))
    return tuple(cell for cell in row if cell.name in some)


def key_of_claim(held: Held) -> Mapping[str, str]:
    """The field that says which words of a claim were read."""
    return {"key": f"{{key {held.id}}}"}


def seen_of(held: Held) -> Mapping[str, str]:
    """The field that says how an article was read."""
    return {"seen": f"{{seen {held.id}}}"}


def article_acts(acts: Acts, more: Callable[[Held], Mapping[str, Any]] = lambda _: {}, *, sent: bool = True) -> Row:
    """What is done to articles, in each state of theirs.

    `more` gives further fields by the article; `sent` says whether the act is one, as "do". Where it is not (over the
    API, which does the same by the same means) what an editor wrote is left out.
    """
    return tuple(
        Cell(
            _acts(held, allowed.get(held.standing.name, allowed.get("*", ""))),
            {"id": held.id},
            {**({"do": act} if sent else {}), **form, **more(held)},
            f"{act} ({held.standing.name}, by {held.writer})",
            tried_by(held),
        )
        for act, (form, allowed) in acts.items()
        for held in HELD
        if sent or held.writer == "author"
    )


def _acts(held: Held, allowed: str) -> Expects:
    def expects(who: Visitor) -> int:
        relation = held.is_for(who)
        if relation == "nobody":
            return SIGN_IN
        if relation == "stranger":
            # An approved article is known to all; of any other, what is written now is not.
            return 403 if held.standing.name == "approved" else 404
        if f"({relation})" in allowed:
            return 422
        return 303 if relation in allowed.split() else 403

    return expects


def _profile() -> Row:
    """A person's page: there is one of whoever signs what is published, and of nobody else."""
    shown = {"author": 200, "reviewer": 200}
    names = ("reader", "author", "reviewer", "moderator", "admin", "closed", "erased")
    return tuple(cell for name in names for cell in everybody(shown.get(name, 404), id=NAMED[name].id))


DRAFTS = (Role.CLINICIAN, Role.AUTHOR, Role.EDITOR)

PEOPLE: dict[tuple[str, str], Row] = {
    ("GET", "/account"): signed_in(),
    ("GET", "/account/sign-in"): (Cell(lambda who: 303 if who.counts else 200),),
    ("POST", "/account/sign-in"): everybody(403, {"email": "nobody@example.org", "password": "x"}),
    ("POST", "/account/sign-out"): everybody(303),
    ("GET", "/account/forgotten"): everybody(),
    ("POST", "/account/forgotten"): everybody(200, {"email": "nobody@example.org"}),
    ("POST", "/account/profile"): signed_in(303, {"name": "Somebody", "conflicts": "None."}),
    ("POST", "/account/password"): signed_in(303, {"old": GOOD, "password": "other tram ladder", "again": "other tram ladder"}),
    ("POST", "/account/erase"): signed_in(303, lambda who: {"sure": f"{who.name.replace(' ', '')}@example.org"}),
    ("GET", "/account/programs"): signed_in(),
    ("POST", "/account/programs"): signed_in(200, {"name": "other", "scope": "act", "days": "30", "password": GOOD}),
    ("POST", "/account/programs/{id}"): tuple(
        Cell(lambda who, of=of: SIGN_IN if not who.counts else 303 if who.name == of else 404, {"id": key_id(of)}, {})
        for of in ("author", "admin")
    ),
    ("GET", "/account/join/{secret}"): everybody(),
    ("POST", "/account/join/{secret}"): everybody(403, {"password": GOOD, "again": GOOD}),
    ("GET", "/account/reset/{secret}"): everybody(),
    ("POST", "/account/reset/{secret}"): everybody(403, {"password": GOOD, "again": GOOD}),
    ("GET", "/articles"): everybody(),
    ("POST", "/articles"): with_role(*DRAFTS, status=303, otherwise=403, form={"asked": "{asked}"}),
    ("GET", "/articles/{id}"): article_read(),
    ("GET", "/articles/{id}.{form}"): article_read(form="html"),
    ("GET", "/articles/{id}/bundle.json"): article_read(),
    ("POST", "/articles/{id}"): (*article_acts(ON_ARTICLE, seen_of), *redrawings()),
    ("POST", "/articles/{id}/claims/{claim:int}"): article_acts(ON_CLAIM, key_of_claim),
    ("GET", "/articles/{id}/versions/{number:int}"): version_read(),
    ("GET", "/articles/{id}/versions/{number:int}.{form}"): version_read(form="md"),
    ("GET", "/articles/{id}/versions/{number:int}/bundle.json"): version_read(),
    ("GET", "/articles/{id}/versions/{number:int}/since/{since:int}"): changes_read(),
    ("GET", "/articles.atom"): everybody(),
    ("GET", "/feeds/{secret}/news.atom"): everybody(404),
    ("GET", "/following"): signed_in(),
    ("POST", "/following"): article_followed(),
    ("POST", "/following/read"): signed_in(303, {"upto": "1"}),
    ("POST", "/following/telling"): signed_in(303, {"digest": "weekly"}),
    ("POST", "/following/feed"): signed_in(200, {"do": "make"}),
    ("POST", "/following/{id}"): tuple(
        Cell(lambda who, of=of: SIGN_IN if not who.counts else 303 if who.name == of else 404, {"id": follow_id(of)}, {"do": "drop"})
        for of in ("author", "admin")
    ),
    ("GET", "/unsubscribe/{secret}"): everybody(),
    ("POST", "/unsubscribe/{secret}"): everybody(404, {}),
    ("GET", "/policies/{name}"): everybody(name="privacy"),
    ("GET", "/policies/{name}/versions/{number:int}"): everybody(name="privacy"),
    ("GET", "/policies/{name}/versions/{number:int}/since/{since:int}"): everybody(name="privacy"),
    ("GET", "/policies/{name}/edit"): with_role(Role.EDITOR, Role.ADMIN, name="privacy"),
    ("POST", "/policies/{name}/edit"): with_role(
        Role.EDITOR, Role.ADMIN, status=303, name="privacy",
        form={"do": "keep", "body": "Other words.", "why": "Because.", "after": "1"},
    ),
    ("GET", "/board"): everybody(),
    ("GET", "/people"): with_role(Role.ADMIN),
    ("POST", "/people/invite"): with_role(Role.ADMIN, status=303, form={"email": "new@example.org", "name": "New"}),
    ("GET", "/people/{id}"): _profile(),
    ("POST", "/people/{id}"): with_role(Role.ADMIN, status=303, form={"do": "link"}, id=NAMED["reader"].id),
    ("GET", "/audit"): with_role(Role.ADMIN),
}  # fmt: skip
"""Pages of people."""


def _of_manuscript(each: Sent, stranger: int, then: Callable[[str], int]) -> Expects:
    """What each gets of a manuscript, by what they are to it."""

    def expects(who: Visitor) -> int:
        if not who.counts:
            return SIGN_IN
        relation = each.is_for(who.name, who.roles)
        return stranger if relation == "stranger" else then(relation)

    return expects


def _by(each: Sent) -> tuple[Visitor, ...]:
    return tuple(NAMED[name] for name in (SOME if each.writer == "author" else FEW))


def manuscript_read(what: str) -> Row:
    """A manuscript, its versions and files: for who works on it, as what they are to it."""
    return tuple(
        Cell(
            _of_manuscript(each, 404, lambda relation, each=each: reads(each, relation, what)),
            {"id": each.id},
            None,
            f"{each.state} by {each.writer}",
            _by(each),
        )
        for each in SENT
    )


def manuscript_saved() -> Row:
    """The form of authors: a new one for who may draft, one that is there for its author while they write at it."""

    def then(each: Sent) -> Callable[[str], int]:
        return lambda relation: 303 if reads(each, relation, "edit") == 200 else 404

    new = with_role(*DRAFTS, status=303, otherwise=403, form={"do": "save", "title": "New"})
    kept = (Cell(_of_manuscript(each, 404, then(each)), {}, saving(each, NEEDLE), each.id, _by(each)) for each in SENT)
    return (*new, *kept)


def manuscript_acts() -> Row:
    """What is done to manuscripts, in each state of theirs."""
    return tuple(
        Cell(
            _of_manuscript(each, 404, lambda relation, each=each, allowed=allowed: status_of(each, allowed, relation)),
            {"id": each.id},
            {**form, **({"reviewer": NAMED["other reviewer"].id} if act == "assign" else {})},
            f"{act} ({each.state}, by {each.writer})",
            tuple(who for who in _by(each) if who.name not in IDLE),
        )
        for act, form, each, allowed in acts()
    )


def journal_article() -> Row:
    """An article of the journal: everybody's once it has appeared, nobody's before."""
    return tuple(
        Cell(lambda _, each=each: 200 if each.state in PLACES else 404, {"id": each.id}, None, each.state, _by(each))
        for each in SENT
    )


MANUSCRIPTS: dict[tuple[str, str], Row] = {
    ("GET", "/manuscripts"): signed_in(),
    ("POST", "/manuscripts"): manuscript_saved(),
    ("GET", "/manuscripts/new"): with_role(*DRAFTS),
    ("GET", "/manuscripts/{id}"): manuscript_read("page"),
    ("POST", "/manuscripts/{id}"): manuscript_acts(),
    ("GET", "/manuscripts/{id}/edit"): manuscript_read("edit"),
    ("GET", "/manuscripts/{id}/versions/{number:int}"): manuscript_read("version"),
    ("GET", "/manuscripts/{id}/versions/{number:int}/file"): manuscript_read("file"),
    ("GET", "/manuscripts/{id}/versions/{number:int}/since/{since:int}"): manuscript_read("changes"),
    ("GET", "/journal"): everybody(),
    ("GET", "/journal/settings"): with_role(Role.EDITOR),
    ("POST", "/journal/settings"): with_role(Role.EDITOR, status=303, form={"title": "Another", "issn": ""}),
    ("GET", "/journal/issues/{volume}"): everybody(volume="2"),
    ("GET", "/journal/issues/{volume}/{issue}"): everybody(volume="1", issue="2"),
    ("GET", "/journal/articles/{id}"): journal_article(),
    ("GET", "/journal/articles/{id}/cite/{form}"): journal_article(),
    ("GET", "/journal/articles/{id}/jats"): journal_article(),
}
"""Pages of manuscripts and of the journal."""

FREE = frozenset(
    {
        ("POST", "/account/sign-in"), ("POST", "/account/forgotten"), ("POST", "/account/join/{secret}"),
        ("POST", "/account/reset/{secret}"), ("POST", "/unsubscribe/{secret}"),
    }
)  # fmt: skip
"""Forms of who has not signed in: they carry no token, and `curbside.doors.http.guard` takes them from our pages alone."""

OPEN = frozenset(
    {
        ("GET", "/"), ("POST", "/ask"), ("GET", "/answers/{id}"), ("POST", "/audience"),
        ("GET", "/answers/{id}/studies.csv"), ("POST", "/answers/{id}/forget"), ("POST", "/answers/{id}/follow"),
        ("POST", "/answers/{id}/drop"), ("GET", "/answers/{id}/answer.{ending:str}"),
        ("GET", "/documents/{id:path}/export/{form}"), ("GET", "/documents/{id:path}"),
        ("GET", "/works/{id:path}/cite/{form}"), ("GET", "/works/{id:path}/citations"),
        ("GET", "/works/{id:path}/references"), ("GET", "/works/{id:path}/badge.svg"), ("GET", "/works/{id:path}"),
        ("GET", "/authors/{name:path}"), ("GET", "/journals/{name:path}"), ("GET", "/keywords/{name:path}"),
        ("GET", "/drugs/{name:path}"), ("GET", "/conditions/{name:path}"), ("GET", "/archive"),
        ("GET", "/archive/{year:int}"), ("GET", "/search"), ("POST", "/search"), ("POST", "/search/export"),
        ("GET", "/studies/{id:path}"), ("GET", "/evidence"), ("POST", "/evidence"), ("GET", "/evidence/export/{form}"),
        ("GET", "/ledger"), ("GET", "/ledger/export/{form}"), ("GET", "/check"), ("POST", "/check"), ("GET", "/status"),
        ("GET", "/help"), ("GET", "/help/{name:path}"), ("GET", "/method"), ("GET", "/glossary"), ("GET", "/keys"),
        ("GET", "/add"), ("POST", "/add"), ("GET", "/add/{id}"), ("POST", "/add/{id}/again"),
    }
)  # fmt: skip
"""What is for everybody and knows nothing of accounts: whoever sends it gets the same."""

OPEN_API = frozenset(
    (method, f"{API}{path}")
    for method, path in {
        ("POST", "/ask"), ("POST", "/ask/events"), ("POST", "/ask/evidence"), ("POST", "/answers"),
        ("GET", "/answers/{id}"), ("DELETE", "/answers/{id}"), ("POST", "/threads"), ("POST", "/threads/{id}"),
        ("GET", "/threads/{id}"), ("DELETE", "/threads/{id}"), ("POST", "/search"), ("POST", "/export/{form}"),
        ("GET", "/export/{form}/{id:path}"), ("GET", "/works/{id:path}/cite"), ("GET", "/works/{id:path}/citations"),
        ("GET", "/works/{id:path}"), ("GET", "/documents"), ("POST", "/documents"), ("GET", "/documents/{id}"),
        ("GET", "/documents/{id}/quote"), ("GET", "/similar/{id:path}"), ("GET", "/summaries/{id:path}"),
        ("GET", "/status"), ("GET", "/problems"), ("GET", "/vocabulary"), ("GET", "/evidence"), ("GET", "/ledger"),
        ("GET", "/studies/{id:path}"), ("GET", "/notices"), ("GET", "/tallies"), ("GET", "/flags"), ("POST", "/check"),
        ("POST", "/stance"), ("POST", "/support"), ("GET", "/batches/{id}"), ("GET", "/openapi.json"),
    }
)  # fmt: skip
"""The same of the API."""


def keyed(row: Row, done: int = 200) -> Row:
    """The same for programs: who has no key is told so where one is wanted, and a key that is over never serves."""

    def of(cell: Cell) -> Cell:
        def expects(who: Visitor) -> int:
            wanted = cell.expects(who)
            return 401 if who.gone or wanted == SIGN_IN else done if wanted == 303 else wanted

        return replace(cell, expects=expects)

    return tuple(of(cell) for cell in row)


def article_steps() -> Row:
    """The steps of an article's life, as a program takes them."""
    acts = {act: ({"step": act, **form}, who) for act, (form, who) in ON_ARTICLE.items() if act in tuple(Step)}
    return keyed(article_acts(acts, seen_of, sent=False))


def article_act(act: str, form: Mapping[str, Any]) -> Row:
    """One thing that is done to articles, as a program does it."""
    return keyed(article_acts({act: (form, ON_ARTICLE[act][1])}, sent=False))


def claim_acts() -> Row:
    """What a program does to one claim."""
    acts = {act: ({"do": act, **form}, who) for act, (form, who) in ON_CLAIM.items() if act != "comment"}
    return keyed(article_acts(acts, key_of_claim, sent=False))


def lists() -> Row:
    """Lists of articles: those approved for all, one's own with a key, the desk's for editors."""
    own = tuple(Cell(lambda who: 200 if who.counts else 401, name=f"?which={each}") for each in ("mine", "reviews"))
    desk = Cell(lambda who: (200 if Role.EDITOR in who.roles else 403) if who.counts else 401, name="?which=desk")
    return (*keyed(everybody()), *own, desk)


_ASKED = {"question": "Does topical sirolimus improve facial angiofibroma?"}

PEOPLE_API: dict[tuple[str, str], Row] = {
    ("GET", f"{API}/articles"): lists(),
    ("POST", f"{API}/articles"): tuple(
        replace(cell, vanishes=True) for cell in keyed(with_role(*DRAFTS, status=303, otherwise=403, form=_ASKED), 404)
    ),
    ("GET", f"{API}/articles/{{id}}"): keyed(article_read()),
    ("POST", f"{API}/articles/{{id}}/steps"): article_steps(),
    ("POST", f"{API}/articles/{{id}}/redraw"): keyed(redrawings(sent=False)),
    ("POST", f"{API}/articles/{{id}}/reviewers"): article_act("assign", {"reviewers": [NAMED["other reviewer"].id]}),
    ("POST", f"{API}/articles/{{id}}/comments"): article_act("comment", _WORDS),
    ("POST", f"{API}/articles/{{id}}/claims/{{number}}"): claim_acts(),
    ("GET", f"{API}/articles/{{id}}/bundle.json"): keyed(article_read()),
    ("GET", f"{API}/articles/{{id}}/versions/{{number}}"): keyed(version_read()),
    ("GET", f"{API}/articles/{{id}}/versions/{{number}}/since/{{since}}"): keyed(changes_read()),
    ("GET", f"{API}/people/{{id}}"): keyed(_profile()),
    ("GET", f"{API}/board"): keyed(everybody()),
    ("GET", f"{API}/me"): keyed(signed_in()),
    ("GET", f"{API}/audit"): keyed(with_role(Role.ADMIN)),
}
"""The same over the API, by keys."""

ROWS: Mapping[tuple[str, str], Row] = MappingProxyType({**PEOPLE, **MANUSCRIPTS, **PEOPLE_API})


def known() -> Iterator[tuple[str, str]]:
    """Yield the routes that have a row or are for everybody."""
    yield from ROWS
    yield from OPEN
    yield from OPEN_API
