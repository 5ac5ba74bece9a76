"""What was learnt comes back from its folder, and what is damaged does not."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.adapters.heads import NAMES, NUMBERS, load, save
from pipeline.errors import Refused
from pipeline.learn import Model, fit

TEXTS = ["a red cat", "a blue car", "the red cat", "the blue car", "red red cat", "blue blue car"] * 3
VECTORS = np.tile(np.eye(2, dtype=np.float32), (9, 1))


@pytest.fixture(scope="module")
def model() -> Model:
    return fit(TEXTS, VECTORS, {"thing": ["cat", "car"] * 9, "größe": ["klein", "groß"] * 9})


def test_a_model_comes_back_as_it_was(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path / "m", embedder="e")
    loaded = load(tmp_path / "m", embedder="e", dimensions=2)
    for column, chances in model.predict(TEXTS, VECTORS).items():
        assert np.array_equal(loaded.predict(TEXTS, VECTORS)[column], chances)
        assert loaded.heads[column].labels == model.heads[column].labels


def test_saving_again_replaces_and_leaves_nothing_behind(model: Model, tmp_path: Path) -> None:
    for _ in range(2):
        save(model, tmp_path / "m", embedder="e")
    assert [path.name for path in tmp_path.iterdir()] == ["m"]
    assert sorted(path.name for path in (tmp_path / "m").iterdir()) == [NAMES, NUMBERS]


def test_vectors_of_another_embedder_are_refused(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path / "m", embedder="e")
    with pytest.raises(Refused, match="learnt with e"):
        load(tmp_path / "m", embedder="other", dimensions=2)
    with pytest.raises(Refused, match="do not fit"):
        load(tmp_path / "m", embedder="e", dimensions=3)


@pytest.mark.parametrize("name", [NAMES, NUMBERS])
@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04 broken", b"\x80\x04N."])
def test_a_damaged_folder_is_refused(model: Model, tmp_path: Path, name: str, content: bytes) -> None:
    save(model, tmp_path / "m", embedder="e")
    (tmp_path / "m" / name).write_bytes(content)
    with pytest.raises(Refused):
        load(tmp_path / "m", embedder="e", dimensions=2)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        load(tmp_path / "none", embedder="e", dimensions=2)


def test_a_pickle_within_is_never_run(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path / "m", embedder="e")
    with np.load(tmp_path / "m" / NUMBERS) as file:
        numbers = {key: file[key] for key in file.files}
    numbers["0.bias"] = np.array([print], dtype=object)
    np.savez(tmp_path / "m" / NUMBERS, **numbers)
    with pytest.raises(Refused):
        load(tmp_path / "m", embedder="e", dimensions=2)


def test_a_folder_of_another_format_says_what_to_do(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path / "m", embedder="e")
    names = json.loads((tmp_path / "m" / NAMES).read_text("utf-8"))
    (tmp_path / "m" / NAMES).write_text(json.dumps({**names, "format": 99}), "utf-8")
    with pytest.raises(Refused, match="triage train"):
        load(tmp_path / "m", embedder="e", dimensions=2)
