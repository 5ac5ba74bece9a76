"""Keeps what was learnt in a folder: numbers as npz, names as JSON, nothing that can run code."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import Refused
from pipeline.features import Block, Words
from pipeline.learn import Head, Model
from pipeline.nearness import NOBODY, Examples, Owners
from pipeline.tune import Choice

FORMAT = 3
NUMBERS = "heads.npz"
NAMES = "heads.json"


class Saved(TypedDict):
    """One head as the names file holds it."""

    column: str
    labels: list[str]
    choice: dict[str, float]


def save(model: Model, folder: Path, *, embedder: str) -> None:
    """Write the model so that the folder either holds all of it or does not exist.

    A folder that is there already is replaced; of two processes that save at once, one wins.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    np.savez_compressed(draft / NUMBERS, allow_pickle=False, **_numbers(model))
    (draft / NAMES).write_text(json.dumps(_names(model, embedder), ensure_ascii=False), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        draft.replace(folder)
    except OSError:  # somebody else has saved in the meantime; the same text gives the same model
        shutil.rmtree(draft, ignore_errors=True)


def may_replace(folder: Path) -> bool:
    """Whether the folder is free for a model: absent, empty, or a model's already."""
    return not folder.exists() or (folder.is_dir() and ((folder / NAMES).is_file() or not any(folder.iterdir())))


def made_with(folder: Path) -> str | None:
    """Return the name of the embedder that a folder's model was learnt with; None when it holds no model of ours."""
    try:
        names = json.loads((folder / NAMES).read_text("utf-8"))
        return str(names["embedder"]) if names["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load(folder: Path, *, embedder: str, dimensions: int) -> Model:
    """Read a model. Raises Refused when the folder is damaged, or was made with another embedder."""
    try:
        names = json.loads((folder / NAMES).read_text("utf-8"))
        with (folder / NUMBERS).open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            numbers = {key: file[key] for key in file.files}
        if names["format"] != FORMAT:
            raise Refused(f"{folder.name} was written by another version: run triage train again")
        if names["embedder"] != embedder:
            raise Refused(f"{folder.name} was learnt with {names['embedder']}, not with {embedder}")
        model = _model(names, numbers)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise Refused(f"{folder.name} cannot be read: {error}") from error
    if not _fits(model, dimensions):
        raise Refused(f"{folder.name} is damaged: its parts do not fit together")
    return model


def _names(model: Model, embedder: str) -> dict[str, object]:
    heads = [
        {"column": column, "labels": head.labels, "choice": asdict(head.choice)} for column, head in model.heads.items()
    ]
    return {"format": FORMAT, "embedder": embedder, "heads": heads}


def _numbers(model: Model) -> dict[str, NDArray[np.generic]]:
    found: dict[str, NDArray[np.generic]] = {
        "whole.columns": model.words.whole.columns,
        "whole.weights": model.words.whole.weights,
        "pieces.columns": model.words.pieces.columns,
        "pieces.weights": model.words.pieces.weights,
        "centre": model.examples.centre,
        "examples": model.examples.vectors.astype(np.float16),
    }
    for number, head in enumerate(model.heads.values()):
        found |= {
            f"{number}.vector": head.from_vector,
            f"{number}.words": head.from_words,
            f"{number}.bias": head.bias,
            f"{number}.owners": head.owners.places,
            f"{number}.shares": head.owners.shares,
        }
    return found


def _model(names: Mapping[str, list[Saved]], numbers: Mapping[str, NDArray[np.generic]]) -> Model:
    whole, pieces = (
        Block(numbers[f"{kind}.columns"].astype(np.int32), numbers[f"{kind}.weights"].astype(np.float32))
        for kind in ("whole", "pieces")
    )
    heads = {saved["column"]: _head(saved, numbers, number) for number, saved in enumerate(names["heads"])}
    examples = Examples(numbers["centre"].astype(np.float32), numbers["examples"].astype(np.float32))
    return Model(Words(whole, pieces), examples, heads)


def _head(saved: Saved, numbers: Mapping[str, NDArray[np.generic]], number: int) -> Head:
    def part(name: str) -> NDArray[np.float32]:
        return numbers[f"{number}.{name}"].astype(np.float32)

    return Head(
        labels=tuple(saved["labels"]),
        from_vector=part("vector"),
        from_words=part("words"),
        bias=part("bias"),
        owners=Owners(numbers[f"{number}.owners"].astype(np.int32), part("shares")),
        choice=Choice(**{name: float(value) for name, value in saved["choice"].items()}),
    )


def _fits(model: Model, dimensions: int) -> bool:
    centre, vectors = model.examples.centre, model.examples.vectors
    return (
        centre.shape == (dimensions,)
        and vectors.shape == (len(vectors), dimensions)
        and all(_head_fits(head, dimensions, model.words.width, len(vectors)) for head in model.heads.values())
    )


def _head_fits(head: Head, dimensions: int, width: int, examples: int) -> bool:
    labels = len(head.labels)
    return (
        head.from_vector.shape == (dimensions, labels)
        and head.from_words.shape == (width, labels)
        and head.bias.shape == head.owners.shares.shape == (labels,)
        and head.owners.places.shape == (examples,)
        and bool(np.isin(head.owners.places, [NOBODY, *range(labels)]).all())
        and head.choice.temperature > 0
    )
