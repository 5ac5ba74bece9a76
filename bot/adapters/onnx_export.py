"""Translates the packaged model for onnxruntime, once per machine, and checks that it says the same."""

import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from bot.adapters.onnx_model import INPUTS, OUTPUT, TOKENIZER, OnnxTransformer
from bot.adapters.packaged_model import NAME
from pipeline.errors import Refused

OPSET = 17
AXES = {0: "texts", 1: "tokens"}
HEADS, HIDDEN = 12, 384  # of the packaged model, which the optimiser wants to be told
APART = 1e-4  # the most that a component of the two models' vectors may differ
PROBES = (
    "I was charged twice for March.",
    "ok",
    "The export fails with error E-4012 since the update, and nobody answers. " * 12,
    "Können Sie mir bitte helfen? Mein Konto ist gesperrt.",
)


def onnx_file(folder: Path) -> Path:
    """Return where the translated model is kept; the number rises with each change of how it is made."""
    return folder / f"{NAME}-1.onnx"


def export(source: Path, target: Path) -> None:
    """Write the model at `source` to `target`, which then is either whole or not there.

    Takes some seconds and about a gigabyte of memory. Raises Refused when the two models do not agree.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    without_progress_bars()
    with tempfile.TemporaryDirectory(prefix=".onnx-", dir=target.parent) as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that are fixed here on purpose
        draft = Path(folder) / target.name
        _translate(source, draft)
        _check(source, draft)
        draft.replace(target)


def without_progress_bars() -> None:
    """Keep the package from drawing bars for a model that loads in a moment."""
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the package types most of itself


def _translate(source: Path, target: Path) -> None:
    import torch
    from onnxruntime.transformers.optimizer import optimize_model
    from transformers import AutoModel

    class Sentence(torch.nn.Module):
        """The transformer, the mean over its tokens, and that mean at length one."""

        def __init__(self) -> None:
            super().__init__()
            # "eager" is the attention whose steps the optimiser knows and puts together again.
            self.transformer = AutoModel.from_pretrained(source, attn_implementation="eager", local_files_only=True)

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            states = self.transformer(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            shown = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * shown).sum(1) / shown.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, p=2.0, dim=1)

    ids = torch.tensor([[101, 7592, 2088, 102], [101, 7592, 102, 0]])
    torch.onnx.export(
        Sentence().eval(),
        (ids, (ids > 0).long(), torch.zeros_like(ids)),
        str(target),
        input_names=list(INPUTS),
        output_names=[OUTPUT],
        dynamic_axes={**dict.fromkeys(INPUTS, AXES), OUTPUT: {0: "texts"}},
        opset_version=OPSET,
        dynamo=False,  # the other exporter needs a package more and gives the same graph
    )
    optimize_model(str(target), model_type="bert", num_heads=HEADS, hidden_size=HIDDEN, opt_level=0).save_model_to_file(
        str(target)
    )


def _check(source: Path, draft: Path) -> None:
    from sentence_transformers import SentenceTransformer

    torch_model = SentenceTransformer(str(source), device="cpu", local_files_only=True)
    wanted = torch_model.encode(list(PROBES), normalize_embeddings=True, show_progress_bar=False)
    found = OnnxTransformer(draft, source / TOKENIZER).encode(list(PROBES), batch_size=len(PROBES))
    if (apart := float(np.abs(wanted - found).max())) > APART:
        raise Refused(f"the model for onnxruntime differs from the original by {apart:.1g}")
