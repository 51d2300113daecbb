"""What people send: words, filters, numbers; each bounded and checked before anything works with it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request

from curbside.errors import UnknownValue, UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records import Filters
from curbside.workflows.narrow import CHOICES, Wish, narrow

MOST_CHARACTERS = 4_000
"""Characters of a question or a search."""

_MOST_VALUES = 60
"""Values of one filter."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came: field -> values, in order."""

    values: dict[str, list[str]]

    def one(self, name: str, default: str = "") -> str:
        """Return the first value of a field."""
        return self.values.get(name, [default])[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a field that are not blank, each once."""
        return tuple(dict.fromkeys(each.strip() for each in self.values.get(name, []) if each.strip()))

    def number(self, name: str, most: int = 9999) -> int | None:
        """Return a field as a number, or None where it is empty.

        Raises:
            UnknownValue: if it is no number from 0 to `most`.
        """
        typed = self.one(name).strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9 and int(typed) <= most):
            raise UnknownValue(name, typed[:40], f'"{typed[:40]}" is no number from 0 to {most}.')
        return int(typed)


async def sent(request: Request) -> Sent:
    """Return the form of a request.

    Raises:
        UsageError: if it holds a file where words were wanted.
    """
    form: FormData = await request.form(max_files=0, max_fields=1000)
    values: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if not isinstance(value, str):
            raise UsageError("This form takes words, not files. Files go to the page “Add”.")
        values.setdefault(name, []).append(value.encode("utf-8", "replace").decode("utf-8"))
    return Sent(values)


def words_of(form: Sent, name: str, what: str) -> str:
    """Return the words of a question or a search, without blanks around them.

    Raises:
        UsageError: if there are none, or too many.
    """
    words = form.one(name).replace("\r\n", "\n").replace("\x00", " ").strip()
    if not words:
        raise UsageError(f"The {what} is empty. Type it into the box, then try again.")
    if len(words) > MOST_CHARACTERS:
        raise UsageError(
            f"The {what} has {len(words):,} characters; at most {MOST_CHARACTERS:,} are read. Ask in fewer words."
        )
    return words


def wish_of(form: Sent) -> Wish:
    """Return the filters of a form as they were typed.

    Raises:
        UsageError: for a year that is none, or too many values.
    """
    for name in ("kind", "design", "age", "drug", "condition"):
        if len(form.all(name)) > _MOST_VALUES:
            raise UsageError(f"More than {_MOST_VALUES} values of “{name}” were sent. Choose fewer.")
    notice = {"yes": True, "no": False}.get(form.one("notice"))
    return Wish(
        kinds=form.all("kind"),
        designs=form.all("design"),
        ages=form.all("age"),
        drugs=form.all("drug"),
        conditions=form.all("condition"),
        since=form.number("since"),
        until=form.number("until"),
        noticed=notice,
    )


def filters_of(form: Sent, vocabulary: Vocabulary) -> Filters:
    """Return the conditions that a form stands for.

    Raises:
        UnknownValue: for a value that means nothing.
        UsageError: for too many values.
    """
    return narrow(wish_of(form), vocabulary)


def choices(name: str) -> tuple[str, ...]:
    """Return the values of a filter that has a fixed set of them."""
    return tuple(dict.fromkeys(CHOICES[name].values()))
