"""`make check` must fail on what it is there to catch: each test plants one fault in a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("planted")
    for part in ("kiosk", "devices", "backend", "assets"):
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__", "rendered"))
    shutil.copy(ROOT / "pyproject.toml", place)
    shutil.copy(ROOT / "README.md", place)
    return place


def _run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    program = [str(BIN / command[0]), *command[1:]]
    # The copy must come before the installed project, so its own folder is the only path given.
    environment = {"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(program, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def _planted(path: Path, change: Callable[[str], str]) -> Callable[[], None]:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, f"nothing planted in {path}"
    path.write_text(after, encoding="utf-8")

    def mend() -> None:
        path.write_text(before, encoding="utf-8")

    return mend


def test_the_clean_copy_keeps_its_contracts(copy: Path) -> None:
    done = _run(copy, "lint-imports", "--no-cache")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("kiosk/domain/money.py", "import sqlite3", "The shop decides without a world"),
        ("kiosk/checkout/visit.py", "import time", "The shop decides without a world"),
        ("devices/terminal/zvt/apdu.py", "import asyncio", "Bytes in, events out"),
        ("devices/printer/status.py", "import asyncio", "Bytes in, events out"),
        ("devices/scanner/decoder.py", "import asyncio", "Bytes in, events out"),
        ("kiosk/ui/screens/basket.py", "import kiosk.store.sales", "The screen knows no store and no wire"),
        ("devices/printer/driver.py", "import kiosk.domain.money", "Devices know bytes, never the shop"),
        ("backend/errors.py", "import kiosk.store.sales", "The backend knows the shop's values"),
    ],
)
def test_a_planted_import_is_found(copy: Path, place: str, line: str, contract: str) -> None:
    marker = "from __future__ import annotations\n"

    def plant(text: str) -> str:
        if marker in text:
            return text.replace(marker, f"{marker}\n{line}\n", 1)
        end = text.index('"""', 3) + 3
        return f"{text[:end]}\n\n{line}\n{text[end:]}"

    mend = _planted(copy / place, plant)
    done = _run(copy, "lint-imports", "--no-cache")
    mend()
    assert done.returncode != 0
    broken = [text for text in done.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(contract) for text in broken), done.stdout


@pytest.mark.parametrize(
    ("place", "case"),
    [
        (
            "kiosk/domain/sale.py",
            (
                "            case Complete(receipt_no):\n"
                "                return replace(self, receipt_no=receipt_no)\n"
            ),
        ),
        ("kiosk/checkout/visit.py", "        case Ticked():\n            return _ticked(session)\n"),
        ("kiosk/core/lane.py", "            case Play(sound):\n                world.speaker.play(sound)\n"),
    ],
)
def test_a_removed_case_is_found(copy: Path, place: str, case: str) -> None:
    mend = _planted(copy / place, lambda text: text.replace(case, ""))
    done = _run(
        copy,
        "mypy",
        "--no-incremental",
        "--config-file",
        "pyproject.toml",
        "--follow-imports",
        "silent",
        place,
    )
    mend()
    assert done.returncode != 0
    assert "assert_never" in done.stdout, done.stdout


def test_a_function_over_its_cap_and_an_empty_name_are_found(copy: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    import caps  # noqa: PLC0415  the check beside this test

    long = "def much() -> None:\n" + "    print()\n" * 61
    made = copy / "kiosk" / "helpers.py"
    made.write_text(f'"""A plant."""\n\n\n{long}', encoding="utf-8")
    found = [sentence for sentence in caps.breaches(copy) if "helpers" in sentence]
    made.unlink()
    assert any("much has 62 lines" in sentence for sentence in found)
    assert any("a name that says nothing" in sentence for sentence in found)


def test_a_file_without_a_twin_is_found(copy: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    import twins  # noqa: PLC0415  the check beside this test

    made = copy / "kiosk" / "domain" / "lonely.py"
    made.write_text('"""A plant."""\n\n\ndef alone() -> None:\n    """Do nothing."""\n', encoding="utf-8")
    found = [sentence for sentence in twins.missing(copy) if "lonely" in sentence]
    made.unlink()
    assert found == ["kiosk/domain/lonely.py: expected its test at tests/unit/kiosk/domain/test_lonely.py"]
