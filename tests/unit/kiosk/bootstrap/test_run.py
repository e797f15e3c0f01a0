from pathlib import Path

import pytest

from kiosk.bootstrap import run
from kiosk.bootstrap.core_thread import BadConfigError
from kiosk.bootstrap.first_look import FirstLook
from kiosk.config import LaneTables
from kiosk.domain.receipt import Shop


@pytest.mark.parametrize(
    "text", ["[lane]\nnumber = 0.5", "[display]\nwidth = 5", "[lane", "[lane]\nnumbr = 3\nnumber = true"]
)
def test_a_bad_configuration_ends_with_its_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert run.main(["--config", str(path)]) == run.BAD_INPUT
    said = capsys.readouterr().err
    assert said
    assert "Traceback" not in said


def test_the_strict_settings_give_the_same_first_look() -> None:
    assert run._look_of(LaneTables()) == FirstLook()


def test_the_presenters_know_the_lane() -> None:
    lane = run._lane(FirstLook(theme="dark", number=7), Shop("Minzel"))
    assert (lane.number, lane.theme, lane.country, lane.shop.name) == ("7", "dark", "DE", "Minzel")
    assert lane.pictures.endswith("rendered")


@pytest.mark.parametrize(
    ("failure", "code"), [(None, 0), (RuntimeError("disk"), run.FAILED), (BadConfigError("x"), run.BAD_INPUT)]
)
def test_how_it_ended_is_its_exit_code(
    failure: BaseException | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run._exit_code(failure) == code
    assert capsys.readouterr().err == ("x\n" if isinstance(failure, BadConfigError) else "")
