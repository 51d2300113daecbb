"""The vocabulary of drugs, classes, conditions and procedures: what a text names, and what else it goes by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from curbside.language.vocabulary_match import Found, scan, settle
from curbside.language.vocabulary_rows import KINDS, Tables, build, children_of, concept_of
from curbside.language.vocabulary_text import FOLDING, key
from curbside.language.vocabulary_typos import Spelling
from curbside.records import Concept, ConceptKind, Expansion, Mention, Span

SHIPPED = ("drugs.tsv", "conditions.tsv", "procedures.tsv", "mesh.tsv")
"""The shipped files in the order of their authority: where two share a name, the earlier keeps it."""

_COMMON_WORDS = "words.tsv"
_DATA = Path(__file__).resolve().parent / "data"


_RECENT, _SHORT = 512, 8_000
"""How many texts up to which length have their mentions remembered: an answer asks for those of a sentence or a passage
again and again."""

_LISTED = 8_192
"""How many headings and keywords are remembered with what they name."""


class _Concepts(Mapping[str, Concept]):
    """Concepts by id, each made from its rows when first asked for."""

    def __init__(self, tables: Tables) -> None:
        self._rows = tables.rows
        self._made: dict[str, Concept] = {}

    def __getitem__(self, identifier: str) -> Concept:
        made = self._made.get(identifier)
        if made is None:
            if identifier[:1] not in KINDS:
                raise KeyError(identifier)
            made = self._made[identifier] = concept_of(identifier, self._rows[identifier], self._rows)
        return made

    def __iter__(self) -> Iterator[str]:
        return (identifier for identifier in self._rows if identifier[0] in KINDS)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Vocabulary:
    """Concepts and their names; immutable after building, safe to share between threads.

    Matching: whole words; the longest name wins; any case for words, as written for abbreviations; hyphen, blank and
    apostrophe variants, plurals, accents and British or American spelling are one. `version` changes whenever the
    content or the matching does.
    """

    def __init__(self, texts: Sequence[str], common: str = "") -> None:
        """Build from the texts of vocabulary files (see `vocabulary_rows`) and a list of common words."""
        self._tables = build(texts)
        self._concepts = _Concepts(self._tables)
        digest = hashlib.sha256(f"{FOLDING}\n".encode())
        for text in texts:
            digest.update(text.encode())
        self.version: str = digest.hexdigest()[:16]
        self._spelling = Spelling(self._tables, common)
        self._recent = lru_cache(_RECENT)(self._settled)
        self._listed = lru_cache(_LISTED)(self._by_itself)
        self._narrower: dict[str, tuple[str, ...]] = {}
        self._children: dict[str, list[str]] | None = None

    @staticmethod
    def shipped(extra: Sequence[Path] = ()) -> Vocabulary:
        """Return the vocabulary that comes with Curbside, widened by the files `extra`; built once a process.

        Raises OSError where an extra file cannot be read, UnicodeDecodeError where it is not UTF-8.
        """
        return _shipped(tuple((str(path), path.stat().st_mtime_ns) for path in extra))

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """All concepts by id, in the order of the files."""
        return self._concepts

    def get(self, identifier: str) -> Concept | None:
        """Return the concept with an id, or None."""
        return self._concepts[identifier] if identifier in self._tables.rows and identifier[0] in KINDS else None

    def find(self, name: str) -> Concept | None:
        """Return the concept that a name stands for (whole string, any case), or None."""
        folded = key(name)
        concept = self._tables.words.get(folded)
        short = self._tables.short.get(folded, ())
        if concept is None and short:
            concept = short[0].concept
        return self.get(concept) if concept is not None else None

    def mentions(self, text: str) -> list[Mention]:
        """Return where `text` names concepts, in order and without overlap.

        Abbreviations that the text defines itself ("everolimus (EVE)") are followed; ambiguous ones count only
        beside their long form.
        """
        return list(self._recent(text)) if len(text) <= _SHORT else self._settled(text)

    def listed(self, names: Sequence[str]) -> list[str]:
        """Return the concepts that a list of names (headings, keywords) names, in order, repeats kept.

        They are those of `mentions` in the names written one after the other with semicolons between. The same names
        come again and again, and what one of them names is remembered.
        """
        found: list[str] = []
        for name in names:
            concepts = self._listed(name)
            if concepts is None:
                return [mention.concept for mention in self.mentions("; ".join(names))]
            found += concepts
        return found

    def _by_itself(self, name: str) -> tuple[str, ...] | None:
        """Return what one name of a list names; None where that depends on the others: an abbreviation, or brackets."""
        if "(" in name or "[" in name:
            return None
        found = scan(self._tables, name)
        return None if any(each.candidates for each in found) else tuple([each.concept for each in found])

    def _settled(self, text: str) -> list[Mention]:
        return settle(text, scan(self._tables, text), self._is_related)

    def expansions(self, text: str, widen: bool = False, keep: Collection[str] = ()) -> list[Expansion]:
        """Return the concepts recognised in a question, each with the ids that answer for it.

        A condition or procedure is answered for by itself and narrower ones, a drug by itself and its salts and
        prodrugs, a class by itself alone and by its members only with `widen`. Misspelt words are met with the
        nearest name; `corrected` then says what was typed; words in `keep` are taken as they are.
        """
        found = scan(self._tables, text, self._spelling.may_be_abbreviation)
        if text.isupper():  # then capitals do not tell "all" from the leukaemia
            found = [each for each in found if not each.candidates or self._spelling.is_rare(each.span.of(text))]
        expansions = [self._expansion(each, widen) for each in found]
        for span, corrected in self._spelling.corrections(text, [each.span for each in found]):
            if span.of(text) in keep:
                continue
            typed = text[: span.start] + corrected + text[span.end :]
            grown = len(corrected) - len(span)
            for each in scan(self._tables, typed, self._spelling.may_be_abbreviation):
                if each.span.meets(Span(span.start, span.start + len(corrected))):
                    end = each.span.end - grown if each.span.end >= span.start + len(corrected) else span.end
                    whole = Span(each.span.start, end)
                    expansions = [other for other in expansions if not other.span.meets(whole)]
                    fixed = Found(whole, each.concept)
                    expansions.append(self._expansion(fixed, widen, span.of(text)))
        return sorted(expansions, key=lambda expansion: expansion.span)

    def _expansion(self, found: Found, widen: bool, corrected: str = "") -> Expansion:
        concept = self._concepts[found.concept]
        if concept.kind is ConceptKind.DRUG_CLASS:
            ids = self.narrower(concept.id) if widen else (concept.id,)
        else:
            ids = self.narrower(concept.id)
        return Expansion(found.span, concept.id, concept.name, ids, corrected)

    def is_common(self, word: str) -> bool:
        """Tell whether a word is common English or common medical English rather than a name."""
        return word.lower() in self._spelling.common

    def names(self, identifier: str) -> tuple[str, ...]:
        """Return the preferred name and the synonyms of a concept; empty for an unknown id."""
        concept = self.get(identifier)
        return (concept.name, *concept.synonyms) if concept else ()

    def narrower(self, identifier: str) -> tuple[str, ...]:
        """Return a concept's id and those of all narrower ones, itself first; empty for an unknown id."""
        known = self._narrower.get(identifier)
        if known is not None:
            return known
        if self.get(identifier) is None:
            return ()
        if self._children is None:
            self._children = children_of(self._tables.rows)
        children = self._children
        found = self._narrower[identifier] = self._closure(identifier, lambda each: children.get(each, ()))
        return found

    def broader(self, identifier: str) -> tuple[str, ...]:
        """Return the ids of all broader concepts, nearest first, without itself."""
        return self._closure(identifier, lambda each: self._concepts[each].parents)[1:] if self.get(identifier) else ()

    def members(self, class_id: str) -> tuple[str, ...]:
        """Return the ids of the drugs of a class, those of its subclasses included."""
        return tuple(each for each in self.narrower(class_id) if each.startswith("d:") and each != class_id)

    def classes(self, drug_id: str) -> tuple[str, ...]:
        """Return the ids of the classes that a drug belongs to, nearest first."""
        return tuple(each for each in self.broader(drug_id) if each.startswith("k:"))

    def counts(self) -> tuple[tuple[ConceptKind, int], ...]:
        """Return how many concepts there are of each kind."""
        tally = dict.fromkeys(ConceptKind, 0)
        for identifier in self._concepts:
            tally[KINDS[identifier[0]]] += 1
        return tuple(tally.items())

    def _closure(self, start: str, step: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
        seen = {start: None}
        queue = [start]
        for each in queue:
            for other in step(each):
                if other not in seen:
                    seen[other] = None
                    queue.append(other)
        return tuple(seen)

    def _is_related(self, form: str, concept: str) -> bool:
        return form == concept or concept in self.broader(form)


@lru_cache(maxsize=8)
def _shipped(extra: tuple[tuple[str, int], ...]) -> Vocabulary:
    texts = [(_DATA / name).read_text(encoding="utf-8") for name in SHIPPED]
    texts += [Path(name).read_text(encoding="utf-8") for name, _ in extra]
    return Vocabulary(texts, (_DATA / _COMMON_WORDS).read_text(encoding="utf-8"))
