"""The scripted encoder gives what it is told, and fails where it is told to."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from curbside.errors import EncoderError, UsageError
from curbside.inference.scripted import ScriptedEncoder
from growth import assert_linear


def test_a_script_wins_over_the_words() -> None:
    """Its vectors are brought to unit length; other texts are taken by their words."""
    scripted = ScriptedEncoder({"rapamycin": [3.0, 0, 0, 4.0]}, dimensions=4)
    rows = scripted.embed(["cats", "rapamycin", "cats"])
    assert rows[1].tolist() == pytest.approx([0.6, 0, 0, 0.8])
    assert (rows[0] == rows[2]).all()


def test_it_fails_where_it_is_told_to() -> None:
    """A batch with such a text fails as a whole, as a real encoder's would."""
    scripted = ScriptedEncoder(fails=["poison"])
    scripted.embed(["a poison"])
    with pytest.raises(EncoderError, match="told to fail"):
        scripted.embed(["cats", "poison"])


def test_texts_that_share_words_are_near() -> None:
    """The more, the nearer; order and case do not count."""
    rows = ScriptedEncoder().embed(["sirolimus in children", "Children: in SIROLIMUS", "sirolimus in mice", "bread"])
    same, shared, strange = (float(rows[0] @ row) for row in rows[1:])
    assert same == pytest.approx(1)
    assert 0.9 > shared > 0.4 > abs(strange)


def test_the_version_is_that_of_the_script() -> None:
    """Other vectors, another version; failing changes no vector."""
    plain = ScriptedEncoder().version
    assert plain == ScriptedEncoder(fails=["x"]).version
    assert plain != ScriptedEncoder(dimensions=32).version
    one, two = (ScriptedEncoder({"x": [*[0.0] * 63, value]}).version for value in (1.0, -1.0))
    assert len({plain, one, two}) == 3


@pytest.mark.parametrize("row", [[1.0], [0.0] * 64, [float("nan")] * 64, [float("inf")] * 64])
def test_a_script_that_is_no_direction(row: list[float]) -> None:
    """It is refused by its text."""
    with pytest.raises(UsageError, match="'x' is no direction in 64 dimensions"):
        ScriptedEncoder({"x": row})


def test_too_few_dimensions() -> None:
    """A word stands for four places."""
    with pytest.raises(UsageError, match="at least 4"):
        ScriptedEncoder(dimensions=3)


def test_another_process_gives_the_same() -> None:
    """No hash of it is salted."""
    code = "import json; from curbside.inference.scripted import ScriptedEncoder as S; print(json.dumps(S().embed(['é ß 2 mg']).tolist()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert np.array_equal(np.array(json.loads(done.stdout), np.float32), ScriptedEncoder().embed(["é ß 2 mg"]))


def test_it_stands_in_for_any_number() -> None:
    """Four times the questions take about four times as long."""
    scripted = ScriptedEncoder()
    texts = [f"does drug {n % 997} help patients with condition {n % 1009} in trial {n}" for n in range(4_000)]
    assert_linear(lambda many: lambda: scripted.embed(texts[:many]), 60)
