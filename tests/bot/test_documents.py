"""triage docs add: files come in by heading, change with the file, and say what is wrong with them."""

from pathlib import Path

import pytest

from bot.pdf import read_pdf
from pipeline.errors import Refused
from tests.bot.command import BY_WORDS, Run

HANDBOOK = "# Refunds\n\nWe refund within thirty days.\n\n# Exports\n\nChoose CSV, or ask ana@example.com.\n"


@pytest.fixture(autouse=True)
def by_words(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv(*BY_WORDS)


def pdf(text: str) -> bytes:
    """A document of one page, as small as one can be."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_a_folder_of_documents_is_found_by_its_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs" / "more").mkdir(parents=True)
    (tmp_path / "docs" / "billing.md").write_text(HANDBOOK)
    (tmp_path / "docs" / "more" / "page.html").write_text("<title>Printers</title><h2>Paper</h2><p>Open tray two.</p>")
    (tmp_path / "docs" / "note.txt").write_text("The roadmap is published on Mondays.")
    (tmp_path / "docs" / "leaflet.pdf").write_bytes(pdf("Our warranty covers seven years."))
    (tmp_path / "docs" / "picture.png").write_bytes(b"\x89PNG")
    [told] = run("docs", "add", "docs", "--url", "https://help.example.com/").lines
    assert (told["documents"], told["added"], told["wrong"]) == (4, 5, 0)

    [best] = run("search", "refund within thirty days", "--json", "--k", "1").lines
    assert (best["question"], best["url"], best["document"]) == (
        "Refunds",
        "https://help.example.com/billing",
        "billing.md",
    )
    [best] = run("search", "tray", "--json", "--k", "1").lines
    assert (best["title"], best["url"]) == ("Printers", "https://help.example.com/more/page")
    assert "seven years" in run("search", "warranty", "--json", "--k", "1").lines[0]["answer"]
    assert "ana@" not in run("search", "csv", "--json").out


def test_a_document_that_changed_is_replaced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "billing.md"
    file.write_text(HANDBOOK)
    assert run("docs", "add", "billing.md").lines[0]["added"] == 2
    [told] = run("docs", "add", "billing.md").lines
    assert (told["added"], told["kept"], told["removed"]) == (0, 2, 0)
    file.write_text(HANDBOOK.replace("thirty days", "a fortnight"))
    [told] = run("docs", "add", "billing.md").lines
    assert (told["added"], told["kept"], told["removed"]) == (1, 1, 1)
    assert "thirty" not in run("search", "refund thirty fortnight", "--json").out


def test_what_cannot_be_read_is_named_and_the_rest_comes_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "docs" / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "docs" / "c.md").write_text("# Ok\n\nIt works.")
    status, out, err = run("docs", "add", "docs")
    assert status == 1
    assert '"documents": 1' in out and '"wrong": 2' in out
    assert "a.txt: it is not UTF-8" in err
    assert "b.pdf: it cannot be read as PDF" in err


@pytest.mark.parametrize(
    ("typed", "said"),
    [(("docs", "add", "picture.png"), "None of these"), (("docs", "add", "c.md", "--url", "ftp://x"), "--url")],
)
def test_bad_use_is_explained(run: Run, tmp_path: Path, typed: tuple[str, ...], said: str) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    (tmp_path / "c.md").write_text("# Ok")
    ran = run(*typed)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_pdf_of_pictures_alone_is_refused() -> None:
    with pytest.raises(Refused, match="only pictures"):
        read_pdf(pdf(""))
