"""Audit bundles held against themselves: claims on their quotes, numbers on their arithmetic, references on a list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby

from curbside import __version__
from curbside.answer.guard_records import GUARDS_ALONE, guarded_by
from curbside.appraise.recomputing import recomputed
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Absence,
    Answer,
    AnswerSection,
    AnswerSentence,
    ArticleClaim,
    Derivation,
    Identifiers,
    Intent,
    Question,
    Quote,
    ReferenceEntry,
    Span,
    digest_of,
)
from curbside.records.bundle import (
    Bundle,
    BundledClaim,
    BundledDocument,
    BundledQuote,
    Discrepancy,
    fault,
    remark,
)
from curbside.workflows.bundle_signed import signed_check

MOST = 1_000
"""Claims, documents, references and absences that are looked at; no answer has so many."""

LONGEST = 20_000
"""Code points of a claim, with its quotes, that guards look at."""

MOST_READ = 400_000
"""Code points of all claims with their quotes that guards look at."""


def self_check(bundle: Bundle, vocabulary: Vocabulary) -> tuple[Discrepancy, ...]:
    """Return what does not hold in a bundle, held against itself alone; in the order of the file's parts.

    Time and memory grow with the size of the bundle, whatever it holds; `too_much` is asked before.
    """
    documents = {each.id: each for each in bundle.documents}
    return (
        *_untouched(bundle),
        *_claims(bundle, documents, vocabulary),
        *_absences(bundle, documents),
        *_documents(bundle),
        *_references(bundle, documents),
        *_digest(bundle),
        *signed_check(bundle),
    )


def too_much(bundle: Bundle) -> tuple[Discrepancy, ...]:
    """Return why a bundle is not looked at further: it holds more than any answer."""
    found: list[Discrepancy] = []
    for name in ("claims", "documents", "references", "absences"):
        if (count := len(getattr(bundle, name))) > MOST:
            found.append(fault(name, f"There are {count:,} of them; no answer has more than {MOST:,}."))
    if len(bundle.question) > LONGEST:
        words = f"It has {len(bundle.question):,} characters; no question has more than {LONGEST:,}."
        found.append(fault("question", words))
    return tuple(found)


def claim_of(claim: BundledClaim) -> ArticleClaim:
    """Return a claim as it is kept."""
    return ArticleClaim(
        claim.number,
        claim.heading,
        claim.text,
        tuple(quote_of(each) for each in claim.quotes),
        claim.references,
        tuple(Derivation(each.value, each.arithmetic) for each in claim.derived),
        claim.edited,
        claim.own_words,
        claim.removed,
    )


def quote_of(quote: BundledQuote) -> Quote:
    """Return a quote as it is kept."""
    return Quote(quote.document, Span(quote.start, quote.end), quote.words)


def quotes_of(bundle: Bundle) -> Iterator[tuple[str, BundledQuote]]:
    """Yield each quote with its place, those of claims first."""
    for i, claim in enumerate(bundle.claims):
        for j, quote in enumerate(claim.quotes):
            yield f"claims[{i}].quotes[{j}]", quote
    for i, absence in enumerate(bundle.absences):
        if absence.nearest is not None:
            yield f"absences[{i}].nearest", absence.nearest


def _untouched(bundle: Bundle) -> Iterator[Discrepancy]:
    """Yield what people do to articles and nobody does to an answer, or what its readers are not shown."""
    article = bundle.article
    if article is None and bundle.title != bundle.question:
        yield fault("title", "An answer has its question for a title.")
    for i, claim in enumerate(bundle.claims):
        if article is None and (claim.number != i + 1 or claim.edited or claim.own_words):
            yield fault(f"claims[{i}]", "Sentences of an answer are numbered from 1, and nobody edits them.")
        if claim.removed and (article is None or not article.whole):
            yield fault(f"claims[{i}].removed", "What was removed is shown to nobody but those at work on an article.")


def _claims(bundle: Bundle, documents: dict[str, BundledDocument], vocabulary: Vocabulary) -> Iterator[Discrepancy]:
    cited = {entry.number: entry.document for entry in bundle.references}
    seen: set[int] = set()
    read = 0
    for i, claim in enumerate(bundle.claims):
        place = f"claims[{i}]"
        if claim.number in seen:
            yield fault(f"{place}.number", f"Two claims have the number {claim.number}.")
        seen.add(claim.number)
        for j, quote in enumerate(claim.quotes):
            yield from _quote(f"{place}.quotes[{j}]", quote, documents)
        if not claim.removed:  # which keeps the numbers of the list that it was taken out of
            yield from _cited(place, claim, cited)
        made = claim_of(claim)
        if made.key != claim.key:
            words = f"Its words, quotes and heading give the key {made.key}, not {claim.key[:64]}: one was changed."
            yield fault(f"{place}.key", words)
        for j, number in enumerate(claim.derived):
            why = recomputed(number.value, number.arithmetic)
            if why:
                yield fault(f"{place}.derived[{j}].value", f"Computed again, it does not come out: {why}.")
            elif why is None:
                words = f"The arithmetic “{number.arithmetic[:80]}” is not known here and was not computed again."
                yield remark(f"{place}.derived[{j}].arithmetic", words)
        size = len(claim.text) + sum(len(quote.words) + len(quote.marks) for quote in claim.quotes)
        read += size
        if size > LONGEST or read > MOST_READ:
            yield fault(place, f"The claims with their quotes are longer than is looked at: {size:,} characters here.")
        elif made.stands:
            yield from _guards(place, claim, vocabulary)


def _quote(place: str, quote: BundledQuote, documents: dict[str, BundledDocument]) -> Iterator[Discrepancy]:
    sha = hashlib.sha256(quote.words.encode()).hexdigest()
    if sha != quote.sha256:
        words = (
            f"The words “{_short(quote.words)}” have the hash {sha[:16]}…, not {quote.sha256[:16]}…: they were changed."
        )
        yield fault(f"{place}.words", words)
    if not quote.words.strip():
        yield fault(f"{place}.words", "The quote has no words.")
    if quote.end - quote.start != len(quote.words):
        words = f"The place {quote.start}-{quote.end} is {quote.end - quote.start} characters long, "
        yield fault(f"{place}.end", f"{words}the words are {len(quote.words)}.")
    document = documents.get(quote.document)
    if document is None:
        yield fault(f"{place}.document", f"{quote.document[:40]} is not among the documents of the bundle.")
    elif document.held and quote.end > document.length:
        words = f"The place ends at {quote.end}, behind the end of its document at {document.length}."
        yield fault(f"{place}.end", words)
    at = 0
    for start, end in quote.marks:
        if not at <= start < end <= len(quote.words):
            yield fault(f"{place}.marks", f"A mark of a citation at {start}-{end} does not lie in the words.")
            return
        at = end


def _cited(place: str, claim: BundledClaim, cited: dict[int, str]) -> Iterator[Discrepancy]:
    for j, number in enumerate(claim.references):
        if number not in cited:
            yield fault(f"{place}.references[{j}]", f"There is no reference {number} in the list.")
    there = {cited.get(number) for number in claim.references}
    for j, quote in enumerate(claim.quotes):
        if quote.document not in there:
            words = "None of the references of the claim is the document that is quoted."
            yield fault(f"{place}.quotes[{j}].document", words)
    if not claim.quotes:
        yield fault(f"{place}.quotes", "The claim stands on no quote.")


def _guards(place: str, claim: BundledClaim, vocabulary: Vocabulary) -> Iterator[Discrepancy]:
    """Yield where the guards find something else than the bundle says they found."""
    if not 0 < claim.own <= len(claim.quotes):
        yield fault(f"{place}.own", f"{claim.own} is no number of its {len(claim.quotes)} quotes.")
        return
    names = [each.guard for each in claim.guards]
    if names != ["quote", *GUARDS_ALONE]:
        words = f"The guards are {', '.join(names)[:200] or 'none'}; they should be quote, {', '.join(GUARDS_ALONE)}."
        yield fault(f"{place}.guards", words)
        return
    derived = [Derivation(each.value, each.arithmetic) for each in claim.derived]
    fresh = guarded_by(claim.text, claim.quotes[: claim.own], derived, vocabulary)
    lost, *told = claim.guards
    for j, (said, found) in enumerate(zip(told, fresh), 1):
        # Another vocabulary, of whoever made it, may know other names in the same words.
        same = bool(said.reason) == bool(found.reason) and (
            said.guard == "subject" or (said.said, said.held) == (found.said, found.held)
        )
        if not same:
            words = f"The guard “{said.guard}” finds {found.reason or 'nothing'}"
            words += f" in “{_listed(found.said)}” against “{_listed(found.held)}”; the bundle says "
            words += f"{said.reason[:200] or 'nothing'} in “{_listed(said.said)}” against “{_listed(said.held)}”."
            yield fault(f"{place}.guards[{j}]", words, f"This is Curbside {__version__}; use the version that made it.")
    stopped = "; ".join(f"{each.guard}: {each.reason}" for each in fresh if each.reason)
    if stopped and not claim.own_words:
        words = f"The guards stop “{_short(claim.text)}”: {stopped}."
        yield remark(f"{place}.text", words) if lost.reason else fault(f"{place}.text", words)
    if lost.reason:
        yield remark(
            f"{place}.guards[0]", f"When the bundle was made, a quote could not be opened: {lost.reason[:200]}."
        )
    if claim.own_words and not claim.edited:
        yield fault(f"{place}.edited", "It goes beyond its quotes, and no reason of an editor is given.")


def _absences(bundle: Bundle, documents: dict[str, BundledDocument]) -> Iterator[Discrepancy]:
    numbers = {entry.number for entry in bundle.references}
    for i, absence in enumerate(bundle.absences):
        if absence.nearest is not None:
            yield from _quote(f"absences[{i}].nearest", absence.nearest, documents)
        for j, number in enumerate(absence.references):
            if number not in numbers:
                yield fault(f"absences[{i}].references[{j}]", f"There is no reference {number} in the list.")


def _documents(bundle: Bundle) -> Iterator[Discrepancy]:
    last = ""
    for i, each in enumerate(bundle.documents):
        place = f"documents[{i}]"
        if each.id <= last:
            yield fault(f"{place}.id", "The documents are not in the order of their ids, or one stands there twice.")
        last = each.id
        if not each.held:
            yield remark(place, f"When the bundle was made, {each.id[:40]} was not held any more.")
            if each.sha256 or each.text_sha256 or each.length or each.kind or each.title or each.standing:
                yield fault(f"{place}.held", "It is said not to have been held, and to be known.")
        elif each.id != "d" + each.sha256[:20] or len(each.sha256) != 64:
            yield fault(f"{place}.sha256", f"The id {each.id[:40]} is not the beginning of the hash.")
        if each.standing:
            words = f"“{_short(each.title)}” was {', '.join(each.standing)[:80]} when the bundle was made."
            yield remark(f"{place}.standing", words)


def _references(bundle: Bundle, documents: dict[str, BundledDocument]) -> Iterator[Discrepancy]:
    for i, entry in enumerate(bundle.references):
        if entry.number != i + 1:
            yield fault(f"references[{i}].number", f"The list does not count: {i + 1} should stand here.")
        document = documents.get(entry.document)
        # Not its work: works of which one turns out to be another are joined later.
        if document is not None and document.keys != entry.keys:
            yield fault(f"references[{i}].keys", "Its identifiers are not those of its document.")
        if document is not None and document.held and document.title != entry.title:
            yield fault(f"references[{i}].title", "Its title is not that of its document.")
        if document is None:
            words = f"{entry.document[:40]} is not among the documents of the bundle."
            yield fault(f"references[{i}].document", words)


def _digest(bundle: Bundle) -> Iterator[Discrepancy]:
    """Yield where an answer is not the one whose digest was taken; of an article its first version tells that."""
    if bundle.article is not None and bundle.article.version != 1:
        return
    found = digest_of(_answer(bundle))
    if found != bundle.digest:
        words = f"Sentences, quotes, absences and references give the digest {found[:16]}…, not {bundle.digest[:16]}…."
        yield fault("digest", words)


def _answer(bundle: Bundle) -> Answer:
    """Return what a digest is taken of, as an answer."""
    sections = tuple(
        AnswerSection(heading, tuple(_sentence(claim) for claim in claims))
        for heading, claims in groupby(bundle.claims, key=lambda each: each.heading)
    )
    absences = tuple(Absence(each.facet, each.documents) for each in bundle.absences)
    references = tuple(
        ReferenceEntry(
            each.number, "", each.document, "", each.title, each.year, each.kind, False, each.citation, Identifiers()
        )
        for each in bundle.references
    )
    return Answer(Question(bundle.question, (Intent.GENERAL,)), False, sections, absences, references)


def _sentence(claim: BundledClaim) -> AnswerSentence:
    return AnswerSentence(claim.text, tuple(quote_of(each) for each in claim.quotes), claim.references)


def _listed(words: Sequence[str]) -> str:
    return _short(", ".join(words))


def _short(words: str) -> str:
    plain = " ".join(words[:200].split())
    return plain if len(plain) <= 80 else f"{plain[:79]}…"
