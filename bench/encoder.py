"""How fast and how true the encoder is: `python -m bench encoder [--n 400] [--threads 2] [--json]`.

It is installed from the packaged weights into a passing folder, and once more in full precision, to be compared with.
Beside the encoder's own way, each text alone, stands the usual one: batches of texts of like length, padded.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import corpus
from bench.machine import line, machine
from curbside.inference import graph
from curbside.inference.architecture import architecture
from curbside.inference.install import install
from curbside.inference.local import OnnxEncoder
from curbside.inference.origin import origin_of
from curbside.inference.weights import read_weights

REFERENCE: Mapping[str, float] = {
    "sentences_s": 419,
    "abstracts_s": 54,
    "question_ms_p50": 1.5,
    "graph_mb": 23,
    "cosine_mean": 0.993,
}
"""What the same weights in eight bits gave on two threads of a machine of two cores when the encoder was chosen."""

_BATCH = 32


def main(arguments: Sequence[str]) -> int:
    """Print rates, milliseconds a question, sizes, and how near the vectors are to those of full precision."""
    parser = argparse.ArgumentParser(prog="python -m bench encoder", description=__doc__)
    parser.add_argument("--n", type=int, default=400, help="sentences and questions; a quarter as many abstracts")
    parser.add_argument("--threads", type=int, default=2, help="texts embedded at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    given = parser.parse_args(arguments)
    texts = material(corpus.shared_folder(), given.n, given.seed)
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Path(folder), texts, given.threads)
    if given.json:
        print(json.dumps({"n": given.n, "threads": given.threads, "figures": figures, "machine": machine()}))
        return 0
    print(f"machine: {line()}")
    print(f"{given.n} sentences and questions, {len(texts['abstracts'])} abstracts, {given.threads} threads")
    for name, value in figures.items():
        beside = f"  (reference {REFERENCE[name]:,})" if name in REFERENCE else ""
        print(f"{name:<24} {value:>10,}{beside}")
    print("reference figures: the same weights in eight bits on two threads of two cores, when the encoder was chosen")
    return 0


def material(shared: Path, n: int, seed: int) -> dict[str, list[str]]:
    """Return `n` sentences and questions and `n` / 4 abstracts, drawn from the shared questions and their abstracts."""
    draw = random.Random(seed)
    rows = [json.loads(row) for row in (shared / "data" / "pubmedqa" / "train.jsonl").open(encoding="utf-8")]
    sentences = [text for group in corpus.material(shared).parts.values() for text in group]
    return {
        "sentences": draw.sample(sentences, n),
        "questions": [str(row["question"]) for row in draw.sample(rows, min(n, len(rows)))],
        "abstracts": [" ".join(row["contexts"]) for row in draw.sample(rows, max(1, n // 4))],
    }


def measured(folder: Path, texts: Mapping[str, list[str]], threads: int) -> dict[str, float]:
    """Return the figures; installs below `folder`."""
    begun = time.perf_counter()
    installed = install(None, folder / "small")
    install_s = time.perf_counter() - begun
    begun = time.perf_counter()
    ours = OnnxEncoder(installed.folder, threads)
    load_ms = (time.perf_counter() - begun) * 1000
    ours.embed(texts["questions"][:8])
    waits = [timed(lambda text=text: ours.embed([text]))[0] * 1000 for text in texts["questions"]]
    everything = [*texts["sentences"], *texts["questions"], *texts["abstracts"]]
    sentence_s, sentence_cpu_s = timed(lambda: ours.embed(texts["sentences"]))
    abstract_s, abstract_cpu_s = timed(lambda: ours.embed(texts["abstracts"]))
    together = ours.embed(everything)
    alone = np.concatenate([ours.embed([text]) for text in everything])
    full = OnnxEncoder(full_precision(folder), threads)
    wanted = full.embed(everything)
    cosines = (together * wanted).sum(axis=1)
    full_s, _ = timed(lambda: full.embed(texts["abstracts"]))
    usual = Batches(ours)
    batched_sentence_s, _ = timed(lambda: usual.embed(texts["sentences"]))
    batched_abstract_s, _ = timed(lambda: usual.embed(texts["abstracts"]))
    moved = (usual.embed(everything) * together).sum(axis=1)
    shown = {
        "sentences_s": len(texts["sentences"]) / sentence_s,
        "abstracts_s": len(texts["abstracts"]) / abstract_s,
        "sentence_cpu_ms": sentence_cpu_s * 1000 / len(texts["sentences"]),
        "abstract_cpu_ms": abstract_cpu_s * 1000 / len(texts["abstracts"]),
        "question_ms_p50": quantiles(waits, n=20)[9],
        "question_ms_p95": quantiles(waits, n=20)[18],
        "load_ms": load_ms,
        "install_s": install_s,
        "graph_mb": (installed.folder / "model.onnx").stat().st_size / 1e6,
        "process_mb": process_mb(installed.folder),
        "cosine_mean": fmean(cosines.tolist()),
        "cosine_least": float(cosines.min()),
        "rows_differing_alone": float((together != alone).any(axis=1).sum()),
        "full_abstracts_s": len(texts["abstracts"]) / full_s,
        "batched_sentences_s": len(texts["sentences"]) / batched_sentence_s,
        "batched_abstracts_s": len(texts["abstracts"]) / batched_abstract_s,
        "batched_cosine_least": float(moved.min()),
    }
    return {name: round(value, 4 if "cosine" in name else 1) for name, value in shown.items()}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return how many seconds work takes by the clock, and of the processors, which says more on a busy machine."""
    begun, begun_cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - begun_cpu


