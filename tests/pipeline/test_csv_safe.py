"""No cell of a CSV is read as a formula, and numbers stay numbers."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.csv_safe import as_csv


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n="])
def test_what_would_start_a_formula_gets_an_apostrophe(start: str) -> None:
    [row] = csv.reader(io.StringIO(as_csv([(f"{start}1+1", -2.5, None)]), newline=""))
    assert row == [f"'{start}1+1", "-2.5", ""]


@given(st.lists(st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"])), min_size=1))
def test_every_text_comes_back_and_none_starts_a_formula(cells: list[str]) -> None:
    [row] = csv.reader(io.StringIO(as_csv([[*cells, 1]]), newline=""))
    assert [cell.removeprefix("'") if cell != given else cell for cell, given in zip(row, cells, strict=False)] == cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
