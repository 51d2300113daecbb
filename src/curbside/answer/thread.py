"""A question that follows others: what it carries over, what it replaces, what it leaves behind.

Nothing is carried over without a chip that shows it, and nothing is left behind without a word. Where it is doubtful
whether something still holds, less is carried over.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from curbside.answer import thread_words as cue
from curbside.answer.question import analyse, asks_itself
from curbside.answer.source_words import preferred, source_words
from curbside.answer.thread_chips import asked_now, carried, chips_of, without_chip, worded
from curbside.language.groups import POPULATIONS, ROUTES
from curbside.language.linear import Pattern
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words, tokens
from curbside.records import Expansion, Filters, Intent, Question
from curbside.records.thread import Chip, ChipKind, Dropped, Turn

TAKEN_AWAY = "taken away"
"""Why something that the asker did not want carried over was left behind."""

_TREATMENTS = (ChipKind.DRUG, ChipKind.CLASS, ChipKind.PROCEDURE)
_CONTEXT = frozenset(ChipKind) - {ChipKind.ASKS}
"""What a turn is about; that it asks for something else than the turn before needs no word."""


def begin(
    text: str, vocabulary: Vocabulary, given: Filters | None = None, keep: Collection[str] = (), number: int = 1
) -> Turn:
    """Read a question that follows none.

    Args:
        text: as typed.
        vocabulary: the concepts known.
        given: conditions on the sources that were set beside the words.
        keep: words that are taken as they are spelt.
        number: of the turn.
    """
    question = analyse(text, vocabulary, given, keep)
    return Turn(text, question, question.text, chips_of(question, number))


def follow(
    before: Turn,
    number: int,
    text: str,
    vocabulary: Vocabulary,
    given: Filters | None = None,
    drop: Collection[str] = (),
    keep: Collection[str] = (),
    year: int | None = None,
) -> Turn:
    """Read a question that follows another; pure.

    Args:
        before: the turn that it follows.
        number: of the new turn.
        text: as typed.
        vocabulary: the concepts known.
        given: conditions on the sources set beside the words; each that is set takes the place of one carried over.
        drop: chips that are not to be carried over, by id or by their words.
        keep: words that are taken as they are spelt.
        year: the present year, for "the last five years".
    """
    typed = " ".join(text.split())
    said = source_words(typed, True, year)
    rest = " ".join(said.out_of(typed).split()).strip(" ,;")
    rest = "" if not any(letter.isalnum() for letter in rest) else rest
    own = analyse(rest, vocabulary, keep=keep)
    about = _references(rest, own)
    mended = _mended(rest, own, vocabulary)
    if mended and not keep:
        after = follow(before, number, _exchanged(text, mended), vocabulary, given, drop, keep, year)
        notes = tuple(f"Read “{was}” as {now}." for was, now in mended.items())
        return replace(after, text=text, notes=(*notes, *after.notes))
    if _is_new(rest, own, before.question, vocabulary) and not about:
        turn = begin(text, vocabulary, given, keep, number)
        why = "the question is about something else"
        left = tuple(
            Dropped(chip, why) for chip in before.chips if chip.kind in _CONTEXT and not _kept(chip, turn.chips)
        )
        return replace(turn, dropped=left, notes=_left_behind(left))
    reading = _Reading(before.question, own, rest, vocabulary, about)
    question = reading.question()
    filters = preferred(said.over(before.question.filters), given)
    if reading.other_subject:
        filters = preferred(said.over(Filters()), given)
    question = replace(question, filters=filters)
    taken = [chip for chip in before.chips if chip.id in drop or chip.words in drop]
    asks_anew = asks_itself(own) and not about
    own_ids = {chip.id for chip in chips_of(own, number) if asks_anew or chip.kind is not ChipKind.ASKS}
    for chip in taken:
        if chip.id not in own_ids:
            question = without_chip(question, chip)
    asks = "" if asks_anew else asked_now(before.asks, question, vocabulary)
    question = worded(rest, "" if about else asks, question, vocabulary)
    chips = chips_of(question, number, before.chips, own_ids)
    whys = reading.whys | {chip.id: TAKEN_AWAY for chip in taken}
    gone = [chip for chip in before.chips if (chip.kind in _CONTEXT or chip in taken) and not _kept(chip, chips)]
    left = tuple(Dropped(chip, whys.get(chip.id) or _why(chip, chips)) for chip in gone)
    return Turn(text, question, asks or rest, chips, left, tuple(reading.notes), about)


def _kept(chip: Chip, chips: Sequence[Chip]) -> bool:
    return any(chip.id == each.id for each in chips)


def _left_behind(left: Sequence[Dropped]) -> tuple[str, ...]:
    return ("Read as a new subject: nothing is carried over.",) if left else ()


def _why(chip: Chip, chips: Sequence[Chip]) -> str:
    """Say what took a chip's place."""
    like = _TREATMENTS if chip.kind in _TREATMENTS else (chip.kind,)
    if chip.kind in (ChipKind.CONDITION, ChipKind.WORDS):
        like = (ChipKind.CONDITION, ChipKind.WORDS)
    now = [each.words for each in chips if each.kind in like]
    if chip.kind is ChipKind.SOURCES and not now:
        return "the limit is taken back"
    return f"replaced by {' and '.join(now)}" if now else "this question asks for something else"


