from pathlib import Path

import kivy

from kiosk.ui.fonts import FACES, Face, find


def test_the_best_file_of_the_first_folder_wins(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, name in ((first, "second.ttf"), (second, "first.otf"), (second, "second.ttf")):
        folder.mkdir(exist_ok=True)
        (folder / name).touch()
    face = Face(("first.otf", "second.ttf"), "Roboto-Regular.ttf")
    assert find(face, tmp_path, (first, second)) == first / "second.ttf"
    assert find(face, tmp_path, (second,)) == second / "first.otf"


def test_without_the_packages_kivys_own_faces_serve(tmp_path: Path) -> None:
    for face in FACES.values():
        assert find(face, tmp_path, (tmp_path / "none",)) == tmp_path / face.fallback


def test_every_fallback_is_shipped_by_kivy() -> None:
    shipped = Path(kivy.__file__).parent / "data" / "fonts"
    assert all((shipped / face.fallback).is_file() for face in FACES.values())
