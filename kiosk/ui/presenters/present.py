"""One function from the session to the view; nothing is shown that it did not decide."""

from collections.abc import Callable

from kiosk.checkout.session import Overlay, Phase, Session
from kiosk.ui.presenters import basket, frame, paying, receipt, staff, welcome
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import (
    AttractView,
    BasketView,
    CheckingView,
    FollowTerminalView,
    GoodbyeView,
    IdleView,
    LanguagesView,
    NotPaidView,
    OutOfServiceView,
    PaidView,
    PayChoiceView,
    PinPadView,
    ReceiptQrView,
    Scene,
    SettleView,
    StaffWillHelpView,
    View,
)
from kiosk.ui.presenters.words import Translator, Words

__all__ = ["Presenter", "present"]


class Presenter:
    """Presents one lane, session by session; keeps what was formatted, decides nothing by it."""

    def __init__(self, lane: Lane, translations: Callable[[str], Translator]) -> None:
        self._lane = lane
        self._translations = translations
        self._words: dict[str, Words] = {}
        self._cache = basket.RowCache()

    def view(self, session: Session) -> View:
        """Give the view of a session, in its language."""
        words = self._words.get(session.language)
        if words is None:
            words = Words(session.language, self._translations(session.language), self._lane.country)
            self._words[session.language] = words
        return present(session, self._lane, words, self._cache)


def present(
    session: Session,
    lane: Lane,
    words: Words,
    cache: basket.RowCache,
) -> View:
    """Decide all that is on the screen.

    Args:
        session: What is known.
        lane: Where this screen stands.
        words: The session's language.
        cache: Rows as last formatted; forgotten when no sale is open.
    """
    if session.sale is None:
        cache.forget()
    scene = _scene(session, lane, words, cache)
    dialog = _dialog(session, words)
    attract = isinstance(scene, AttractView)
    return View(
        revision=session.revision,
        visit=session.sale.sale_id if session.sale else None,
        screen=_NAMES[type(scene)],
        language=session.language,
        theme="high_contrast" if session.contrast else lane.theme,
        header=frame.header(session, lane, words, attract=attract),
        band=frame.band(session, words),
        access=frame.access(session, words),
        scene=scene,
        dialog=dialog,
        announcement=_announcement(scene, dialog),
    )


_NAMES: dict[type[Scene], str] = {
    AttractView: "attract",
    BasketView: "basket",
    PayChoiceView: "pay_choice",
    FollowTerminalView: "follow_terminal",
    CheckingView: "checking",
    StaffWillHelpView: "staff_will_help",
    NotPaidView: "not_paid",
    PaidView: "paid",
    ReceiptQrView: "receipt_qr",
    GoodbyeView: "goodbye",
    PinPadView: "pin_pad",
    SettleView: "settle",
    OutOfServiceView: "out_of_service",
}


def _scene(session: Session, lane: Lane, words: Words, cache: basket.RowCache) -> Scene:
    if session.overlay is Overlay.PIN_PAD:
        return staff.pin_pad(session, lane, words)
    if session.overlay is Overlay.SETTLE:
        return staff.settle(session, words)
    if (broken := session.out_of_service) is not None:
        return welcome.out_of_service(broken, words)
    match session.phase:
        case Phase.ATTRACT:
            return welcome.attract(session, lane, words)
        case Phase.BASKET:
            return basket.basket(session, lane, words, cache)
        case Phase.PAID | Phase.RECEIPT_QR | Phase.GOODBYE:
            return _after(session, lane, words)
        case _:
            return _paying(session, lane, words)


def _paying(session: Session, lane: Lane, words: Words) -> Scene:
    match session.phase:
        case Phase.PAY_CHOICE:
            return paying.pay_choice(session, words)
        case Phase.FOLLOW_TERMINAL:
            return paying.follow_terminal(session, words)
        case Phase.CHECKING:
            return paying.checking(session, lane, words)
        case Phase.ESCALATED:
            return paying.staff_will_help(session, words)
        case _:
            return paying.not_paid(session, words)


def _after(session: Session, lane: Lane, words: Words) -> Scene:
    match session.phase:
        case Phase.PAID:
            return receipt.paid(session, lane, words)
        case Phase.RECEIPT_QR:
            return receipt.receipt_qr(session, lane, words)
        case _:
            return receipt.goodbye(session, words)


def _dialog(session: Session, words: Words) -> IdleView | LanguagesView | None:
    match session.overlay:
        case Overlay.IDLE_WARNING:
            return frame.idle(session, words)
        case Overlay.LANGUAGES:
            return frame.languages(session, words)
        case _:
            return None


def _announcement(scene: Scene, dialog: IdleView | LanguagesView | None) -> str:
    """Give what speech says; a dialog speaks before its scene."""
    parts = _said_of(scene) if dialog is None else _said_of_dialog(dialog)
    return ". ".join(" ".join(part.split()).rstrip(".") for part in parts if part)


def _said_of_dialog(dialog: IdleView | LanguagesView) -> tuple[str, ...]:
    return (dialog.title, dialog.sentence) if isinstance(dialog, IdleView) else (dialog.title,)


def _said_of(scene: Scene) -> tuple[str, ...]:
    match scene:
        case BasketView():
            return _said_of_basket(scene)
        case PayChoiceView():
            return (scene.title, scene.total, scene.question)
        case FollowTerminalView():
            return (scene.sentence, scene.where)
        case CheckingView():
            return (scene.warning, scene.warning_line, scene.heading)
        case PaidView() | NotPaidView():
            return (scene.title, scene.amount)
        case PinPadView():
            return (scene.title, scene.message)
        case _:
            return (scene.title, scene.lead)


def _said_of_basket(view: BasketView) -> tuple[str, ...]:
    if view.notice is not None:
        return (view.notice.title, view.notice.sentence)
    if view.newest is not None:
        return (view.newest.badge, view.newest.name, view.newest.price, view.total_word, view.total)
    return (view.empty,)
