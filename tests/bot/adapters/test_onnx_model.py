"""The translated model says what the original says, and whatever is wrong with it, torch is there."""

from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from bot.adapters import embedder as module
from bot.adapters.embedder import encode, load
from bot.adapters.onnx_export import export, onnx_file
from bot.adapters.onnx_model import TOKENIZER, WINDOW, OnnxTransformer
from bot.adapters.packaged_model import packaged_model
from pipeline.errors import Refused

TEXTS = [
    "",
    "?",
    "🙂",
    "Where is my parcel?",
    "Ich wurde zweimal belastet und niemand antwortet mir.",
    "パスワードを忘れました",
    "The export stops at 40 % with error E-4012. " * 8,
    "word " * 600,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translated")
    export(packaged_model(), onnx_file(folder))
    return folder


def test_it_gives_the_original_s_vectors(folder: Path) -> None:
    ours, torch = load("", folder), load("")
    assert isinstance(ours, OnnxTransformer)
    assert ours.max_seq_length == torch.max_seq_length
    assert ours.get_embedding_dimension() == torch.get_embedding_dimension()
    assert np.abs(encode(ours, TEXTS) - encode(torch, TEXTS)).max() < 1e-5
    whole = ours.encode(["word " * 600], batch_size=1) - torch.encode(["word " * 600], batch_size=1)
    assert np.abs(whole).max() < 1e-5  # a window that is too long is cut where the original cuts it


def test_neighbours_do_not_change_a_vector(folder: Path) -> None:
    ours = load("", folder)
    together = ours.encode(TEXTS, batch_size=3)
    alone = np.vstack([ours.encode([text], batch_size=1) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-6
    assert ours.encode([], batch_size=3).shape == (0, 384)


def test_tokens_are_counted_without_the_model_s_own(folder: Path) -> None:
    [spans] = load("", folder).tokenizer(["Good, please"])["offset_mapping"]
    assert spans == [(0, 4), (4, 5), (6, 12)]
    [many] = load("", folder).tokenizer(["word " * 600])["offset_mapping"]
    assert len(many) == 600 > WINDOW


def test_a_damaged_translation_is_made_anew(folder: Path, tmp_path: Path) -> None:
    onnx_file(tmp_path).write_bytes(onnx_file(folder).read_bytes()[:5000])
    assert isinstance(load("", tmp_path), OnnxTransformer)
    assert onnx_file(tmp_path).stat().st_size > 10_000_000
    assert [path.name for path in tmp_path.iterdir()] == [onnx_file(tmp_path).name]


def test_where_it_cannot_be_translated_torch_does_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: Path, target: Path) -> None:
        raise Refused("the two do not agree")

    monkeypatch.setattr(module, "export", fails)
    with capture_logs() as logs:
        model = load("", tmp_path)
    assert not isinstance(model, OnnxTransformer)
    assert [(log["event"], log["reason"]) for log in logs] == [("embedder.not_translated", "the two do not agree")]
    assert encode(model, ["ok"]).shape == (1, 384)


def test_a_translation_that_differs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def drifted(self: OnnxTransformer, inputs: list[str], **_: object) -> np.ndarray:
        return np.zeros((len(inputs), 384), np.float32)

    monkeypatch.setattr(OnnxTransformer, "encode", drifted)
    with pytest.raises(Refused, match="differs"):
        export(packaged_model(), onnx_file(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_tokenizer_lies_beside_the_weights() -> None:
    assert (packaged_model() / TOKENIZER).is_file()
