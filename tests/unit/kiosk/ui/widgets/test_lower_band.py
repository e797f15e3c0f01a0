from dataclasses import replace

from kiosk.checkout.intents import HelpPressed, Intent, LanguagesPressed
from kiosk.ui.presenters.views import BandView, ButtonView
from kiosk.ui.widgets.lower_band import LowerBand
from tests.screens.glass import frames, on_glass, tap

VIEW = BandView(
    ButtonView("Call for help", HelpPressed(3), icon="bell"),
    help_called=False,
    language=ButtonView("English", LanguagesPressed(3), icon="globe"),
    access=ButtonView("Easier to use", icon="access"),
)


def test_each_of_the_three_does_its_own() -> None:
    with on_glass(LowerBand(), (1000, 120)) as band:
        sent: list[Intent] = []
        opened: list[bool] = []
        band.emit, band.open_access = sent.append, lambda: opened.append(True)
        band.show(VIEW)
        frames(2)
        for target in band.targets:
            tap(target)
        assert sent == [HelpPressed(3), LanguagesPressed(3)]
        assert opened == [True]
        assert [target.width for target in band.targets] == [320, 320, 320]


def test_called_help_is_shown_and_a_button_without_meaning_sends_nothing() -> None:
    with on_glass(LowerBand(), (1000, 120)) as band:
        sent: list[Intent] = []
        band.emit = sent.append
        band.show(VIEW)
        band.show(VIEW)
        assert band.help.kind == "secondary"
        band.show(replace(VIEW, help_called=True, help=ButtonView("Help called", icon="bell")))
        frames(2)
        assert band.help.kind == "warned"
        tap(band.help)
        assert sent == []
