"""What is shipped is the wheel: it must hold all that programs read, and run without the source."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kiosk", "devices", "backend", "assets")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    for part in PACKAGES:
        shutil.copytree(ROOT / part, place / "source" / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, place / "source")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "-w", str(place), str(place / "source")], check=True, capture_output=True)
    return next(place.glob("checkstand-*.whl"))


@pytest.mark.smoke
def test_everything_a_program_reads_is_in_the_wheel(wheel: Path) -> None:
    kinds = {".varlink", ".kv", ".mo", ".wav", ".html", ".css", ".js"}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for part in PACKAGES
        for path in (ROOT / part).rglob("*")
        if path.suffix in kinds or path.name == "catalogue.csv" or path.parent.name == "brand"
    }
    names = set(zipfile.ZipFile(wheel).namelist())
    missing = {name for name in wanted - names if not name.endswith(".pyc") and "__pycache__" not in name}
    assert not missing
    assert not any(name.startswith("tests/") for name in names)


@pytest.mark.smoke
def test_the_programs_run_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target"]
    subprocess.run([*command, str(tmp_path / "installed"), str(wheel)], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-P", "-m", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    shutil.copy(ROOT / "config.example.toml", tmp_path)
    assert run("kiosk", "--version").startswith("kiosk ")
    assert '"ok": true' in run("kiosk", "check-config", "config.example.toml")
    for module in ("devices.scanner", "devices.printer", "devices.terminal", "backend"):
        assert "usage" in run(module, "--help")
