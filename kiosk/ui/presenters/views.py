"""Frozen views: all that a screen shows, in words and flags already decided."""

from dataclasses import dataclass
from typing import Literal

from kiosk.checkout.intents import Intent

__all__ = [
    "AccessView",
    "AttractView",
    "BandView",
    "BasketView",
    "ButtonView",
    "CheckingView",
    "ChoiceView",
    "CountdownView",
    "FollowTerminalView",
    "GoodbyeView",
    "HeaderView",
    "IdleView",
    "LanguageView",
    "LanguagesView",
    "NewestView",
    "NotPaidView",
    "NoticeView",
    "OutOfServiceView",
    "PaidView",
    "PayChoiceView",
    "PictureView",
    "PillView",
    "PinPadView",
    "ReceiptQrView",
    "RowView",
    "Scene",
    "SettleView",
    "StaffWillHelpView",
    "StepView",
    "SumView",
    "View",
]


@dataclass(frozen=True, slots=True)
class ButtonView:
    """A thing to press.

    Attributes:
        text: The word on it.
        intent: What a press means; None where the screen itself completes it.
        sub: A second line.
        icon: Name of an icon.
        amount: An amount beside the word.
        enabled: Whether a press acts.
        why: Why it does not, in words.
    """

    text: str
    intent: Intent | None = None
    sub: str = ""
    icon: str = ""
    amount: str = ""
    enabled: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One of several equal choices.

    Attributes:
        key: What it stands for.
        text: The word.
        sub: One line more.
        icon: Name of an icon.
    """

    key: str
    text: str
    sub: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A product's picture.

    Attributes:
        path: Of the file, empty for none.
        ground: Colour of the disc, `#RRGGBB`.
        letter: Stands in for a picture.
    """

    path: str
    ground: str
    letter: str


@dataclass(frozen=True, slots=True)
class PillView:
    """A short remark."""

    text: str
    amount: str = ""
    icon: str = ""
    look: Literal["tint", "soft", "accent", "warn"] = "soft"


@dataclass(frozen=True, slots=True)
class HeaderView:
    """The line on top: whose shop, which lane, what time.

    Attributes:
        shop: Name of the shop, or who of the staff is at work.
        place: Lane and time.
        look: `plain`, on the attract ground, or the staff bar.
    """

    shop: str
    place: str
    look: Literal["plain", "attract", "staff"] = "plain"


@dataclass(frozen=True, slots=True)
class BandView:
    """The lower band: help, language, easier to use."""

    help: ButtonView
    help_called: bool
    language: ButtonView
    access: ButtonView


@dataclass(frozen=True, slots=True)
class AccessView:
    """What makes the screen easier to use; larger text is the screen's own affair."""

    title: str
    contrast: ButtonView
    contrast_on: bool
    larger: ButtonView
    calm: ButtonView
    close: ButtonView


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language under its own name."""

    code: str
    button: ButtonView
    chosen: bool


@dataclass(frozen=True, slots=True)
class LanguagesView:
    """The choice of languages."""

    title: str
    languages: tuple[LanguageView, ...]
    close: ButtonView


@dataclass(frozen=True, slots=True)
class CountdownView:
    """Seconds that run out.

    Attributes:
        figure: The seconds, as figures.
        part: Of the whole time that is left, 0 to 1.
        caption: Below the figure.
    """

    figure: str
    part: float
    caption: str = ""


@dataclass(frozen=True, slots=True)
class IdleView:
    """The question whether anybody is there."""

    countdown: CountdownView
    title: str
    sentence: str
    stay: ButtonView
    park: ButtonView


@dataclass(frozen=True, slots=True)
class AttractView:
    """Nobody is here yet."""

    title: str
    lead: str
    pictures: tuple[PictureView, ...]
    steps: tuple[ChoiceView, ...]
    languages_title: str
    languages: tuple[LanguageView, ...]
    ways_title: str
    ways: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A quiet row of the basket; the row itself is the target.

    Attributes:
        root: The row's number in the sale.
        second: Size and unit price.
        count: Pieces, empty for one.
    """

    root: int
    name: str
    second: str
    count: str
    price: str
    picture: PictureView


