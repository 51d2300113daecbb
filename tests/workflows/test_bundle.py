"""Audit bundles: what they hold, for whom, and that nothing in one can be changed without a place being named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bundle_makers import QUESTION, Desk, alone, forged, library_in, places, record
from curbside.desk.articles import Step
from curbside.errors import NotHeld
from curbside.records import ReviewWord, linked
from curbside.records.bundle import DiscrepancyKind
from curbside.wiring import open_library
from curbside.workflows import articles as work
from curbside.workflows import people
from curbside.workflows.bundle import bundle_of_answer
from curbside.workflows.watching import keys_of, watch
from curbside.writers.bundle import bundle_text

EDITED = "Facial angiofibroma improved in 31 of 40 patients."


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An article that was approved as it was drawn."""
    made = Desk(tmp_path_factory.mktemp("approved"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One that was reopened, returned, changed, with a claim removed, a comment, and approved again."""
    made = Desk(tmp_path_factory.mktemp("revised"))
    made.step(made.editor, Step.REOPEN, "Say it plainer.")
    made.sign(ReviewWord.RETURNED, "Mend it, said inside.")
    made.tick()
    work.comment(made.desk, made.reviewer, made.id, "A word said inside.")
    made.edit(EDITED)
    made.tick()
    last = made.article.version.standing[-1]
    made.article = work.remove_claim(made.desk, made.editor, made.id, last.number, last.key, "Said twice.")
    made.sign()
    made.step(made.editor, Step.APPROVE)
    yield made
    made.close()


class TestWhatItHolds:
    """An article, or an answer, as one file."""

    def test_what_readers_see_holds(self, approved: Desk, revised: Desk) -> None:
        """Against itself, with nothing to be said of it."""
        for desk in (approved, revised):
            for wishes in ({}, {"whole": True}, {"whole": True, "comments": True}):
                done = alone(desk.data(**wishes))
                assert done.holds and done.discrepancies == (), wishes

    def test_a_bundle_gives_away_quotes_and_no_texts(self, approved: Desk) -> None:
        """Of a document its hashes and its length; no file's place, no e-mail address."""
        text = approved.data(whole=True, comments=True).decode()
        bundle = approved.bundle()
        with approved.opened() as library:
            documents = [each.document for each in library.store.holdings([each.id for each in bundle.documents])]
        for document, told in zip(documents, bundle.documents):
            assert told.id == "d" + told.sha256[:20] and told.length == len(document.text)
            quoted = {quote.words for claim in bundle.claims for quote in claim.quotes}
            unquoted = [line for line in document.text.splitlines() if line and not any(line in q for q in quoted)]
            assert unquoted and all(line == document.title or line not in text for line in unquoted)
        assert "@" not in text and str(approved.folder) not in text and ".jsonl" not in text

    def test_each_claim_has_what_the_guards_compared(self, approved: Desk) -> None:
        """Numbers against numbers, hedges against hedges."""
        claims = approved.bundle().claims
        told = {each.guard: each for claim in claims for each in claim.guards if "may be mild" in claim.text}
        assert told["hedge"].said == told["hedge"].held == ("may be",)
        assert set(told["number"].said) <= set(told["number"].held) and "40" in told["number"].said
        assert not any(each.reason for each in told.values()) and next(iter(told)) == "quote"

    def test_readers_are_told_what_the_page_tells(self, revised: Desk) -> None:
        """Approved versions, signatures that count, decisions; neither what was said inside nor what was removed."""
        bundle, text = revised.bundle(), revised.data().decode()
        article = bundle.article
        assert article is not None and not article.whole
        assert [each.number for each in article.versions] == [1, article.approved]
        assert {move.state for move in article.moves} == {"approved"}
        assert {each.word for each in article.signatures} == {"signed"}
        for words in ("said inside", "Say it plainer", "submit", "send-to-review", "article.comment"):
            assert words not in text
        assert len(bundle.claims) == len(revised.article.version.standing)

    def test_an_operator_may_take_all_of_it(self, revised: Desk) -> None:
        """Every version and step, and on request what was said among those at work on it."""
        bundle, text = revised.bundle(whole=True), revised.data(whole=True).decode()
        article = bundle.article
        assert article is not None and article.whole
        assert [each.number for each in article.versions] == [1, 2, 3]
        assert "Mend it, said inside." in text and "Said twice." in text and "A word said inside." not in text
        assert "A word said inside." in revised.data(whole=True, comments=True).decode()

    def test_only_an_operator_may(self, revised: Desk) -> None:
        """Whoever works on an article gets what its readers get, of any version."""
        with revised.opened() as library:
            made = revised.bundle(revised.author, 2)
        assert library is not None and made.article is not None
        assert made.article.version == 2 and not made.article.whole

    def test_who_may_not_know_of_it_gets_none(self, revised: Desk, tmp_path: Any) -> None:
        """Of a version that was never approved, as of an article that never was."""
        with pytest.raises(NotHeld):
            revised.bundle(None, 2)
        with pytest.raises(NotHeld):
            revised.bundle(None, 9)

    def test_whoever_is_erased_stays_erased(self, tmp_path: Any) -> None:
        """The signature stays, without the name."""
        desk = Desk(tmp_path)
        people.erase(desk.desk, None, desk.reviewer.id)
        done = alone(desk.data())
        assert done.holds and desk.reviewer.name not in desk.data().decode()
        assert "(erased account)" in desk.data().decode()
        desk.close()

    def test_what_new_evidence_reopened_holds_with_its_news(self, tmp_path: Any) -> None:
        """For readers as it was approved; for who runs the server with the step that reopened it."""
        desk = Desk(tmp_path)
        with desk.opened() as library, desk.desk.writing() as change:
            change.articles.set_keys(desk.id, keys_of(desk.article.version, library.vocabulary))
        words = "Facial angiofibroma cleared with topical sirolimus in 12 of 60 patients of a randomised trial."
        library_in(desk.folder, record(2, words, year=2025))
        desk.tick()
        with desk.opened() as library:
            assert len(watch(desk.desk, library.store, library.ask, reopen=True).told) == 1
        for wishes, last in (({}, "approved"), ({"whole": True}, "under review")):
            done = alone(desk.data(**wishes))
            assert done.holds and done.bundle is not None and done.bundle.article is not None
            article = done.bundle.article
            assert (article.state, article.moves[-1].state) == ("under review", last) and "trial 2" in article.news
        desk.close()

    def test_one_that_was_drawn_anew_holds(self, tmp_path: Any) -> None:
        """With what people had changed, though its source is held no more, and what the library no longer says."""
        desk = Desk(tmp_path)
        desk.step(desk.editor, Step.REOPEN, "A new trial.")
        desk.edit(EDITED)
        words = "Facial angiofibroma cleared with topical sirolimus in 12 of 60 patients of a randomised trial."
        library_in(desk.folder, record(2, words, year=2025))
        with open_library(desk.folder, write=True) as library:
            library.remove(["pmid:1"])
        desk.tick()
        with desk.opened() as library:
            desk.article = work.redraw(desk.desk, desk.editor, desk.id, library.ask(QUESTION), library.store)
        assert any(claim.removed for claim in desk.article.version.claims)
        desk.sign()
        desk.step(desk.editor, Step.APPROVE)
        for wishes in ({}, {"whole": True}):
            done = alone(desk.data(**wishes))
            assert places(done) == set() and done.bundle is not None
            assert len(done.bundle.references) == 2
            assert [each.held for each in done.bundle.documents].count(False) == 1
            assert any("not held any more" in each.words for each in done.of(DiscrepancyKind.REMARK))
        desk.close()

    def test_a_word_that_was_said_twice_is_told_once_to_readers(self, tmp_path: Any) -> None:
        """Even within one second, as by a button pressed twice; in all that is kept it stands twice."""
        desk = Desk(tmp_path)
        desk.step(desk.editor, Step.REOPEN, "Read it again.")
        desk.sign(ReviewWord.RETURNED, "Not so.")
        desk.tick = lambda: None  # type: ignore[method-assign]
        desk.sign()
        desk.sign()
        desk.step(desk.editor, Step.APPROVE)
        readers, kept = desk.bundle().article, desk.bundle(whole=True).article
        assert readers is not None and kept is not None
        assert len(kept.signatures) == 4 * len(readers.signatures)
        for wishes in ({}, {"whole": True}):
            assert alone(desk.data(**wishes)).discrepancies == ()
        desk.close()

    def test_of_the_log_others_entries_are_sealed(self, approved: Desk) -> None:
        """The chain can be followed to its head; who signed in when is not in it."""
        article = approved.bundle().article
        assert article is not None
        (log,) = article.log
        assert {each.action for each in log.entries} == {"article.claim signed", "article.approve"}
        assert len(log.seals) == 6 and log.whole
        assert "p0000000000000009" not in approved.data().decode()
        with approved.desk.reading() as view:
            head = view.head()
        assert head is not None and log.head == head.hash

    def test_over_a_long_gap_the_log_goes_in_stretches(self, approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """A bundle stays small on a busy desk; each stretch holds by itself."""
        monkeypatch.setattr("curbside.workflows.bundle_article.MOST_BETWEEN", 1)
        article = approved.bundle(whole=True).article
        assert article is not None and len(article.log) > 1
        assert not article.log[-1].whole and not article.log[-1].seals
        assert alone(approved.data(whole=True)).holds

    def test_an_answer_is_the_same_file_every_time(self, approved: Desk) -> None:
        """The same library and the same question, the same bytes; it holds, with its digest."""
        with approved.opened() as library:
            one, two = (bundle_of_answer(library.ask(QUESTION), library.store, library.vocabulary) for _ in range(2))
        assert bundle_text(one) == bundle_text(two)
        assert one.article is None and one.search is not None
        assert alone(bundle_text(one).encode()).discrepancies == ()


Held = dict[str, Any]
ABSENCE: Held = {"facet": "oral dose", "documents": [], "nearest": None, "references": [], "asked": True}


def say(path: str, value: object) -> Callable[[Held], None]:
    """Put a value at a path ("claims.0.text")."""

    def change(held: Held) -> None:
        *steps, last = path.split(".")
        at: Any = held
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[int(last) if isinstance(at, list) else last] = (
            value(at[int(last) if isinstance(at, list) else last]) if callable(value) else value
        )

    return change


class TestForged:
    """Something was changed, and the hash over all of it made to fit: what does not fit is named by its place."""

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            (say("claims.0.quotes.0.words", lambda words: words.replace("31", "37")), "claims[0].quotes[0].words"),
            (say("claims.0.quotes.0.end", lambda end: end + 1), "claims[0].quotes[0].end"),
            (say("claims.0.quotes.0.start", 0), "claims[0].key"),
            (say("claims.0.quotes.0.document", "d0"), "claims[0].quotes[0].document"),
            (say("claims.0.quotes.0.marks", [[5, 900]]), "claims[0].quotes[0].marks"),
            (say("claims.0.quotes", []), "claims[0].quotes"),
            (say("claims.0.text", lambda text: text.replace("31", "37")), "claims[0].text"),
            (say("claims.1.text", lambda text: text.replace("may be", "is")), "claims[1].text"),
            (say("claims.0.heading", "Harms"), "claims[0].key"),
            (say("claims.0.key", "0" * 32), "claims[0].key"),
            (say("claims.0.number", 2), "claims[1].number"),
            (say("claims.0.own", 7), "claims[0].own"),
            (say("claims.0.guards.1.said", ["37"]), "claims[0].guards[1]"),
            (say("claims.0.guards.4.reason", "it is surer"), "claims[0].guards[4]"),
            (say("claims.0.guards", lambda guards: guards[1:]), "claims[0].guards"),
            (say("claims.0.references", [9]), "claims[0].references[0]"),
            (
                say("claims.1.derived.0.value", lambda value: value.replace("3 of", "2 of")),
                "claims[1].derived[0].value",
            ),
            (say("claims.1.derived.0.arithmetic", lambda how: how.replace("3/", "2/")), "claims[1].derived[0].value"),
            (say("claims.0.edited", "Plainer."), ""),  # says nothing that could not be so
            (say("documents.0.sha256", "0" * 64), "documents[0].sha256"),
            (say("documents.0.length", 9), "claims[0].quotes[0].end"),
            (say("documents", []), "claims[0].quotes[0].document"),
            (say("references.0.number", 2), "references[0].number"),
            (say("references.0.document", "d0"), "references[0].document"),
            (say("references.0.citation", "Another paper."), "digest"),
            (say("references.0.keys", ["pmid:2"]), "references[0].keys"),
            (say("references.0.title", "Another title"), "references[0].title"),
            (say("documents.0.held", False), "documents[0].held"),
            (say("digest", "0" * 64), "digest"),
            (say("title", "Another title"), "title"),
            (say("article.state", "withdrawn"), "article.state"),
            (say("article.state", "blessed"), "article.state"),
            (say("article.approved", 0), "article.approved"),
            (say("article.version", 2), "article.version"),
            (say("article.author", "p0000000000000002"), "article.signatures[0].who"),
            (say("article.people", []), "article.author"),
            (say("article.made", "2024-01-01T00:00:00Z"), "article.versions[0].at"),
            (say("article.made", "yesterday"), "article.made"),
            (say("article.versions.0.at", "2025-01-15"), "article.versions[0].at"),
            (say("article.versions.0.number", 2), "article.versions[0].number"),
            (say("article.versions.0.claims.0.key", "0" * 32), "article.versions[0].claims"),
            (say("article.moves.1.at", "2025-01-15T09:59:00Z"), "article.moves[2].at"),
            (say("article.moves.2.state", "approved"), "article.moves[2].state"),
            (say("article.moves.3.who", "p0000000000000001"), "article.moves[3].who"),
            (say("article.moves.3.who", "p0000000000000002"), "article.moves[3]"),
            (say("article.moves.3.at", "2025-01-15T08:13:00Z"), "article.moves[3]"),
            (say("article.signatures", []), "claims[0]"),
            (say("article.signatures.0.word", "returned"), "claims[0]"),
            (say("article.signatures.0.word", "liked"), "article.signatures[0].word"),
            (say("article.signatures.0.who", "p0000000000000003"), "article.signatures[0]"),
            (say("article.signatures.0.conflicts", ""), "article.signatures[0].conflicts"),
            (say("article.signatures.0.key", "0" * 32), "article.signatures[0].key"),
            (say("article.signatures.1.at", "2025-01-15T08:14:00Z"), "article.signatures[1].at"),
            (say("article.signatures.1.number", 1), "article.signatures[1].number"),
            (say("article.log.0.entries.0.detail", "3 claims"), "article.log[0].entries[0].hash"),
            (say("article.log.0.entries.0.salt", "0" * 32), "article.log[0].entries[0].hash"),
            (say("article.log.0.entries.0.about", "a0"), "article.log[0].entries[0].about"),
            (say("article.log.0.entries.2.who", "p1"), "article.log[0].entries[2].hash"),
            (say("article.log.0.entries", lambda entries: entries[1:]), "article.log[0].entries[0].hash"),
            (say("article.log.0.entries", lambda entries: [*entries, entries[-1]]), "article.log[0].entries"),
            (say("article.log.0.seals.0", "0" * 64), "article.log[0].entries[1].hash"),
            (say("article.log.0.seals", lambda seals: seals[:-1]), "article.log[0].head"),
            (say("article.log.0.head", "0" * 64), "article.log[0].head"),
            (say("article.log", []), "article.signatures[0]"),
        ],
    )
    def test_the_place_is_named(self, approved: Desk, change: Callable[[Held], None], place: str) -> None:
        """Of all that is kept of an approved article."""
        done = alone(forged(approved.data(whole=True), change))
        if place:
            assert not done.holds and place in places(done), places(done)
        assert "sha256" not in places(done)

    def test_a_quote_forged_in_every_place_still_does_not_fit_the_signatures(self, approved: Desk) -> None:
        """Whoever changes words, hash, key and guards alike must have the reviewers sign anew, and the log with them."""

        def change(held: Held) -> None:
            import hashlib

            import msgspec

            from curbside.records.bundle import BundledClaim
            from curbside.workflows.bundle_checks import claim_of

            claim = held["claims"][0]
            for at in (claim, claim["quotes"][0]):
                name = "words" if "words" in at else "text"
                at[name] = at[name].replace("31", "37")
            claim["quotes"][0]["sha256"] = hashlib.sha256(claim["quotes"][0]["words"].encode()).hexdigest()
            claim["guards"] = json.loads(json.dumps(claim["guards"]).replace('"31"', '"37"'))
            claim["derived"] = []
            claim["key"] = claim_of(msgspec.convert(claim, BundledClaim)).key
            held["article"]["versions"][0]["claims"][0]["key"] = claim["key"]

        done = alone(forged(approved.data(), change))
        assert {"claims[0]", "article.signatures[0].key"} <= places(done)

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            (say("title", "Another question?"), "title"),
            (say("claims.1.number", 7), "claims[1]"),
            (say("claims.1.edited", "Plainer."), "claims[1]"),
            (say("claims.1.removed", "Said twice."), "claims[1].removed"),
            (say("absences", lambda told: [*told, {**ABSENCE}]), "digest"),
            (say("absences", lambda told: [{**ABSENCE, "references": [9]}]), "absences[0].references[0]"),
        ],
    )
    def test_an_answer_is_what_was_drawn(self, approved: Desk, change: Callable[[Held], None], place: str) -> None:
        """Nobody edits one."""
        with approved.opened() as library:
            made = bundle_of_answer(library.ask(QUESTION), library.store, library.vocabulary)
        assert place in places(alone(forged(bundle_text(made).encode(), change)))

    def test_a_signature_left_out_is_told_by_the_log(self, revised: Desk) -> None:
        """One that returned a claim, for example."""
        data = forged(
            revised.data(whole=True),
            say("article.signatures", lambda all_: [each for each in all_ if each["word"] == "signed"]),
        )
        assert "article.log" in places(alone(data))

    def test_a_noted_head_must_be_gone_through(self, approved: Desk) -> None:
        """A log that was written anew from the start has another."""
        from curbside.language.vocabulary import Vocabulary
        from curbside.workflows.verify import verify

        with approved.desk.reading() as view:
            noted = [each.hash for each in view.audit()][-2]
        assert verify(approved.data(), Vocabulary.shipped(), head=noted).holds
        assert "article.log" in places(verify(approved.data(), Vocabulary.shipped(), head=linked(noted, noted)))

    def test_words_beyond_their_quotes_hold_as_the_editors_own(self, revised: Desk) -> None:
        """With the mark and the reason; without either they do not."""
        data = revised.data()
        assert alone(data).holds and revised.bundle().claims[0].own_words
        assert "claims[0].text" in places(alone(forged(data, say("claims.0.own_words", ""))))
        assert "claims[0].edited" in places(alone(forged(data, say("claims.0.edited", ""))))

    @settings(
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        deadline=None,
        max_examples=60,
    )
    @given(st.data())
    def test_whatever_is_changed_checking_ends_well(self, approved: Desk, data: st.DataObject) -> None:
        """Any value at any place, of the type that belongs there; never an exception."""
        whole = approved.data(whole=True)

        def change(held: Held) -> None:
            at: Any = held
            while True:
                names = list(range(len(at))) if isinstance(at, list) else sorted(at)
                inner = [name for name in names if isinstance(at[name], list | dict) and at[name]]
                if inner and data.draw(st.booleans() | st.just(True)):
                    at = at[data.draw(st.sampled_from(inner))]
                    continue
                break
            if isinstance(at, list):
                turned = data.draw(st.sampled_from(["twice", "gone", "turned"]))
                at[:] = {"twice": [*at, *at], "gone": at[1:], "turned": at[::-1]}[turned]
                return
            name = data.draw(st.sampled_from(sorted(at)))
            value = at[name]
            if isinstance(value, bool):
                at[name] = not value
            elif isinstance(value, int):
                at[name] = data.draw(st.sampled_from([0, 1, value + 1, 2**53 - 1]))
            elif isinstance(value, str):
                at[name] = data.draw(st.text(max_size=8) | st.just(value * 2) | st.just("9" * 400))

        done = alone(forged(whole, change))
        assert all(each.words and each.kind in DiscrepancyKind for each in done.discrepancies)

    def test_more_than_any_answer_holds_is_not_looked_at(self, approved: Desk) -> None:
        """Neither a hundred thousand claims nor one of a million letters costs time."""
        data = approved.data()
        many = alone(forged(data, say("claims", lambda claims: claims * 1_000)))
        assert places(many) == {"claims"}
        long = alone(forged(data, say("claims.0.text", "5 of 9 may not. " * 60_000)))
        assert "claims[0]" in places(long)
        marked = alone(forged(data, say("claims.0.quotes.0.marks", [[0, 1]] * 100_000)))
        assert "claims[0]" in places(marked)
        asked = alone(forged(data, say("question", "why " * 20_000)))
        assert places(asked) == {"question"}
