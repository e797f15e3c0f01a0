"""Hold every source file against its test twin: kiosk/a/b.py has tests/unit/kiosk/a/test_b.py."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

SOURCE = ("kiosk", "devices", "backend", "assets")
# Drawn on a screen, so tested by the pictures of tests/screens, one test a screen or widget.
DRAWN = ("kiosk/ui/screens/", "kiosk/ui/widgets/")


def twin(source: Path) -> Path:
    """Give the place of a source file's test."""
    name = "test_main.py" if source.name == "__main__.py" else f"test_{source.name}"
    return Path("tests/unit") / source.parent / name


def needs_twin(root: Path, source: Path) -> bool:
    """Tell whether a file holds anything to test: not tables, not packages that only name their parts."""
    if source.stem.endswith("_table") or source.as_posix().startswith(DRAWN):
        return False
    tree = ast.parse((root / source).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(node, kinds) for node in tree.body)


def missing(root: Path) -> list[str]:
    """Give a sentence for every file without a twin, and for every twin whose file is gone."""
    sources = [
        path.relative_to(root)
        for package in SOURCE
        for path in sorted((root / package).rglob("*.py"))
        if needs_twin(root, path.relative_to(root))
    ]
    return [
        f"{source}: expected its test at {twin(source)}"
        for source in sources
        if not (root / twin(source)).exists()
    ]


def main() -> int:
    """Print every missing twin; exit 1 where there is one."""
    root = Path(__file__).resolve().parents[2]
    found = missing(root)
    for sentence in found:
        sys.stderr.write(sentence + "\n")
    sys.stdout.write(f"twins: {len(found)} missing\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
