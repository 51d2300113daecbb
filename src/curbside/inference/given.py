"""Looks at an ONNX graph that a user gives: what goes in, what comes out, how its tokens become one vector."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnx

from curbside.errors import EncoderError
from curbside.inference.architecture import pooling
from curbside.inference.manifest import GRAPH

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
"""What a graph may be given; each of shape (texts, tokens)."""

OUTPUTS = ("sentence_embedding", "vectors", "last_hidden_state", "token_embeddings")
"""Outputs looked for by name, in this order; without one of these the first is taken."""


def form_of(folder: Path) -> tuple[int, str, tuple[str, ...], str]:
    """Return (dimensions, pooling, inputs, output) of a folder's graph, as in `inference.manifest.Manifest`.

    An output of two axes is a vector for each text; one of three is a vector for each token, pooled as the folder says.

    Raises:
        EncoderError: if the graph cannot be read, keeps weights in other files, or does not have this shape.
    """
    path = folder / GRAPH
    library: Any = onnx
    try:
        model = library.load(str(path), load_external_data=False)
    except Exception as error:  # noqa: BLE001 - the parser's errors have no common class but this
        raise EncoderError(f"{path}: no ONNX graph ({type(error).__name__}).") from None
    outside = library.TensorProto.EXTERNAL
    if any(tensor.data_location == outside for tensor in model.graph.initializer):
        raise EncoderError(f"{path}: keeps its weights in other files. Save it as one file.")
    constants = {tensor.name for tensor in model.graph.initializer}
    inputs = tuple(each.name for each in model.graph.input if each.name not in constants)
    if "input_ids" not in inputs or set(inputs) - set(INPUTS):
        raise EncoderError(f"{path}: its inputs are {', '.join(inputs)}; only {', '.join(INPUTS)} can be given.")
    found = {each.name: each for each in model.graph.output}
    named = next((name for name in OUTPUTS if name in found), next(iter(found), ""))
    axes = list(found[named].type.tensor_type.shape.dim) if named else []
    if len(axes) not in (2, 3) or axes[-1].dim_value < 1:
        raise EncoderError(f"{path}: its output {named!r} is neither a vector for a text nor one for each token.")
    return int(axes[-1].dim_value), "graph" if len(axes) == 2 else pooling(folder), inputs, named
