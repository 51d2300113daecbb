"""One question read against the one before: treatments, conditions, people and routes, each by its own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from curbside.answer import thread_words as cue
from curbside.answer.question import asks_itself
from curbside.answer.thread_chips import carried
from curbside.language.groups import POPULATIONS, ROUTES
from curbside.language.linear import Pattern
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words, tokens
from curbside.records import Expansion, Intent, Question
from curbside.records.thread import ChipKind

_LONG = 4
"""Letters from which on a word may be the name of something."""


def rare(rest: str, own: Question, vocabulary: Vocabulary) -> list[str]:
    """Return the words, as printed, that nothing accounts for and that are no everyday ones."""
    return [
        word
        for word in (span.of(rest) for span in tokens(rest))
        if len(word) >= _LONG
        and word.isalpha()
        and set(content_words(word)) & set(own.words)
        and not any(vocabulary.is_common(word.removesuffix(ending)) for ending in ("", "s", "es"))
    ]


@dataclass(slots=True)
class Reading:
    """One question read against the one before; `question` fills the rest."""

    before: Question
    own: Question
    rest: str
    vocabulary: Vocabulary
    about: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list[str])
    whys: dict[str, str] = field(default_factory=dict[str, str])
    other_subject: bool = False

    def question(self) -> Question:
        """Return what is asked, in the words of this turn alone; conditions on the sources are not yet in it."""
        own, before = self.own, self.before
        drugs, classes, procedures = self._treatments()
        treated = {each.concept for each in (*drugs, *classes, *procedures)}
        conditions, outcomes, words = self._conditions()
        both_new = self._replaced(own.drugs + own.classes, before.drugs + before.classes) and self._replaced(
            own.conditions, before.conditions
        )
        people, routes = self._people(), self._routes()
        if both_new:
            # "And does everolimus help in lupus?": another drug for another disease says nothing of whom and how.
            self._say(ChipKind.PEOPLE, people, own.populations, "drug and condition are others")
            self._say(ChipKind.ROUTE, routes, own.routes, "drug and condition are others")
            people, routes = own.populations, own.routes
        prior = own.prior or tuple(each for each in carried(before.prior) if each.concept not in treated)
        prior = () if both_new and not own.prior else prior
        return replace(
            own,
            intents=self._intents(),
            drugs=drugs,
            classes=classes,
            procedures=procedures,
            conditions=conditions,
            outcomes=outcomes,
            prior=prior,
            populations=people,
            routes=routes,
            words=words,
        )

    def _say(self, kind: ChipKind, was: Sequence[str], own: Sequence[str], why: str) -> None:
        self.whys |= {f"{kind.value}:{each}": why for each in was if each not in own}

    def _replaced(self, own: Sequence[Expansion], before: Sequence[Expansion]) -> bool:
        return bool(own and before) and not {each.concept for each in own} & {each.concept for each in before}

    def _intents(self) -> tuple[Intent, ...]:
        if self.about or not asks_itself(self.own):
            return self.before.intents
        if self.own.intents == (Intent.PREGNANCY,) and not self.own.conditions:
            return (Intent.PREGNANCY, *(each for each in self.before.intents if each is not Intent.PREGNANCY))
        return self.own.intents

    # Treatments

    def _treatments(self) -> tuple[tuple[Expansion, ...], tuple[Expansion, ...], tuple[Expansion, ...]]:
        own, before, rest = self.own, self.before, self.rest
        old = (*before.drugs, *before.classes, *before.procedures)
        taken_back = [each for each in (*own.drugs, *own.classes) if self._is_taken_back(each, old)]
        named = [each for each in (*own.drugs, *own.classes) if each not in taken_back]
        without = [each for each in named if cue.WITHOUT.search(rest[: each.span.start])]
        named = [each for each in named if each not in without]
        setting = [each for each in own.procedures if cue.SETTING.search(rest[: each.span.start])]
        told = [] if own.populations else setting
        for each in (*without, *told):
            self.notes.append(f"“{each.span.of(rest)}” is not read as the treatment asked about.")
        named += [each for each in own.procedures if each not in setting]
        kept = [each for each in carried(old) if each.concept not in {one.concept for one in taken_back}]
        for each in taken_back:
            self.whys[self._id(each)] = "taken back"
        if named:
            if not self._sets_beside(named):
                kept = []
        elif cue.OTHER_TREATMENTS.search(rest) and not setting:
            for each in kept:
                self.whys[self._id(each)] = "other treatments are asked for"
            kept = []
        elif len(kept) > 1:
            kept = self._one_of(kept)
        kept = [each for each in kept if each.concept not in {one.concept for one in named}]
        every = [*kept, *named]
        return (
            tuple(each for each in every if each.concept.startswith("d:")),
            tuple(each for each in every if each.concept.startswith("k:")),
            tuple(each for each in every if each.concept[:2] not in ("d:", "k:")),
        )

    def _id(self, each: Expansion) -> str:
        kind = {"d": ChipKind.DRUG, "k": ChipKind.CLASS, "c": ChipKind.CONDITION}.get(each.concept[:1])
        return f"{(kind or ChipKind.PROCEDURE).value}:{each.concept}"

    def _is_taken_back(self, each: Expansion, old: Sequence[Expansion]) -> bool:
        known = any(each.concept == one.concept for one in old)
        return known and cue.LEFT_OUT.search(self.rest[: each.span.start]) is not None

    def _sets_beside(self, named: Sequence[Expansion]) -> bool:
        """Whether treatments named are set beside those asked about before, as in "better than everolimus?"."""
        if len({each.concept for each in named}) > 1 and not cue.REFERS.search(self.rest):
            return False
        if cue.STARTS_WITH_OR.search(self.rest) or cue.STARTS_WITH.search(self.rest):
            return True
        first = min(named, key=lambda each: each.span)
        if cue.ADDS.search(self.rest[: first.span.start]) or cue.ADDS_AFTER.search(self.rest[first.span.end :]):
            return True
        compares = {Intent.COMPARISON, Intent.INTERACTION} & set(self.own.intents)
        return bool(compares) and cue.REFERS.search(self.rest) is not None

    def _one_of(self, kept: list[Expansion]) -> list[Expansion]:
        """Tell which of several treatments "it" stands for; where nobody can tell, all of them, and that is said."""
        for pattern, place in ((cue.FORMER, 0), (cue.LATTER, -1)):
            if pattern.search(self.rest):
                for each in kept:
                    if each is not kept[place]:
                        self.whys[self._id(each)] = f"{kept[place].name} is asked about"
                return [kept[place]]
        if cue.ONE_THING.search(self.rest) and not cue.PLURAL.search(self.rest):
            names = " or ".join(each.name for each in kept)
            self.notes.append(f"It is not plain whether {names} is meant; all of them are asked about.")
        return kept

    # Conditions

    def _conditions(self) -> tuple[tuple[Expansion, ...], tuple[Expansion, ...], tuple[str, ...]]:
        own, before, rest = self.own, self.before, self.rest
        asks = asks_itself(own)
        old, old_outcomes = carried(before.conditions), carried(before.outcomes)
        if self.about:
            return old, old_outcomes, before.words
        outcomes = own.outcomes
        taken_back = [
            each
            for each in own.conditions
            if any(each.concept == one.concept for one in old) and cue.LEFT_OUT.search(rest[: each.span.start])
        ]
        named = [each for each in own.conditions if each not in taken_back]
        for each in taken_back:
            self.whys[self._id(each)] = "taken back"
            old = tuple(one for one in old if one.concept != each.concept)
        effects = [each for each in named if self._is_outcome(each)] if old or before.words else []
        if effects:
            outcomes = (*outcomes, *effects)
            named = [each for each in named if each not in effects]
            names = " and ".join(each.name for each in effects)
            kept = " and ".join(each.name for each in old)
            self.notes.append(f"Read {names} as an effect asked about{f', in {kept}' if kept else ''}.")
        if not asks and not own.outcomes and not effects and not named:
            outcomes = old_outcomes
        if named:
            if old and all(self._is_beside(each) for each in named):
                new = {each.concept for each in named}
                return (*(each for each in old if each.concept not in new), *named), outcomes, ()
            return tuple(named), outcomes, ()
        if cue.OTHER_USES.search(rest) and (before.conditions or before.words):
            for each in old:
                self.whys[self._id(each)] = "other conditions are asked for"
            self.whys[f"{ChipKind.WORDS.value}:{' '.join(before.words)}"] = "other conditions are asked for"
            return (), outcomes, own.words
        if self._is_unknown_subject():
            words = "“" + "”, “".join(own.words) + "”"
            self.notes.append(f"The vocabulary does not know {words}; passages must hold the words.")
            return (), outcomes, own.words
        if not old and not outcomes and before.words and not before.conditions:
            return (), outcomes, before.words
        return old, outcomes, own.words

    def _is_outcome(self, each: Expansion) -> bool:
        """Whether a condition is asked about as an effect of the treatment and not as what is treated."""
        left = self.rest[: each.span.start]
        if any(each.concept == one.concept for one in self.before.conditions):
            return False
        if cue.IMPAIRED.search(each.span.of(self.rest)) and cue.IN_PLACE.search(left):
            return False
        if cue.AS_OUTCOME.search(left):
            return True
        leading = (self.own if asks_itself(self.own) else self.before).intents[0]
        return leading in (Intent.HARM, Intent.COUNT) and not cue.IN_PLACE.search(left)

    def _is_beside(self, each: Expansion) -> bool:
        left = self.rest[: each.span.start]
        if cue.IMPAIRED.search(each.span.of(self.rest)):
            return True
        with_ = cue.BESIDE.search(left)
        return with_ is not None and not (with_.group().lower().startswith("with") and cue.IN_PLACE.search(left))

    def _is_unknown_subject(self) -> bool:
        """Whether words that the vocabulary does not know stand where a condition would: "and in snoring?"."""
        own = self.own
        if not own.words or own.populations or own.routes or asks_itself(own) or own.drugs or own.classes:
            return False
        if any(pattern.search(self.rest) for pattern in (cue.ANYONE, cue.ANY_ROUTE, cue.OTHER_TREATMENTS)):
            return False
        if not rare(self.rest, own, self.vocabulary):
            return False
        return cue.SUBJECT_ALONE.search(self.rest) is not None

    # People and routes

    def _people(self) -> tuple[str, ...]:
        return self._grouped(ChipKind.PEOPLE, POPULATIONS, self.own.populations, self.before.populations)

    def _routes(self) -> tuple[str, ...]:
        return self._grouped(ChipKind.ROUTE, ROUTES, self.own.routes, self.before.routes)

    def _grouped(
        self, kind: ChipKind, patterns: Mapping[str, Pattern], own: Sequence[str], before: Sequence[str]
    ) -> tuple[str, ...]:
        """Return what is named, less what "not topical" or "other than children" takes back, else what was there."""
        back = [each for each in own if self._is_left_out(patterns[each])]
        named = tuple(each for each in own if each not in back)
        if named:
            return named
        self._say(kind, back, (), "taken back")
        left = tuple(each for each in before if each not in back)
        opened = cue.ANYONE if kind is ChipKind.PEOPLE else cue.ANY_ROUTE
        if left and opened.search(self.rest):
            self._say(kind, left, (), "any is asked about")
            return ()
        return left

    def _is_left_out(self, pattern: Pattern) -> bool:
        """Whether the words before each place in which it is named take it back."""
        places = [match.start() for match in pattern.finditer(self.rest)]
        return bool(places) and all(cue.LEFT_OUT.search(self.rest[:place]) for place in places)