def _mended(rest: str, own: Question, vocabulary: Vocabulary) -> dict[str, str]:
    """Return misspelt words for people and routes as typed, with what they are read as: "childern" is no subject."""
    rare = _rare(rest, own, vocabulary)
    if not rare:
        return {}
    from difflib import get_close_matches  # slow to import, and wanted only for a word that nobody knows

    near = {word: get_close_matches(word.lower(), cue.EVERYDAY, 1, 0.8) for word in rare}
    return {word: found[0] for word, found in near.items() if found and found[0] != word.lower()}


_LONG = 4
"""Letters from which on a word may be the name of something."""


def _exchanged(text: str, words: Mapping[str, str]) -> str:
    for was, now in words.items():
        text = text.replace(was, now)
    return text


def _references(rest: str, own: Question) -> tuple[int, ...]:
    """Return the numbers of the answer before that a question is about."""
    if own.drugs or own.conditions:
        return ()
    if not cue.ABOUT_REFERENCE.search(rest):
        return ()
    found = [
        int(match.group(at))
        for match in cue.REFERENCE.finditer(rest)
        for at in cue.REFERENCE.groupindex.values()
        if match.start(at) >= 0
    ]
    return tuple(dict.fromkeys(found))


def _is_new(rest: str, own: Question, before: Question, vocabulary: Vocabulary) -> bool:
    """Whether a question stands by itself and is about something else than the one before."""
    if cue.NEW_SUBJECT.search(rest):
        return True
    if not rest or cue.FOLLOWS.search(rest) or cue.REFERS.search(rest):
        return False
    treated = bool(own.drugs or own.classes)
    if treated and (own.conditions or own.outcomes):
        return True
    if own.conditions and not treated and cue.WHOLE_OF_ITS_OWN.search(rest):
        return True
    if treated or own.conditions or own.outcomes or own.populations or own.routes or len(rest.split()) < _WHOLE:
        return False
    if cue.OTHER_TREATMENTS.search(rest) or cue.OTHER_USES.search(rest):
        return False
    return any(word not in set(before.words) for word in own.words) and bool(_rare(rest, own, vocabulary))


def _rare(rest: str, own: Question, vocabulary: Vocabulary) -> list[str]:
    """Return the words, as printed, that nothing accounts for and that are no everyday ones."""
    return [
        word
        for word in (span.of(rest) for span in tokens(rest))
        if len(word) >= _LONG
        and word.isalpha()
        and set(content_words(word)) & set(own.words)
        and not any(vocabulary.is_common(word.removesuffix(ending)) for ending in ("", "s", "es"))
    ]


_WHOLE = 4
"""Words from which on a question may stand by itself."""


@dataclass(slots=True)
class _Reading:
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
        if not _rare(self.rest, own, self.vocabulary):
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
