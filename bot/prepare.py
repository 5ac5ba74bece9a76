"""triage prepare: translate the embedding model and learn the shipped text now, instead of at the first start."""

from bot.adapters.classifier import LocalClassifier
from bot.adapters.embedder import LocalEmbedder
from bot.database import make_folder
from bot.logs import configure
from bot.settings import load_settings


async def prepare() -> None:
    """Make what the engine needs where the product looks for it. Raises Unavailable without an embedder."""
    settings = load_settings()
    configure(settings.log, quiet=True)
    make_folder(settings.data_dir)
    await LocalClassifier(LocalEmbedder(settings.embedder, settings.kept_dir), settings.kept_dir).warm()
