"""A BERT of a few hundred numbers, in the files that an encoder is installed from, and the same network in numpy."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from curbside.inference.architecture import Architecture
from curbside.inference.graph import shapes

WORDS = [
    "sirolimus",
    "tacrolimus",
    "in",
    "a",
    "child",
    "with",
    "itp",
    "helps",
    "skin",
    "cats",
    "##s",
    "dose",
    "2",
    "mg",
]
MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]

CONFIG: dict[str, Any] = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": 16,
    "intermediate_size": 24,
    "layer_norm_eps": 1e-5,
    "max_position_embeddings": 40,
    "num_attention_heads": 4,
    "num_hidden_layers": 2,
    "type_vocab_size": 2,
    "vocab_size": len(MARKS) + len(WORDS),
}

SHAPE = Architecture(2, 4, 16, 24, CONFIG["vocab_size"], 40, 2, 1e-5)


def weights(made: Architecture = SHAPE, seed: int = 7) -> dict[str, NDArray[np.float32]]:
    """Return random weights of a size that keeps what flows through them near one."""
    draw = np.random.default_rng(seed)
    return {
        name: (draw.standard_normal(shape) / math.sqrt(shape[-1]) * 1.5).astype(np.float32)
        + np.float32(name.endswith("LayerNorm.weight"))
        for name, shape in shapes(made).items()
    }


def tokenizer() -> Tokenizer:
    """Return a tokenizer of some twenty words, as one that was saved in training: it pads and cuts to 8 tokens."""
    vocabulary = {word: number for number, word in enumerate([*MARKS, *WORDS])}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.enable_truncation(8)
    made.enable_padding(length=8)
    return made


def folder(place: Path, seed: int = 7, **config: Any) -> Path:
    """Write weights, settings and tokenizer into a folder and return it; `config` replaces settings."""
    place.mkdir(parents=True, exist_ok=True)
    save_file(weights(seed=seed), place / "model.safetensors")
    (place / "config.json").write_text(json.dumps(CONFIG | config))
    (place / "sentence_bert_config.json").write_text('{"max_seq_length": 12, "do_lower_case": false}')
    tokenizer().save(str(place / "tokenizer.json"))
    return place


def forward(
    made: Architecture, given: dict[str, NDArray[np.float32]], ids: NDArray[np.int64], mask: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the vectors of token ids, shape (texts, hidden), computed step by step from the papers' formulas.

    Independent of what writes the graph: nothing but names and shapes is shared. In double precision.
    """
    held = {name: value.astype(np.float64) for name, value in given.items()}
    texts, length = ids.shape
    tokens = held["embeddings.word_embeddings.weight"][ids]
    tokens = tokens + held["embeddings.position_embeddings.weight"][np.arange(length)]
    tokens = tokens + held["embeddings.token_type_embeddings.weight"][np.zeros_like(ids)]
    tokens = _normed(held, "embeddings.LayerNorm", tokens, made.epsilon)
    for number in range(made.layers):
        layer = f"encoder.layer.{number}."
        split = (texts, length, made.heads, made.hidden // made.heads)
        query, key, value = (
            _dense(held, f"{layer}attention.self.{part}", tokens).reshape(split) for part in ("query", "key", "value")
        )
        scores = np.einsum("bqhd,bkhd->bhqk", query, key) / math.sqrt(split[-1])
        scores = np.where(mask[:, None, None, :] == 1, scores, -np.inf)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        mixed = np.einsum("bhqk,bkhd->bqhd", shares, value).reshape(texts, length, made.hidden)
        out = _dense(held, f"{layer}attention.output.dense", mixed)
        tokens = _normed(held, f"{layer}attention.output.LayerNorm", out + tokens, made.epsilon)
        wide = _dense(held, f"{layer}intermediate.dense", tokens)
        wide = wide * 0.5 * (1 + np.vectorize(math.erf)(wide / math.sqrt(2)))
        out = _dense(held, f"{layer}output.dense", wide)
        tokens = _normed(held, f"{layer}output.LayerNorm", out + tokens, made.epsilon)
    mean = (tokens * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
    pooled = tokens[:, 0] if made.pooling == "cls" else mean
    return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)


def _dense(held: dict[str, NDArray[np.float64]], name: str, tokens: NDArray[np.float64]) -> NDArray[np.float64]:
    return tokens @ held[f"{name}.weight"].T + held[f"{name}.bias"]


def _normed(
    held: dict[str, NDArray[np.float64]], name: str, tokens: NDArray[np.float64], epsilon: float
) -> NDArray[np.float64]:
    centred = tokens - tokens.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon)
    return scaled * held[f"{name}.weight"] + held[f"{name}.bias"]
