import dataclasses
from typing import get_args

import pytest

from kiosk.ui.presenters import views

VIEWS = [getattr(views, name) for name in views.__all__ if name != "Scene"]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_view_is_a_frozen_value(view: type) -> None:
    assert dataclasses.is_dataclass(view)
    assert view.__dataclass_params__.frozen  # type: ignore[attr-defined] # set by the decorator


def test_every_scene_is_exported() -> None:
    assert {scene.__name__ for scene in get_args(views.Scene)} <= set(views.__all__)
