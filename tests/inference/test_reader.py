"""The encoder reads statements: what is installed beside it, what it reads, and what a judge makes of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import EncoderError
from curbside.inference import reader
from curbside.inference.install import install
from curbside.inference.local import OnnxEncoder
from curbside.inference.stance import (
    NAME,
    NAME_BOTH,
    Decision,
    Mixture,
    mixture,
    written_mixture,
)
from curbside.language.stance_sides import sides
from curbside.records.citation import CitingSection, Stance, StatementText
from curbside.records.span import Span
from curbside.wiring import stance_judge
from curbside.workflows.cites import judge_with, shipped_judge

AGREES = StatementText("Our results are in agreement with those of an earlier trial [7].", Span(60, 63))
PLAIN = StatementText("Sirolimus inhibits the mammalian target of rapamycin [7].", Span(53, 56))


class Fixed:
    """A reader that says the same of every statement, and keeps what it was asked."""

    def __init__(self, scores: tuple[float, float, float]) -> None:
        """Give these scores: supporting, contrasting, mentioning."""
        self._scores = scores
        self.asked: list[StatementText] = []

    def scores(self, statements: Sequence[StatementText]) -> list[tuple[float, float, float]]:
        """Return the same for each."""
        self.asked += statements
        return [self._scores] * len(statements)


def folder_of(home: Path) -> Path:
    """Return the folder of the encoder in use."""
    return home / (home / "current").read_text().strip()


@pytest.fixture
def copied(packaged_home: Path, tmp_path: Path) -> Path:
    """The packaged encoder, installed in a place that may be changed."""
    shutil.copytree(packaged_home, tmp_path / "copied")
    return tmp_path / "copied"


class TestInstalled:
    """The graph lies beside the encoder's own and is no part of its version."""

    def test_beside_the_packaged_encoder(self, packaged_home: Path, packaged: OnnxEncoder) -> None:
        """Vectors of libraries stay what they are; the adapter is small."""
        assert reader.readable(packaged.folder) and reader.whole(packaged.folder)
        assert set(packaged.manifest.files) == {"model.onnx", "tokenizer.json"}
        assert (packaged.folder / reader.GRAPH).stat().st_size < 25_000_000
        assert len(reader.shipped_adapter()) < 1_000_000
        assert not install(None, packaged_home).fresh

    def test_not_beside_another_encoder(self, source: Path, home: Path) -> None:
        """An adapter is for the weights that it was fitted with."""
        place = install(source, home).folder
        assert not reader.readable(place) and not (place / reader.GRAPH).exists()

    def test_an_encoder_of_before_gets_it_when_it_is_installed_again(self, copied: Path) -> None:
        """Or where what is there was made from another adapter, or is damaged; the encoder itself stays."""
        place = folder_of(copied)
        was = (place / reader.GRAPH).read_bytes()
        before = (place / "model.onnx").stat().st_mtime_ns
        (place / reader.RECORD).unlink()
        assert not reader.readable(place)
        assert install(None, copied).fresh and reader.whole(place)
        record = json.loads((place / reader.RECORD).read_text())
        (place / reader.RECORD).write_text(json.dumps(record | {"made_from": {}}))
        assert not reader.readable(place)
        assert install(None, copied).fresh and reader.whole(place)
        (place / reader.GRAPH).write_bytes(was[:-9])
        assert reader.readable(place) and not reader.whole(place)
        with pytest.raises(EncoderError, match=r"stance.onnx: the file is not the one that was installed. Install it"):
            reader.StanceReader(place, sides)
        assert install(None, copied).fresh
        assert (place / reader.GRAPH).read_bytes() == was
        assert (place / "model.onnx").stat().st_mtime_ns == before

    def test_whether_it_is_used(self, packaged_home: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """As the setting says; without an encoder, or told to go by words, the words alone judge."""
        monkeypatch.setenv("CURBSIDE_ENCODER", str(packaged_home))
        assert stance_judge("trained").name == NAME_BOTH
        assert stance_judge("trained", meaning=False).name == NAME
        for other in ("off", str(home)):
            monkeypatch.setenv("CURBSIDE_ENCODER", other)
            assert stance_judge("trained").name == NAME


class TestRead:
    """What goes through the graph."""

    def test_tokens_around_the_marker(self, packaged: OnnxEncoder) -> None:
        """The marker's place is told, and of long sides what is nearest is read."""
        made = packaged._tokenizer
        ids, place = reader.token_ids(made, "as lee found ", ", it helps.")
        assert made.decode(ids, skip_special_tokens=False) == "[CLS] as lee found [MASK], it helps. [SEP]"
        assert made.id_to_token(ids[place]) == "[MASK]"
        ids, place = reader.token_ids(made, "so " * 100 + "near", "next " + "but " * 100)
        assert (len(ids), place) == (reader.BEFORE + reader.BEHIND + 3, reader.BEFORE + 1)
        assert [made.id_to_token(ids[place + by]) for by in (-1, 1)] == ["near", "next"]

    def test_a_score_for_each_class_whatever_stands_beside(self, packaged: OnnxEncoder) -> None:
        """On any number of threads."""
        one, many = (reader.StanceReader(packaged.folder, sides, threads) for threads in (1, 3))
        statements = [AGREES, PLAIN, StatementText("x"), StatementText("")]
        found = one.scores(statements)
        assert [len(scores) for scores in found] == [len(Stance)] * 4
        assert many.scores(statements[::-1]) == found[::-1]
        assert found[0][0] == max(found[0]), "an agreement in so many words"


class TestMixed:
    """How what is read goes together with the words."""

    MIXTURE = Mixture(0.95, 0.5, Decision(1.0, {"contrasting": 0.3}))

    def test_what_is_plainly_mentioned_is_not_read(self) -> None:
        """It would cost most of the time and change nothing."""
        asked = Fixed((0.0, 0.0, 0.0))
        judge = judge_with((asked, self.MIXTURE))
        alone = shipped_judge()
        told = judge.judge([AGREES, PLAIN, StatementText("")])
        assert asked.asked == [AGREES]
        assert [each.probability for each in told[1:]] == [
            each.probability for each in alone.judge([PLAIN, StatementText("")])
        ]

    @pytest.mark.parametrize("section", CitingSection)
    def test_only_what_is_like_a_discussion_is_read(self, section: CitingSection) -> None:
        """The adapter was learnt from discussions: what cites a method "as described elsewhere" agrees with nothing."""
        asked = Fixed((0.0, 0.0, 0.0))
        judge_with((asked, self.MIXTURE)).judge([replace(AGREES, section=section)])
        assert bool(asked.asked) == (section not in ("abstract", "introduction", "methods"))

    def test_probabilities_are_averaged(self) -> None:
        """With the share that the mixture gives; the words that decided are those of the words."""
        (words,) = shipped_judge().judge([AGREES])
        (sure,) = judge_with((Fixed((50.0, 0.0, 0.0)), self.MIXTURE)).judge([AGREES])
        assert sure.stance is Stance.SUPPORTING
        assert sure.probability == pytest.approx((words.probability + 1) / 2)
        assert sure.deciding == words.deciding and sure.maker == NAME_BOTH

    def test_a_reader_may_overrule_the_words(self) -> None:
        """Where it is surer than they are; an agreement that is denied is never support even so."""
        (found,) = judge_with((Fixed((0.0, 50.0, 0.0)), self.MIXTURE)).judge([AGREES])
        assert found.stance is Stance.CONTRASTING
        denied = StatementText("This result was not confirmed by later studies [7].", Span(47, 50))
        (found,) = judge_with((Fixed((50.0, 0.0, 0.0)), self.MIXTURE)).judge([denied])
        assert found.stance is Stance.CONTRASTING and found.reason.startswith("agreement is denied")

    def test_a_mixture_is_kept_as_json(self) -> None:
        """And read again."""
        assert mixture(written_mixture(self.MIXTURE)) == self.MIXTURE
