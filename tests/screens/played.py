"""A stage on the glass that shows samples and remembers what was sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from kiosk.bootstrap.words import translations
from kiosk.checkout.intents import Intent
from kiosk.checkout.session import Session
from kiosk.ui.presenters.present import Presenter
from kiosk.ui.screens.stage import Stage
from kiosk.ui.widgets.touchable import Touchable
from tests.screens import glass, samples


@dataclass
class Played:
    """A stage, what it sent, and how to show it a session or press a target by name."""

    stage: Stage
    sent: list[Intent] = field(default_factory=list)
    presenter: Presenter = field(default_factory=lambda: Presenter(samples.LANE, translations))

    def show(self, session: Session | str) -> Any:
        """Show a session, or the sample of a name, and give the scene."""
        shown = samples.sessions()[session] if isinstance(session, str) else session
        self.stage.show(self.presenter.view(shown))
        glass.frames(4)
        return self.stage.dialog or self.stage.scene

    def target(self, name: str) -> Touchable:
        """Find what can be touched now."""
        return next(target for target in self.stage.targets() if target.name == name)

    def press(self, name: str) -> None:
        """Lay a finger on a target."""
        glass.tap(self.target(name))
        glass.frames(2)

    @property
    def names(self) -> list[str]:
        """What can be touched, in reading order, without the band."""
        return [target.name for target in self.stage.targets()][:-3]


@pytest.fixture
def played() -> Iterator[Played]:
    sent: list[Intent] = []
    stage = Stage(sent.append)
    with glass.on_glass(stage):
        yield Played(stage, sent)
