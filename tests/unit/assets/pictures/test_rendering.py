"""Rendering: once, again only when something changed, and nothing left over."""

from pathlib import Path

import pytest
from PIL import Image

from assets.pictures.pack import Pack, Plain
from assets.pictures.rendering import Outcome, render, stamp

FEW: dict[str, Plain | Pack] = {
    "jam": Pack("jar", "#A81E48", "#FCEBF0", "#F4F6F7"),
    "tofu": Pack("butter", "#F3EFE2", "#4E9A3B"),
}


def test_pictures_are_drawn_once(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    assert render(folder, None, FEW) == Outcome(2, 2)
    first = (folder / "jam.png").stat().st_mtime_ns
    assert render(folder, None, FEW) == Outcome(0, 2)
    assert (folder / "jam.png").stat().st_mtime_ns == first
    assert sorted(path.name for path in folder.iterdir()) == [".stamp", "jam.png", "tofu.png"]
    with Image.open(folder / "jam.png") as picture:
        assert (picture.mode, picture.size) == ("RGBA", (224, 224))


def test_a_picture_that_is_gone_comes_again_and_a_stranger_goes(tmp_path: Path) -> None:
    render(tmp_path, None, FEW)
    (tmp_path / "jam.png").unlink()
    (tmp_path / "stranger.png").touch()
    assert render(tmp_path, None, FEW) == Outcome(2, 2)
    assert sorted(path.stem for path in tmp_path.glob("*.png")) == ["jam", "tofu"]


def test_a_run_cut_short_is_done_again(tmp_path: Path) -> None:
    render(tmp_path, None, FEW)
    (tmp_path / ".stamp").unlink()
    assert render(tmp_path, None, FEW).drawn == 2


def test_the_stamp_follows_sources_keys_and_font(tmp_path: Path) -> None:
    source, font = tmp_path / "a.py", tmp_path / "font.ttf"
    source.write_text("1")
    font.write_bytes(b"one")
    before = stamp(font, FEW, tmp_path)
    assert stamp(font, FEW, tmp_path) == before
    assert stamp(None, FEW, tmp_path) != before
    assert stamp(font, {}, tmp_path) != before
    font.write_bytes(b"two")
    assert stamp(font, FEW, tmp_path) != before
    font.write_bytes(b"one")
    source.write_text("2")
    assert stamp(font, FEW, tmp_path) != before


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(FileExistsError):
        render(blocked, None, FEW)
