"""CTranslate2's Whisper weights in whisper.cpp's format, so that both can hear the same meeting with the same model.

    python benchmarks/ggml.py models/weights/base base.bin

Formats: CTranslate2's `python/ctranslate2/specs/model_spec.py` (binary version 6) and whisper.cpp's
`models/convert-pt-to-ggml.py`. Linear weights become q8_0 (blocks of 32 bytes under one scale), the nearest to
CTranslate2's int8; convolutions stay f16, what is small f32.
"""

import argparse
import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray

Array = NDArray[np.float32]

F32, F16, Q8 = 0, 1, 8
MOSTLY_Q8 = 7
TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
SPECIAL = 50257
"""Tokens of the multilingual vocabulary before the special ones, which whisper.cpp makes itself."""


def weights(file: BinaryIO) -> dict[str, Array]:
    """Every variable of a CTranslate2 model by name."""

    def number(form: str) -> int:
        return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])

    def text() -> str:
        return file.read(number("<H")).rstrip(b"\0").decode()

    version, _, _ = number("<I"), text(), number("<I")
    if version != 6:
        raise SystemExit(f"The model is of binary version {version}; only 6 is known here.")
    found = {}
    for _ in range(number("<I")):
        name, rank = text(), number("<B")
        shape = [number("<I") for _ in range(rank)]
        kind = TYPES[number("<B")]
        data = np.frombuffer(file.read(number("<I")), kind)
        found[name] = data.reshape(shape).astype(np.float32)
    return found


def tensors(found: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    """The same weights as OpenAI names them."""
    yield "encoder.positional_embedding", found["encoder/position_encodings/encodings"]
    yield "decoder.positional_embedding", found["decoder/position_encodings/encodings"]
    yield "decoder.token_embedding.weight", found["decoder/embeddings/weight"]
    for number in (1, 2):
        yield f"encoder.conv{number}.weight", found[f"encoder/conv{number}/weight"]
        yield f"encoder.conv{number}.bias", found[f"encoder/conv{number}/bias"].reshape(-1, 1)
    yield from _norm(found, "encoder/layer_norm", "encoder.ln_post")
    yield from _norm(found, "decoder/layer_norm", "decoder.ln")
    for side in ("encoder", "decoder"):
        for number in range(_layers(found, side)):
            yield from _layer(found, f"{side}/layer_{number}", f"{side}.blocks.{number}")


def write(found: Mapping[str, Array], vocabulary: list[bytes], file: BinaryIO) -> None:
    """The whole model: its sizes, the mel filters, the vocabulary, the tensors."""
    state = found["decoder/embeddings/weight"].shape[1]
    filters = FeatureExtractor(feature_size=found["encoder/conv1/weight"].shape[1]).mel_filters.astype(np.float32)
    sizes = [
        *(len(found["decoder/embeddings/weight"]), len(found["encoder/position_encodings/encodings"])),
        *(state, state // 64, _layers(found, "encoder"), len(found["decoder/position_encodings/encodings"])),
        *(state, state // 64, _layers(found, "decoder"), len(filters), MOSTLY_Q8),
    ]
    file.write(struct.pack("<12i", 0x67676D6C, *sizes))
    file.write(struct.pack("<2i", *filters.shape) + filters.tobytes())
    file.write(struct.pack("<i", SPECIAL))
    file.writelines(struct.pack("<I", len(token)) + token for token in vocabulary[:SPECIAL])
    for name, tensor in tensors(found):
        kind = _kind(name, tensor)
        shape = tensor.shape[::-1]
        file.write(struct.pack(f"<{3 + len(shape)}i", len(shape), len(name), kind, *shape) + name.encode())
        file.write(_packed(tensor, kind))


def _layers(found: Mapping[str, Array], side: str) -> int:
    return sum(name.startswith(f"{side}/layer_") and name.endswith("ffn/linear_0/weight") for name in found)


def _layer(found: Mapping[str, Array], ours: str, theirs: str) -> Iterator[tuple[str, Array]]:
    yield from _norm(found, f"{ours}/self_attention/layer_norm", f"{theirs}.attn_ln")
    parts = ("query", "key", "value")
    yield from _linear(found, f"{ours}/self_attention/linear_0", f"{theirs}.attn", parts)
    yield from _linear(found, f"{ours}/self_attention/linear_1", f"{theirs}.attn", ("out",))
    if f"{ours}/attention/linear_0/weight" in found:
        yield from _norm(found, f"{ours}/attention/layer_norm", f"{theirs}.cross_attn_ln")
        for number, some in enumerate((("query",), ("key", "value"), ("out",))):
            yield from _linear(found, f"{ours}/attention/linear_{number}", f"{theirs}.cross_attn", some)
    yield from _norm(found, f"{ours}/ffn/layer_norm", f"{theirs}.mlp_ln")
    yield from _linear(found, f"{ours}/ffn/linear_0", f"{theirs}.mlp", ("0",))
    yield from _linear(found, f"{ours}/ffn/linear_1", f"{theirs}.mlp", ("2",))


def _norm(found: Mapping[str, Array], ours: str, theirs: str) -> Iterator[tuple[str, Array]]:
    yield f"{theirs}.weight", found[f"{ours}/gamma"]
    yield f"{theirs}.bias", found[f"{ours}/beta"]


def _linear(found: Mapping[str, Array], ours: str, theirs: str, parts: tuple[str, ...]) -> Iterator[tuple[str, Array]]:
    """One matrix, or several that lie in one another's prolongation; a key has no bias."""
    whole, biases = (np.split(found[f"{ours}/{what}"], len(parts)) for what in ("weight", "bias"))
    for part, weight, bias in zip(parts, whole, biases, strict=True):
        yield f"{theirs}.{part}.weight", weight
        if part != "key":
            yield f"{theirs}.{part}.bias", bias


def _kind(name: str, tensor: Array) -> int:
    if tensor.ndim < 2 or name.endswith(("conv1.bias", "conv2.bias", "positional_embedding")):
        return F32
    return F16 if tensor.ndim == 3 else Q8


def _packed(tensor: Array, kind: int) -> bytes:
    if kind != Q8:
        return tensor.astype(np.float16 if kind == F16 else np.float32).tobytes()
    blocks = tensor.reshape(-1, 32)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / 127
    whole = np.rint(blocks / np.where(scale == 0, 1, scale)).astype(np.int8)
    return np.concatenate([scale.astype(np.float16).view(np.int8), whole], axis=1).tobytes()


def tokens(folder: Path) -> list[bytes]:
    """The vocabulary as bytes, in order: GPT-2 writes each byte as a letter."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in plain]
    byte_of = {chr(byte): byte for byte in plain} | {chr(256 + n): byte for n, byte in enumerate(others)}
    listed = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    ordered = sorted(listed, key=listed.__getitem__)[:SPECIAL]
    return [bytes(byte_of[letter] for letter in token if letter in byte_of) for token in ordered]


def convert(folder: Path, target: Path) -> None:
    """Write the model of a folder to a file."""
    with (folder / "model.bin").open("rb") as source, target.open("wb") as file:
        write(weights(source), tokens(folder), file)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    convert(asked.folder, asked.target)
