"""What surrounds every scene: header, lower band, the choice of languages, the question who is there."""

from kiosk.checkout.events import Instant
from kiosk.checkout.intents import (
    BackPressed,
    ContrastPressed,
    HelpPressed,
    LanguageChosen,
    LanguagesPressed,
    ParkPressed,
    StillHerePressed,
)
from kiosk.checkout.session import Overlay, Session
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import (
    AccessView,
    BandView,
    ButtonView,
    CountdownView,
    HeaderView,
    IdleView,
    LanguagesView,
    LanguageView,
)
from kiosk.ui.presenters.words import LANGUAGE_NAMES, Words

__all__ = ["access", "band", "countdown", "header", "idle", "languages", "list_languages"]

_STAFF = (Overlay.PIN_PAD, Overlay.SETTLE)


def header(session: Session, lane: Lane, words: Words, *, attract: bool) -> HeaderView:
    """Give the line on top; while staff are at work it is theirs."""
    clock = words.clock(lane.local(session.at.wall_us))
    place = words.gettext("Lane {number}").format(number=lane.number) + f"  ·  {clock}"
    if session.overlay in _STAFF:
        return HeaderView(session.staff.person or words.gettext("Staff"), place, "staff")
    return HeaderView(lane.shop.name, place, "attract" if attract else "plain")


def band(session: Session, words: Words) -> BandView:
    """Give the lower band; it is the same on every screen."""
    called = session.help_wanted
    text = words.gettext("Call for help")
    if called:
        text = words.gettext("Help called") if session.staff_told else words.gettext("Please ask us")
    return BandView(
        ButtonView(text, HelpPressed(session.revision), icon="bell"),
        called,
        ButtonView(_name(session.language), LanguagesPressed(session.revision), icon="globe"),
        ButtonView(words.gettext("Easier to use"), icon="access"),
    )


def access(session: Session, words: Words) -> AccessView:
    """Give what makes the screen easier to use."""
    gettext = words.gettext
    return AccessView(
        gettext("Easier to use"),
        ButtonView(
            gettext("High contrast"),
            ContrastPressed(session.revision),
            sub=gettext("White and yellow on black"),
            icon="contrast",
        ),
        session.contrast,
        ButtonView(gettext("Larger text"), sub=gettext("All words a quarter larger"), icon="letters"),
        ButtonView(gettext("Nothing moves"), sub=gettext("Changes appear at once"), icon="pause"),
        ButtonView(gettext("Done"), icon="tick"),
    )


def list_languages(session: Session) -> tuple[LanguageView, ...]:
    """Give the languages offered, each under its own name."""
    return tuple(
        LanguageView(
            code, ButtonView(_name(code), LanguageChosen(session.revision, code)), code == session.language
        )
        for code in session.policy.languages
    )


def languages(session: Session, words: Words) -> LanguagesView:
    """Give the choice of languages."""
    close = ButtonView(words.gettext("Close"), BackPressed(session.revision), icon="cross")
    return LanguagesView(words.gettext("Choose your language"), list_languages(session), close)


def idle(session: Session, words: Words) -> IdleView:
    """Ask whether anybody is there."""
    policy = session.policy
    left = max(0, policy.idle_s + policy.countdown_s - session.idle_s)
    sentence = words.ngettext(
        "In {seconds} second we set your basket aside.\nIt is not lost.",
        "In {seconds} seconds we set your basket aside.\nIt is not lost.",
        left,
    ).format(seconds=left)
    return IdleView(
        CountdownView(str(left), left / max(1, policy.countdown_s)),
        words.gettext("Are you still there?"),
        sentence,
        ButtonView(words.gettext("Yes, I’m still here"), StillHerePressed(session.revision)),
        ButtonView(words.gettext("Set the basket aside"), ParkPressed(session.revision), icon="pause"),
    )


def countdown(at: Instant, since_us: int, deadline_us: int, words: Words) -> CountdownView:
    """Count down to a moment on the boot clock; never below nothing."""
    left_us = max(0, deadline_us - at.mono_us)
    seconds = -(-left_us // 1_000_000)
    whole_us = max(1, deadline_us - since_us)
    caption = words.ngettext("second left", "seconds left", seconds)
    return CountdownView(str(seconds), min(1.0, left_us / whole_us), caption)


def _name(language: str) -> str:
    return LANGUAGE_NAMES.get(language, language)
