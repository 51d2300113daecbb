"""Few vectors are searched by numpy, many by faiss; both find the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("faiss", reason="vectors need the extra `encoder`")
import numpy as np

from curbside.search import vectors_flat
from curbside.search.vectors_flat import Few, flat_of


def test_both_score_and_order_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last bit: codes are whole numbers."""
    draw = np.random.default_rng(3)
    codes = draw.integers(1, 256, (500, 384)).astype(np.uint8)
    few = flat_of(codes, 384)
    monkeypatch.setattr(vectors_flat, "FEW", 10)
    many = flat_of(codes, 384)
    assert isinstance(few, Few)
    assert not isinstance(many, Few)
    for _ in range(5):
        asked = np.rint(draw.standard_normal((1, 384)) * 40).clip(-127, 127).astype(np.float32)
        (scores, rows), (theirs, of_theirs) = few.search(asked, 40), many.search(asked, 40)
        assert np.array_equal(scores, theirs)
        assert set(rows[0].tolist()) == set(of_theirs[0].tolist())
    assert np.array_equal(few.codes, codes)
    assert np.array_equal(many.codes, codes)


def test_few_vectors_need_no_faiss_in_memory() -> None:
    """A first answer at the prompt does not wait for it."""
    code = "import sys, curbside.search.vectors_faiss; sys.exit('faiss' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
