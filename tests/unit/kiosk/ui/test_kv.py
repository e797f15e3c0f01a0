from pathlib import Path

from kivy.factory import Factory
from kivy.lang import Builder

from kiosk.ui.kv import load_beside


def test_the_rules_beside_a_module_are_applied_once(tmp_path: Path) -> None:
    module = tmp_path / "some_scene.py"
    rules = tmp_path / "some_scene.kv"
    rules.write_text("<OnlyHere@Widget>:\n    opacity: .5\n", encoding="utf-8")
    load_beside(str(module))
    load_beside(str(module))
    assert Builder.files.count(str(rules)) == 1
    assert Factory.OnlyHere().opacity == 0.5
    Builder.unload_file(str(rules))
