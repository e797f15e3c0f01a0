from pathlib import Path

import pytest

from devices.printer import fonts
from devices.printer.fonts import font_file


@pytest.fixture(autouse=True)
def afresh() -> None:
    font_file.cache_clear()
    fonts._installed.cache_clear()


def test_the_first_choice_that_is_installed_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "noto").mkdir()
    for name in ("DejaVuSans.ttf", "noto/NotoNaskhArabic-Regular.ttf", "NotoSans-Regular.ttf", "readme.txt"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(fonts, "_SYSTEM", (tmp_path,))
    monkeypatch.setattr(fonts, "_packaged", tuple)
    assert font_file("ARABIC") == tmp_path / "noto" / "NotoNaskhArabic-Regular.ttf"
    assert font_file("HEBREW") == tmp_path / "DejaVuSans.ttf"
    assert font_file("LATIN") == tmp_path / "NotoSans-Regular.ttf"
    assert font_file("THAI") is None


def test_fonts_inside_a_package_are_the_last_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_SYSTEM", ())
    found = font_file("ARABIC")
    assert found is None or found.name == "DejaVuSans.ttf"
    monkeypatch.setattr(fonts, "find_spec", lambda _name: None)
    assert fonts._packaged() == ()
