"""Loads the .kv file that lies beside a module, once, whatever imports it."""

from pathlib import Path

from kivy.lang import Builder

__all__ = ["load_beside"]


def load_beside(module_file: str) -> None:
    """Apply the rules of `<module>.kv`; a second call does nothing, as Kivy would apply them twice.

    Args:
        module_file: The module's `__file__`.
    """
    path = str(Path(module_file).with_suffix(".kv"))
    if path not in Builder.files:
        Builder.load_file(path, encoding="utf-8")
