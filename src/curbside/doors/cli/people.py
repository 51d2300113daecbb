"""`curbside people`: accounts of a desk, made and changed by whoever runs it; the first admin comes from here."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.errors import NotHeld, UsageError
from curbside.records import Person, Role
from curbside.records.program import KeyScope
from curbside.settings import read_settings
from curbside.store.base_desk import Desk
from curbside.wiring.desk import mailer_of, open_desk
from curbside.workflows import people, programs
from curbside.writers.people import key_json, person_json

_KEYS = ("key", "keys", "revoke")
_DOES = ("list", "invite", "link", "roles", "close", "open", "erase", *_KEYS)


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "  curbside people                                            who has an account\n"
        '  curbside people invite ada@example.org --name "Ada Ek" --role admin\n'
        "  curbside people link ada@example.org                       a new link to choose a password\n"
        "  curbside people roles ada@example.org --role editor --role reviewer [--board]\n"
        "  curbside people close ada@example.org                      no signing in any more; open undoes it\n"
        "  curbside people erase ada@example.org                      forget who they were; what they signed stays\n"
        "  curbside people key ada@example.org --name journal-sync [--act] [--days 90]\n"
        "                                                             a key for a program that acts for them\n"
        "  curbside people keys ada@example.org                       which programs have one\n"
        "  curbside people revoke ada@example.org --name journal-sync\n"
        f"Roles: {', '.join(Role)}. A person is named by address or id."
    )
    parser.add_argument("what", nargs="?", default="list", choices=_DOES, metavar="WHAT", help=", ".join(_DOES))
    parser.add_argument("who", nargs="?", default="", metavar="WHO", help="e-mail address or id")
    parser.add_argument(
        "--name", default="", help="name of a new person, as it stands beside what they sign; of a program"
    )
    parser.add_argument("--role", action="append", default=[], metavar="ROLE", help="may be given several times")
    parser.add_argument("--board", action="store_true", help="show them on the page of the advisory board")
    parser.add_argument("--act", action="store_true", help="let a key's program act, and not only read")
    parser.add_argument(
        "--days", type=int, default=90, metavar="N", help="how long a key holds (default 90, at most 365)"
    )
    parser.add_argument("--send", action="store_true", help="send the link by letter instead of printing it")


def run(options: Namespace, console: Console) -> int:
    """Show or change accounts."""
    settings = read_settings(os.environ, Path.home()).desk
    what: str = options.what
    if (what == "list") is bool(options.who):
        raise UsageError("Name the person after what is to be done. See: curbside people --help")
    roles = _roles(options.role)
    desk = open_desk(options.library, settings)
    try:
        if what == "list":
            with desk.reading() as view:
                return _listed(view.people(), console, options.json)
        mailer = mailer_of(settings) if options.send else None
        link = ""
        if what == "invite":
            person, link = people.invite(desk, mailer, None, options.who, options.name, roles, settings.address)
        else:
            person = _found(desk, options.who)
        if what in _KEYS:
            return _keys(desk, person, options, console)
        if what == "link":
            link = people.resend(desk, mailer, None, person.id, settings.address)
        elif what == "roles":
            person = people.set_roles(desk, None, person.id, roles, active=person.active, board=options.board)
        elif what in ("close", "open"):
            active = what == "open"
            person = people.set_roles(desk, None, person.id, person.roles, active=active, board=person.board)
        elif what == "erase":
            people.erase(desk, None, person.id)
            with desk.reading() as view:
                person = view.person(person.id)
    finally:
        desk.close()
    if options.json:
        console.say_json({**person_json(person), **({"link": link} if link and mailer is None else {})})
        return 0
    _say(person, console)
    if link and mailer is None:
        console.say(f"A password is chosen here, once, within seven days:\n  {link}")
    elif link:
        console.say(f"The link was sent to {person.email}.")
    return 0


def _keys(desk: Desk, person: Person, options: Namespace, console: Console) -> int:
    """Show, make or end keys of a person's programs."""
    if options.what == "key":
        scope = KeyScope.ACT if options.act else KeyScope.READ
        key, secret = programs.make_key(desk, person, options.name, scope, options.days, operator=True)
        if options.json:
            console.say_json({**key_json(key), "key": secret})
            return 0
        _say_key(key_json(key), console)
        console.say(f"This is the key; it is kept nowhere, and shown this once:\n  {secret}")
        return 0
    if options.what == "revoke":
        if not options.name:
            raise UsageError("Name the key: curbside people revoke EMAIL --name NAME")
        programs.revoke_key(desk, person, options.name, operator=True)
    with desk.reading() as view:
        held = [key_json(each) for each in view.programs.of(person.id)]
    if options.json:
        console.say_json({"keys": held})
        return 0
    for each in held:
        _say_key(each, console)
    if not held:
        console.say("No program of theirs has a key.")
    return 0


def _say_key(key: Mapping[str, str], console: Console) -> None:
    used = f"last used {key['used']}" if key["used"] else "not used yet"
    console.say(f"{key['name']}  ({key['scope']}; made {key['made']}; ends {key['until']}; {used})")


def _roles(given: list[str]) -> list[Role]:
    try:
        return [Role(each) for each in given]
    except ValueError as error:
        raise UsageError(
            f"{error}. Roles are {', '.join(Role)}.".replace(" is not a valid Role", " is no role")
        ) from error


def _found(desk: Desk, who: str) -> Person:
    with desk.reading() as view:
        person = view.person_at(who.strip().lower()) if "@" in who else view.person(who)
    if person is None:
        raise NotHeld(f"Nobody has an account with {who}. `curbside people` shows who has one.")
    return person


def _listed(held: list[Person], console: Console, json: bool) -> int:
    if json:
        console.say_json({"people": [person_json(each) for each in held]})
        return 0
    for each in held:
        _say(each, console)
    if not held:
        console.say('Nobody has an account yet. Make the first: curbside people invite EMAIL --name "…" --role admin')
    return 0


def _say(person: Person, console: Console) -> None:
    words = [", ".join(person.roles) or "no roles", *([] if person.active else ["closed"])]
    words += ["advisory board"] if person.board else []
    console.say(f"{person.id}  {person.signs_as}  {person.email}  ({'; '.join(words)})")
