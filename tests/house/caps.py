"""Hold every file and function against the caps of the house: 500 lines a file, 60 a function."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

FILE_CAP = 500
FUNCTION_CAP = 60
FUNCTION_P90 = 25
FUNCTION_MEDIAN = 8
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager"}
PACKAGES = ("kiosk", "devices", "backend", "assets", "tests")
SOURCE = ("kiosk", "devices", "backend")


def python_files(root: Path, packages: tuple[str, ...] = PACKAGES) -> list[Path]:
    """Give every Python file of these packages."""
    return sorted(path for package in packages for path in (root / package).rglob("*.py"))


def function_lengths(path: Path) -> list[tuple[str, int, int]]:
    """Give name, first line and length of every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    ]


def breaches(root: Path) -> list[str]:
    """Give a sentence for each file or function over its cap, and each name that says nothing."""
    found: list[str] = []
    for path in python_files(root):
        name = path.relative_to(root)
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > FILE_CAP and not path.stem.endswith("_table"):
            found.append(f"{name}: {lines} lines, at most {FILE_CAP}: split it by meaning")
        found.extend(
            f"{name}:{line}: {function} has {length} lines, at most {FUNCTION_CAP}: split it by meaning"
            for function, line, length in function_lengths(path)
            if length > FUNCTION_CAP
        )
        if FORBIDDEN_NAMES & {part.removesuffix(".py") for part in name.parts}:
            found.append(f"{name}: a name that says nothing: call it what it is")
        text = path.read_text(encoding="utf-8")
        if text and "tests" not in name.parts and not ast.get_docstring(ast.parse(text)):
            found.append(f"{name}: expected one sentence of what lives here")
    return found


def spread(root: Path) -> tuple[float, float]:
    """Give median and ninetieth percentile of the functions of the product."""
    lengths = [length for path in python_files(root, SOURCE) for _, _, length in function_lengths(path)]
    return statistics.median(lengths), statistics.quantiles(lengths, n=10)[-1]


def main() -> int:
    """Print every breach; exit 1 where there is one."""
    root = Path(__file__).resolve().parents[2]
    found = breaches(root)
    median, ninetieth = spread(root)
    if median > FUNCTION_MEDIAN or ninetieth > FUNCTION_P90:
        found.append(
            f"functions: median {median}, p90 {ninetieth:.0f}; at most {FUNCTION_MEDIAN} and {FUNCTION_P90}"
        )
    for sentence in found:
        sys.stderr.write(sentence + "\n")
    sys.stdout.write(
        f"caps: {len(python_files(root))} files, functions median {median}, p90 {ninetieth:.0f}\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
