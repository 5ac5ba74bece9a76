"""The packaged model on onnxruntime: no torch to import, and threads that do not fight for the cores."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.adapters.packaged_model import DIMENSIONS
from bot.adapters.windows import Span

Vectors = NDArray[np.float32]

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "vectors"
TOKENIZER = "tokenizer.json"  # beside the original weights
WINDOW = 256  # tokens that the model was made for; of a longer text the rest is cut off
PADDED = 8_192  # tokens a call, padding included, which bounds the memory


class OnnxTransformer:
    """Answers as a SentenceTransformer does, for what we use of one.

    While its threads wait they sleep instead of spinning: on a machine whose cores are all in use, torch's
    spinning threads made one call take half a second, and these 10 ms.
    """

    max_seq_length = WINDOW

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        import onnxruntime  # here, for who does not embed shall not load it
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count() or 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def tokenizer(self, texts: list[str], **_options: object) -> dict[str, list[list[Span]]]:
        """Return where each text's tokens start and end, the model's own left out."""
        return {"offset_mapping": [e.offsets for e in self._tokenizer.encode_batch(texts, add_special_tokens=False)]}

    def encode(self, inputs: list[str], *, batch_size: int, **_options: object) -> Vectors:
        """Return unit vectors of shape (inputs, dimensions)."""
        tokens = [_within(encoding.ids) for encoding in self._tokenizer.encode_batch(inputs)]
        vectors = np.zeros((len(inputs), DIMENSIONS), np.float32)
        for rows in _batches([len(ids) for ids in tokens], batch_size):
            vectors[rows] = self._run([tokens[row] for row in rows])
        return vectors

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return DIMENSIONS

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, several in enumerate(tokens):
            ids[row, : len(several)] = several
            mask[row, : len(several)] = 1
        [vectors] = self._session.run([OUTPUT], dict(zip(INPUTS, (ids, mask, np.zeros_like(ids)), strict=True)))
        return np.asarray(vectors, np.float32)


def _within(ids: list[int]) -> list[int]:
    return ids if len(ids) <= WINDOW else [*ids[: WINDOW - 1], ids[-1]]


def _batches(lengths: Sequence[int], largest: int) -> Iterator[list[int]]:
    """Yield the rows, the longest first, so that neighbours need little padding."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and (len(batch) == largest or lengths[batch[0]] * (len(batch) + 1) > PADDED):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
