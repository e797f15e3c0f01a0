"""How terminals of different makers differ, and how long this one takes: all of it data."""

from dataclasses import dataclass, replace
from typing import Final, Literal

AfterLoss = Literal["reversed", "declined"]


@dataclass(frozen=True, slots=True)
class Profile:
    """One maker's deviations from PA00P015.

    `unanswered`: the ledger state of a payment whose status was not acknowledged; `reversal_ms`: how long
    the automatic reversal waits for the card to leave; `late_status`: a status that found no link is sent on
    the next one; `commit_after_prints`: the acknowledgements of the terminal's receipts belong to the commit.
    """

    name: str
    encoding: str = "cp437"
    unanswered: AfterLoss = "reversed"
    reversal_ms: int = 0
    late_status: bool = False
    abort: bool = True
    repeat_service: bool = True
    reverses_last: bool = False
    always_intermediate: bool = False
    max_status: int | None = None
    commit_after_prints: bool = False


STANDARD: Final = Profile("standard")
PROFILES: Final = {
    profile.name: profile
    for profile in (
        STANDARD,
        Profile(
            "card_complete",
            encoding="iso8859-1",
            unanswered="declined",
            always_intermediate=True,
            max_status=3,
        ),
        Profile("reverses_last_only", reverses_last=True),
        Profile("bare_repeat", repeat_service=False),
        Profile("no_abort", abort=False),
        Profile("slow_reversal", reversal_ms=8_000),
        Profile("late_status", late_status=True),
        Profile("global_payments", abort=False, repeat_service=False, reverses_last=True),
    )
}


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds. `card`, `pin`, `host`: an unattended payment's phases; `answer`: for a till's 80 00 00.

    `keypad`: how long a person may take; `repeat`: until the status is sent again after 84 9C.
    """

    card: int = 600
    pin: int = 400
    host: int = 700
    slow_host: int = 20_000
    answer: int = 5_000
    keypad: int = 120_000
    repeat: int = 2_000
    late: int = 600_000

    def scaled(self, total: int) -> "Timing":
        """The same phases, together `total` milliseconds long."""
        card = total * self.card // (self.card + self.host)
        return replace(self, card=card, pin=0, host=total - card)


def answer_time(wait_ms: int, *, serial: bool) -> int:
    """How long the terminal waits for a till's 80 00 00; a serial line may use T2 three times first."""
    return wait_ms * 3 if serial else wait_ms


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this terminal is: eight digits, merchant's number, currency, password of six digits."""

    terminal_id: str = "52500041"
    merchant: str = "455600000001"
    currency: str = "0978"
    password: str = "000000"  # noqa: S105  # the factory setting of ZVT terminals, no secret
    software: str = "CHKSIM 1.0.0"


CURRENCIES: Final = {"0978": "EUR", "0756": "CHF", "0826": "GBP", "0985": "PLN", "0949": "TRY", "0980": "UAH"}


@dataclass(frozen=True, slots=True)
class Card:
    """A test card. `pan` leaves the terminal only masked (or by the clear_pan fault)."""

    name: str
    type_id: int
    pan: str
    aid: str
    label: str

    @property
    def last4(self) -> str:
        """The four digits a receipt may show."""
        return self.pan[-4:]


CARDS: Final = (
    Card("girocard", 5, "6725900000000000018", "A000000359101002", "girocard"),
    Card("Mastercard", 6, "5500005555555559", "A0000000041010", "MASTERCARD"),
    Card("VISA", 10, "4111111111111111", "A0000000031010", "VISA CREDIT"),
    Card("Maestro", 46, "6759649826438453", "A0000000043060", "MAESTRO"),
)