def process_mb(folder: Path) -> float:
    """Return the most memory that a process holds which loads the encoder and embeds long texts, in MB; 0 if unknown.

    From the kernel's own account of the process: what `resource` tells begins with what its parent held.
    """
    script = (
        "import sys; from pathlib import Path; from curbside.inference.local import OnnxEncoder; "
        "OnnxEncoder(Path(sys.argv[1]), 2).embed(['sirolimus ' * 400] * 8); account = Path('/proc/self/status'); "
        "rows = account.read_text().splitlines() if account.exists() else []; "
        "print(next((int(row.split()[1]) / 1024 for row in rows if row.startswith('VmHWM')), 0))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def full_precision(folder: Path) -> Path:
    """Install the same weights in full precision, as a user's own graph, and return where they are."""
    origin = origin_of(None)
    source = folder / "full-source"
    source.mkdir()
    made = architecture(origin.folder)
    weights = graph.checked(made, read_weights(origin.folder / origin.model, graph.shapes(made)), "packaged")
    (source / "model.onnx").write_bytes(graph.written(made, weights, eight_bits=False))
    for name in ("tokenizer.json", "sentence_bert_config.json"):
        shutil.copyfile(origin.folder / name, source / name)
    return install(source, folder / "full").folder


class Batches:
    """The usual way: an encoder's graph given padded batches of texts of like length, as many threads on each batch."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        """Load the encoder's graph once more."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = encoder.threads
        self._session: Any = onnxruntime.InferenceSession(str(encoder.folder / "model.onnx"), options)
        self._encoder = encoder

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text."""
        rows = np.empty((len(texts), self._encoder.dimensions), np.float32)
        tokens = self._encoder.tokens(texts)
        for places in _like(tokens):
            longest = max(len(tokens[place]) for place in places)
            ids = np.zeros((len(places), longest), np.int64)
            mask = np.zeros_like(ids)
            for row, place in enumerate(places):
                ids[row, : len(tokens[place])] = tokens[place]
                mask[row, : len(tokens[place])] = 1
            rows[places] = self._session.run([graph.OUTPUT], {"input_ids": ids, "attention_mask": mask})[0]
        return rows


def _like(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    order = sorted(range(len(tokens)), key=lambda place: len(tokens[place]))
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]
