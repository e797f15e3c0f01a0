import importlib.util
from importlib.machinery import ModuleSpec

import pytest

from devices.printer import capabilities
from devices.printer.capabilities import CapabilitiesError, profile, profiles
from devices.printer.codepage import CodePage
from devices.settings.printer import PROFILES


def test_the_models_of_python_escpos_and_ours_are_what_the_configuration_allows() -> None:
    assert sorted(profiles()) == sorted(PROFILES)


@pytest.mark.parametrize(
    ("name", "columns", "dots", "process_id", "cut"),
    [
        ("TM-T88V", 42, 512, True, "partial"),
        ("TM-T20III", 48, 576, True, "partial"),
        ("TM-m30", 48, 576, True, "partial"),
        ("TM-T88III", 42, 512, False, "partial"),
        ("POS-5890", 32, 384, False, "none"),
        ("generic-80mm", 48, 576, False, "partial"),
    ],
)
def test_what_models_can_do(name: str, columns: int, dots: int, process_id: bool, cut: str) -> None:  # noqa: FBT001 - a column of the table
    made = profile(name)
    assert (made.columns, made.width_dots, made.process_id, made.cut) == (columns, dots, process_id, cut)


def test_the_euro_page_is_the_first_choice() -> None:
    assert profile("TM-T88V").code_pages[0] == CodePage(19, "cp858")


def test_an_unknown_model_is_told_with_all_known_ones() -> None:
    with pytest.raises(CapabilitiesError, match=r"'TM-T99' is not known; expected one of .*TM-T88V"):
        profile("TM-T99")


def test_without_the_package_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(importlib.util, "find_spec", nothing)
    monkeypatch.setattr(capabilities, "find_spec", nothing)
    profiles.cache_clear()
    with pytest.raises(CapabilitiesError, match="python-escpos is not installed"):
        profiles()
    monkeypatch.undo()
    assert "TM-T88V" in profiles()
