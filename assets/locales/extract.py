"""Finds translatable sentences for `pybabel extract`: in Python by its syntax tree, in .kv files by pattern.

Babel's own Python reader passes over calls inside f-strings before Python 3.12.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, Final

__all__ = ["from_kv", "from_python"]

Found = tuple[int, str, str | tuple[str, ...], list[str]]

_COUNTED: Final = {"gettext": 1, "ngettext": 2}
_KV_CALL: Final = re.compile(r"""\b(gettext|_)\(\s*(['"])(.*?)\2\s*\)""")


def from_python(
    fileobj: IO[bytes],
    _keywords: Sequence[str],
    _tags: Sequence[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel passes it by name
) -> Iterator[Found]:
    """Give every constant sentence passed to `gettext` or `ngettext`.

    Args:
        fileobj: The source, UTF-8.
        options: Of the mapping file; none are known.

    Yields:
        Line number, function, sentence or (singular, plural), comments.
    """
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in _COUNTED:
            wanted = _COUNTED[name]
            said = [text for arg in node.args[:wanted] if (text := _text(arg)) is not None]
            if len(said) == wanted:
                yield node.lineno, name, said[0] if wanted == 1 else tuple(said), []


def from_kv(
    fileobj: IO[bytes],
    _keywords: Sequence[str],
    _tags: Sequence[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel passes it by name
) -> Iterator[Found]:
    """Give every sentence passed to `gettext` or `_` in a .kv file; ours hold none."""
    for number, line in enumerate(fileobj.read().decode().splitlines(), start=1):
        for call in _KV_CALL.finditer(line):
            yield number, "gettext", call[3], []


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(arg: ast.expr) -> str | None:
    return arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None
