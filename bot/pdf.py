"""A PDF -> its text, page by page, within limits."""

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from pipeline.document import LONGEST, Page, Section
from pipeline.errors import Refused

MOST_PAGES = 2_000


def read_pdf(raw: bytes) -> Page:
    """Read a PDF that holds text. Raises Refused for one that is encrypted, damaged or made of pictures."""
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            raise Refused("it is encrypted: save it without a password")
        if len(reader.pages) > MOST_PAGES:
            raise Refused(f"it has more than {MOST_PAGES} pages: split it")
        title = str((reader.metadata and reader.metadata.title) or "").strip()
        sections = []
        for number, page in enumerate(reader.pages, start=1):
            if text := page.extract_text().strip():
                sections.append(Section(f"Page {number}", text))
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise Refused(f"it cannot be read as PDF: {type(error).__name__}") from error
    if not sections:
        raise Refused("it holds no text, only pictures: run it through text recognition first")
    if sum(len(section.text) for section in sections) > LONGEST:
        raise Refused(f"it holds more than {LONGEST:,} characters: split it")
    return Page(title, "", tuple(sections))
