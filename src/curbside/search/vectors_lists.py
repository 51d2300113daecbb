"""Inverted lists over many vectors: only the lists nearest to a question are searched.

Made by k-means over a sample (IVF; Jégou, Douze and Schmid 2011), in a file of its own beside the codes. Rows that
came after are searched one by one until there are enough of them for the lists to be made again.
"""

from __future__ import annotations

import math
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from curbside.search.vectors_files import Manifest

EXACT_MOST = 500_000
"""Vectors up to which every one is looked at."""

AGAIN = 1.25
"""The lists are made again once there are so many times as many rows as they hold."""

PROBED = 32
"""One list in so many is searched."""

SAMPLE = 100_000
THREADS = 2
_STEP = 50_000


def lists_wanted(manifest: Manifest) -> bool:
    """Tell whether there are enough rows for lists, or for making them again."""
    return manifest.rows > EXACT_MOST and manifest.rows > AGAIN * manifest.listed


def made_lists(folder: Path, manifest: Manifest) -> Manifest:
    """Make the lists of all rows and return the manifest that names them; takes a minute for half a million."""
    import faiss

    size = manifest.dimensions
    codes = np.memmap(folder / manifest.codes_file, np.uint8, "r", shape=(manifest.rows, size))
    count = max(1, min(int(4 * math.sqrt(manifest.rows)), manifest.rows // 39))
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(THREADS)
    try:
        lists: Any = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(size),
            size,
            count,
            faiss.ScalarQuantizer.QT_8bit_direct_signed,
            faiss.METRIC_INNER_PRODUCT,
            False,
        )
        lists.cp.niter, lists.cp.spherical, lists.cp.seed = 8, True, 1
        lists.train(_decoded(codes[:: max(1, manifest.rows // SAMPLE)]))
        for start in range(0, manifest.rows, _STEP):
            lists.add(_decoded(codes[start : start + _STEP]))
    finally:
        faiss.omp_set_num_threads(before)
    name = f"lists-{manifest.generation}-{manifest.rows}"
    new = folder / f"{name}.new"
    faiss.write_index(lists, str(new))
    with new.open("rb") as handle:
        os.fsync(handle.fileno())
    new.replace(folder / name)
    return replace(manifest, lists=name, listed=manifest.rows)


def opened_lists(folder: Path, manifest: Manifest) -> Any:
    """Open the lists that a manifest names, without reading them into memory; None where it names none."""
    if not manifest.lists:
        return None
    import faiss

    lists: Any = faiss.read_index(str(folder / manifest.lists), faiss.IO_FLAG_MMAP)
    lists.nprobe = max(1, lists.nlist // PROBED)
    return lists


def _decoded(codes: Any) -> Any:
    return codes.astype(np.float32) - 128.0