@dataclass(frozen=True, slots=True)
class NewestView:
    """The large card: the line just scanned, or the one chosen.

    Attributes:
        line: Number of the line it shows as new; changes with every scan.
        badge: The word for what just happened, empty for none.
        third: The deposit.
    """

    root: int
    line: int
    badge: str
    name: str
    second: str
    third: str
    price: str
    quantity: str
    picture: PictureView
    minus: ButtonView
    plus: ButtonView
    remove: ButtonView


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Something to settle or to know, among the rows; it never goes away by itself."""

    icon: str
    title: str
    sentence: str
    picture: PictureView | None
    act: ButtonView


@dataclass(frozen=True, slots=True)
class BasketView:
    """The basket.

    Attributes:
        revision: For the intents of the rows, which stay as they are when another row changes.
    """

    revision: int
    total_word: str
    total: str
    count: str
    pills: tuple[PillView, ...]
    newest: NewestView | None
    rows: tuple[RowView, ...]
    notice: NoticeView | None
    more: str
    empty: str
    pay: ButtonView


@dataclass(frozen=True, slots=True)
class SumView:
    """A line of the sum: what, and how much."""

    text: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PayChoiceView:
    """How to pay."""

    title: str
    total: str
    sums: tuple[SumView, ...]
    question: str
    ways: tuple[ButtonView, ...]
    back: ButtonView


@dataclass(frozen=True, slots=True)
class FollowTerminalView:
    """Follow the card reader.

    Attributes:
        shows: What the reader asks for: `present_card`, `insert_card`, `enter_pin`, `remove_card`,
            `processing`, `see_terminal`, `preparing`.
        light: What the reader's light says.
    """

    title: str
    total: str
    shows: str
    light: str
    reader_word: str
    sentence: str
    where: str
    cancel: ButtonView | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the check, as it really went."""

    icon: Literal["tick", "clock", "retry"]
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class CheckingView:
    """Nobody knows yet whether the payment went through."""

    warning: str
    warning_line: str
    countdown: CountdownView | None
    heading: str
    steps: tuple[StepView, ...]
    staff: str
    staff_line: str
    then: str


@dataclass(frozen=True, slots=True)
class StaffWillHelpView:
    """A person has to find out."""

    title: str
    lead: str
    reference_word: str
    reference: str
    safe: str
    safe_line: str
    amount: str
    staff: ButtonView


@dataclass(frozen=True, slots=True)
class NotPaidView:
    """Nothing was charged."""

    title: str
    lead: str
    reason: str
    amount_word: str
    amount: str
    again: ButtonView
    back: ButtonView


@dataclass(frozen=True, slots=True)
class PaidView:
    """Paid; how is the receipt wanted."""

    title: str
    amount: str
    detail: str
    question: str
    choices: tuple[ButtonView, ...]
    hint: str
    next_hint: str


@dataclass(frozen=True, slots=True)
class ReceiptQrView:
    """The receipt as a code on the screen."""

    title: str
    lead: str
    code: str
    detail: str
    done: ButtonView


@dataclass(frozen=True, slots=True)
class GoodbyeView:
    """The visit is over."""

    icon: str
    title: str
    lead: str
    next_hint: str
    instead: ButtonView | None
    done: ButtonView


@dataclass(frozen=True, slots=True)
class PinPadView:
    """The PIN pad; the digits never are part of a view.

    Attributes:
        length: Digits a PIN has at least.
        most: Digits a PIN has at most.
        message: Why the last one was not taken.
        open: Whether keys may be pressed now.
    """

    title: str
    lead: str
    length: int
    most: int
    message: str
    open: bool
    erase: str
    enter: str
    back: ButtonView


@dataclass(frozen=True, slots=True)
class SettleView:
    """A person says what became of an escalated payment."""

    title: str
    lead: str
    facts: tuple[SumView, ...]
    question: str
    outcomes: tuple[ChoiceView, ...]
    why: str
    reasons: tuple[tuple[ChoiceView, ...], ...]
    confirm: ButtonView
    record: str
    back: ButtonView


@dataclass(frozen=True, slots=True)
class OutOfServiceView:
    """The lane is closed."""

    title: str
    lead: str
    reason: str


Scene = (
    AttractView
    | BasketView
    | PayChoiceView
    | FollowTerminalView
    | CheckingView
    | StaffWillHelpView
    | NotPaidView
    | PaidView
    | ReceiptQrView
    | GoodbyeView
    | PinPadView
    | SettleView
    | OutOfServiceView
)


@dataclass(frozen=True, slots=True)
class View:
    """All that is on the screen.

    Attributes:
        revision: Of the session; every intent carries it back.
        visit: Key of the visit, None when nobody is here; a new one resets what the screen itself keeps.
        screen: Name of the scene: `attract`, `basket`, `pay_choice`, `follow_terminal`, `checking`,
            `staff_will_help`, `not_paid`, `paid`, `receipt_qr`, `goodbye`, `pin_pad`, `settle`,
            `out_of_service`.
        theme: `light`, `dark` or `high_contrast`.
        dialog: What lies over the scene.
        announcement: What speech says when it changes.
    """

    revision: int
    visit: str | None
    screen: str
    language: str
    theme: str
    header: HeaderView
    band: BandView
    access: AccessView
    scene: Scene
    dialog: IdleView | LanguagesView | None = None
    announcement: str = ""
