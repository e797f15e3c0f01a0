"""The command: draws, says what it did in a sentence, and says nothing when there is nothing to do."""

from pathlib import Path

import pytest

from assets.pictures.__main__ import main
from assets.pictures.emoji import find
from assets.pictures.pack import Pack, Plain
from assets.pictures.pictures_table import PICTURES

FEW: dict[str, Plain | Pack] = {key: PICTURES[key] for key in ("banana", "milk-carton", "wine")}


@pytest.mark.skipif(find() is None, reason="no colour emoji font is installed here")
def test_it_draws_once_and_then_keeps_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)], pictures=FEW) == 0
    assert capsys.readouterr().out == "Drew 3 product pictures.\n"
    assert {path.stem for path in tmp_path.glob("*.png")} == set(FEW)
    assert main([str(tmp_path)], pictures=FEW) == 0
    assert capsys.readouterr().out == ""


def test_without_a_font_it_draws_letters_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)], fonts=(), pictures=FEW) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "letters only" in said
    assert "fonts-noto-color-emoji" in said
    assert {path.stem for path in tmp_path.glob("*.png")} == set(FEW)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    assert main([str(blocked)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(str(blocked))
    assert said.count("\n") == 1
