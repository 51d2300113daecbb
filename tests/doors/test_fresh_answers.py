"""An answer that was just made is shown once without asking again, and never where the library has changed."""

from __future__ import annotations

from pathlib import Path

from curbside.doors.web.fresh import MOST, FreshAnswers, mark_of
from curbside.records import Raw
from curbside.wiring import open_library
from file_makers import articles


def test_once_and_only_while_the_library_is_as_it_was(tmp_path: Path) -> None:
    """The second look, and a look after a change, ask anew."""
    with open_library(tmp_path, write=True) as library:
        library.add([Raw("a.xml", articles(1, 3))])
        fresh, answer, mark = FreshAnswers(), library.ask("Does sirolimus help?"), mark_of(library)
        fresh.keep("a", mark, answer)
        fresh.keep("b", mark, answer)
        assert fresh.take("a", library) is answer
        assert fresh.take("a", library) is None
        library.add([Raw("b.xml", articles(9, 1))])
        assert fresh.take("b", library) is None
        assert fresh.take("unknown", library) is None


def test_only_for_a_while_and_only_so_many(tmp_path: Path) -> None:
    """Nothing lingers: a question may tell of a person."""
    now = [0.0]
    fresh = FreshAnswers(lambda: now[0])
    with open_library(tmp_path, write=True) as library:
        answer, mark = library.ask("Does sirolimus help?"), mark_of(library)
        for number in range(MOST + 1):
            fresh.keep(str(number), mark, answer)
        assert fresh.take("0", library) is None
        now[0] = 31.0
        assert fresh.take("1", library) is None
        fresh.keep("", mark, answer)
        assert fresh.take("", library) is None
