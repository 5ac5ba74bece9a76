"""Amendments as bytes: numbers as npz, names as JSON inside, nothing that can run code."""

import io
import json
from collections.abc import Mapping
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from pipeline.amend import Amendment, Amendments
from pipeline.errors import Refused
from pipeline.features import Block, Words

FORMAT = 1
_PARTS = ("from_vector", "from_words", "bias")

Arrays = Mapping[str, NDArray[np.generic]]


def pack(amendments: Amendments, *, embedder: str) -> bytes:
    """Return the amendments as bytes. They hold weights of words, and no text."""
    columns = {name: list(each.labels) for name, each in amendments.columns.items()}
    names = json.dumps({"format": FORMAT, "embedder": embedder, "columns": columns}, ensure_ascii=False)
    numbers: dict[str, NDArray[np.generic]] = {"names": np.frombuffer(names.encode(), np.uint8)}
    for kind in ("whole", "pieces"):
        block: Block = getattr(amendments.words, kind)
        numbers |= {f"{kind}.columns": block.columns, f"{kind}.weights": block.weights}
    for place, each in enumerate(amendments.columns.values()):
        numbers |= {f"{place}.{part}": getattr(each, part) for part in _PARTS}
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **numbers)
    return packed.getvalue()


def unpack(content: bytes, *, embedder: str, dimensions: int) -> Amendments:
    """Read amendments. Raises Refused when they are damaged, or were made with another embedder."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            numbers = {key: file[key] for key in file.files}
        names = json.loads(bytes(numbers["names"]))
        if (names["format"], names["embedder"]) != (FORMAT, embedder):
            raise Refused("these amendments were learnt with another version or another embedder")
        columns = {
            name: _amendment(labels, numbers, place) for place, (name, labels) in enumerate(names["columns"].items())
        }
        amendments = Amendments(Words(_block(numbers, "whole"), _block(numbers, "pieces")), columns)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise Refused(f"these amendments cannot be read: {error}") from error
    if not all(_fits(each, dimensions, amendments.words.width) for each in columns.values()):
        raise Refused("these amendments are damaged: their parts do not fit together")
    return amendments


def _block(numbers: Arrays, kind: str) -> Block:
    return Block(numbers[f"{kind}.columns"].astype(np.int32), numbers[f"{kind}.weights"].astype(np.float32))


def _amendment(labels: list[str], numbers: Arrays, place: int) -> Amendment:
    from_vector, from_words, bias = (numbers[f"{place}.{part}"].astype(np.float32) for part in _PARTS)
    return Amendment(tuple(labels), from_vector, from_words, bias)


def _fits(one: Amendment, dimensions: int, width: int) -> bool:
    labels = len(one.labels)
    shapes = (one.from_vector.shape, one.from_words.shape, one.bias.shape)
    return shapes == ((dimensions, labels), (width, labels), (labels,))
