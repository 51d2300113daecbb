"""Who may do what: one table from acts to the roles that may do them; what concerns one object is asked beside it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from curbside.records import Person, Role


class Act(StrEnum):
    """What a right is needed for."""

    SIGN_IN = "sign in"
    DRAFT = "make and change drafts of one's own"
    SUBMIT = "hand drafts in"
    REVIEW = "sign or return claims"
    EDIT = "assign reviewers, approve, return and withdraw articles"
    MANAGE_TEXTS = "change the texts of policies"
    MODERATE = "hide and restore what people wrote"
    MANAGE_PEOPLE = "invite people, give and take roles"
    READ_AUDIT = "read the audit log"


_EVERYBODY = frozenset(Role)

RIGHTS: Mapping[Act, frozenset[Role]] = MappingProxyType(
    {
        Act.SIGN_IN: _EVERYBODY,
        Act.DRAFT: frozenset({Role.CLINICIAN, Role.AUTHOR, Role.EDITOR}),
        Act.SUBMIT: frozenset({Role.CLINICIAN, Role.AUTHOR, Role.EDITOR}),
        Act.REVIEW: frozenset({Role.REVIEWER}),
        Act.EDIT: frozenset({Role.EDITOR}),
        Act.MANAGE_TEXTS: frozenset({Role.EDITOR, Role.ADMIN}),
        Act.MODERATE: frozenset({Role.MODERATOR, Role.ADMIN}),
        Act.MANAGE_PEOPLE: frozenset({Role.ADMIN}),
        Act.READ_AUDIT: frozenset({Role.ADMIN}),
    }
)
"""An admin manages accounts and is no editor by that: who gives roles should not also decide on articles unseen."""


def may(person: Person | None, act: Act) -> bool:
    """Tell whether somebody may do something at all; nobody who has not signed in may."""
    return person is not None and person.has(*RIGHTS[act])


SHOWN = frozenset({Role.CLINICIAN, Role.AUTHOR, Role.REVIEWER, Role.EDITOR})
"""Roles whose people have a page that everybody can read: they sign what is published."""


def is_shown(person: Person) -> bool:
    """Tell whether a person has a page that everybody can read."""
    return person.active and (person.board or bool(SHOWN.intersection(person.roles)))
