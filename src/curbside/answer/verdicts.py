"""What the sources of an answer suggest together on a yes/no question: never surer than they are."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.records import AnswerVerdict, Says, SourceSays


def together(sources: Sequence[SourceSays], hedged: frozenset[int]) -> AnswerVerdict | None:
    """Return what sources say together, None where none says anything.

    Args:
        sources: what each suggests, in the order of the references.
        hedged: numbers of those whose deciding words are words of doubt.

    Sources that say yes beside others that say no are mixed, however many they are. What all of them only hold
    possible, or what most hold undecided, is maybe.
    """
    yes, no, maybe = ([each for each in sources if each.says is says] for says in (Says.YES, Says.NO, Says.MAYBE))
    if not sources:
        return None
    sure = [each for each in (*yes, *no) if each.reference not in hedged]
    if yes and no:
        says = Says.MIXED
    elif not sure or len(maybe) > len(yes) + len(no):
        says = Says.MAYBE
    else:
        says = Says.YES if yes else Says.NO
    order = (no, yes, maybe) if says is Says.NO else (yes, no, maybe)
    return AnswerVerdict(says, _words(says, yes, no, maybe), tuple(each for group in order for each in group))


def _words(says: Says, yes: Sequence[SourceSays], no: Sequence[SourceSays], maybe: Sequence[SourceSays]) -> str:
    """The suggestion with its reason: how many sources point which way."""
    groups = ((yes, "to yes"), (no, "to no"), (maybe, "to neither for sure"))
    told = [f"{_counted(len(group))} {way} {_marks(group)}" for group, way in groups if group]
    alone = len(yes) + len(no) + len(maybe) == 1
    ending = ", the only one that decides" if alone else ""
    return f"Suggested: {says.value}. {'; '.join(told)}{ending}. Read by a machine from the sentences cited."


def _counted(number: int) -> str:
    return "1 source points" if number == 1 else f"{number} sources point"


def _marks(group: Sequence[SourceSays]) -> str:
    return "".join(f"[{each.reference}]" for each in group)
