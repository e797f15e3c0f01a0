"""Sessions for every scene, as the visit makes them, for the tests that present and draw."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from assets.pictures.place import folder
from kiosk.checkout.events import (
    Attempt,
    AttemptState,
    Condition,
    Instant,
    JobState,
    Part,
    PartChanged,
    Recovery,
    RecoveryStep,
    Refusal,
    TerminalShows,
)
from kiosk.checkout.intents import ReceiptChoice
from kiosk.checkout.session import Notice, Overlay, Phase, Policy, Session, Staff
from kiosk.domain.barcode import Gtin, check_digit
from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.catalogue import Product, Unit
from kiosk.domain.money import Currency, Money, Quantity
from kiosk.domain.receipt import Shop
from kiosk.domain.sale import (
    AddGoods,
    Capture,
    CardReceipt,
    Complete,
    Method,
    NotCharged,
    Refuse,
    RequestTender,
    Sale,
    TotalUp,
)
from kiosk.domain.tax import TaxRate
from kiosk.ui.presenters.shop import Lane

EUR = Currency("EUR")
SECOND = 1_000_000
NOW = Instant(int(datetime(2026, 11, 23, 14, 32, tzinfo=UTC).timestamp()) * SECOND, 5_000 * SECOND)
ATTEMPT = "0192f0c1-7a3e-7c41-b7d2-9f31a2c4e7f4"
REDUCED, STANDARD = TaxRate("reduced", 7_000), TaxRate("standard", 19_000)
LANE = Lane(
    Shop("Minzel", ("Am Markt 4", "12345 Musterstadt"), "DE123456789"),
    "4",
    pictures=str(folder()),
    attract=("tomato", "milk", "banana", "egg", "carrot", "lemon", "bread", "coffee", "cheese"),
)


def product(
    number: int, english: str, german: str, minor: int | None, size: str = "", **more: object
) -> Product:
    """Make an invented product with a GTIN from the range for in-store use."""
    body = f"0200000{number:06d}"
    fields: dict[str, object] = {"size": size, "tax": REDUCED} | more
    return Product(
        product_id=f"p{number}",
        gtin=Gtin(f"{body}{check_digit(body)}"),
        names=(("en", english), ("de", german)),
        price=None if minor is None else Money(minor, EUR),
        **fields,  # type: ignore[arg-type] # a sample's own fields
    )


SODA = product(
    1,
    "Tautropf lemon soda",
    "Tautropf Zitronenlimo",
    119,
    "0.5 l",
    deposit=Money(25, EUR),
    tax=STANDARD,
    picture="soft-drink",
)
MILK = product(2, "Almwind whole milk", "Almwind Vollmilch", 129, "1 l", picture="milk")
BREAD = product(3, "Krumen rye bread", "Krumen Roggenbrot", 349, "750 g", picture="bread")
COFFEE = product(4, "Bohnello coffee", "Bohnello Kaffee", 549, "500 g", picture="coffee")
EGGS = product(5, "Hennlo free-range eggs", "Hennlo Freilandeier", 329, "10", picture="egg-box")
TOMATOES = product(6, "Vine tomatoes", "Strauchtomaten", 145, "500 g", picture="tomato")
BANANAS = product(7, "Bananas", "Bananen", 151, "", picture="banana")
WINE = product(8, "Sonnrain red wine", "Sonnrain Rotwein", 649, "0.75 l", min_age=16, picture="wine")
CHEESE = product(
    9, "Cheese from the counter", "Käse von der Theke", 1990, unit=Unit.KILOGRAM, picture="cheese"
)
UNPRICED = product(10, "Garden gnome", "Gartenzwerg", None)
GOODS: Sequence[Product] = (TOMATOES, EGGS, COFFEE, BREAD, MILK, MILK, BANANAS, SODA, SODA)

READY = tuple(PartChanged(NOW, part, Condition.READY) for part in Part)


def policy(language: str = "en") -> Policy:
    """Give a shop with two languages."""
    other = "de" if language == "en" else "en"
    return Policy(EUR, (language, other))


def begun(language: str = "en") -> Session:
    """Give the lane with nobody at it."""
    return replace(Session.begin(policy(language), NOW), parts=READY, revision=3)


def sale_of(goods: Sequence[Product] = GOODS) -> Sale:
    """Give an open sale of goods, one piece each."""
    sale = Sale("0192f0c1-0000-7000-8000-000000000001", Basket(EUR))
    for each in goods:
        sale = sale.handle(AddGoods(each, Quantity.pieces(1), EntryMethod.SCANNED))
    return sale


def scanning(language: str = "en", goods: Sequence[Product] = GOODS) -> Session:
    """Give a visit in which goods were scanned."""
    sale = sale_of(goods)
    fresh = len(sale.basket.lines) or None
    return replace(begun(language), phase=Phase.BASKET, sale=sale, fresh_line=fresh, revision=12)


def paying(language: str = "en") -> Session:
    """Give a visit in which the terminal has been asked."""
    sale = sale_of().handle(TotalUp()).handle(RequestTender(ATTEMPT, Method.CARD))
    session = replace(scanning(language), sale=sale, fresh_line=None, phase=Phase.FOLLOW_TERMINAL)
    return replace(session, attempt=Attempt(ATTEMPT, AttemptState.ARMED))


def paid(language: str = "en") -> Session:
    """Give a visit that is paid and completed."""
    session = paying(language)
    if session.sale is None:
        raise AssertionError("paying has a sale")
    card = CardReceipt(session.sale.total, "girocard", "4417")
    sale = session.sale.handle(Capture(ATTEMPT, card)).handle(Complete(1287))
    return replace(session, sale=sale, phase=Phase.PAID, outbox_seq=5)


def refused(outcome: NotCharged, reason: str | None, language: str = "en") -> Session:
    """Give a visit whose payment charged nothing."""
    session = paying(language)
    if session.sale is None:
        raise AssertionError("paying has a sale")
    sale = session.sale.handle(Refuse(ATTEMPT, outcome))
    attempt = Attempt(ATTEMPT, AttemptState(outcome.value), reason=reason)
    return replace(session, sale=sale, attempt=attempt, refused=outcome, phase=Phase.NOT_PAID)


def uncertain(recovery: Recovery | None, language: str = "en") -> Session:
    """Give a visit whose payment is being looked into."""
    attempt = Attempt(ATTEMPT, AttemptState.UNCERTAIN, recovery=recovery)
    return replace(paying(language), attempt=attempt, phase=Phase.CHECKING)


def showing(code: str, language: str = "en") -> Session:
    """Give a visit in which the terminal asks for something."""
    return replace(paying(language), shows=TerminalShows(NOW, ATTEMPT, code, None))


def sessions(language: str = "en") -> dict[str, Session]:
    """Give one session for every scene and its notable states, by picture name."""
    scan, pay, done = scanning(language), paying(language), paid(language)
    asking = Recovery(RecoveryStep.ASKING, NOW.mono_us - 27 * SECOND, NOW.mono_us + 18 * SECOND, 2)
    escalated = replace(
        pay, attempt=Attempt(ATTEMPT, AttemptState.ESCALATED), phase=Phase.ESCALATED, revision=20
    )
    idle_since = replace(NOW, mono_us=NOW.mono_us - 63 * SECOND)
    mara = Staff("mara", "Mara K.")
    gone = PartChanged(NOW, Part.TERMINAL, Condition.GONE)
    others = tuple(told for told in READY if told.part is not Part.TERMINAL)
    return {
        "01-attract": begun(language),
        "02-basket": scan,
        "02-basket-one": scanning(language, (BREAD,)),
        "02-basket-many": scanning(language, (*GOODS, BREAD, CHEESE, *_more(7))),
        "02-basket-chosen": replace(scan, chosen_row=3, fresh_line=None),
        "03-unknown": replace(scan, notice=Notice(Refusal.UNKNOWN, None, "905532"), fresh_line=None),
        "03-age": replace(scan, notice=Notice(Refusal.AGE, WINE), fresh_line=None, help_wanted=True),
        "03-age-told": replace(
            scan, notice=Notice(Refusal.AGE, WINE), fresh_line=None, help_wanted=True, told="help"
        ),
        "03-empty": replace(
            begun(language), phase=Phase.BASKET, notice=Notice(Refusal.UNKNOWN, None, "905532")
        ),
        "05-pay-choice": replace(pay, phase=Phase.PAY_CHOICE, attempt=None),
        "05-pay-choice-down": replace(pay, phase=Phase.PAY_CHOICE, parts=(*others, gone)),
        "06-follow-card": pay,
        "06-follow-insert": showing("insert_card", language),
        "06-follow-pin": showing("enter_pin", language),
        "06-follow-remove": showing("remove_card", language),
        "06-follow-bank": showing("processing", language),
        "06-follow-approved": replace(pay, attempt=Attempt(ATTEMPT, AttemptState.AUTHORISED)),
        "07-checking": uncertain(asking, language),
        "07-checking-lost": uncertain(None, language),
        "07-checking-told": replace(uncertain(asking, language), told="checking"),
        "08-paid": done,
        "08-receipt-qr": replace(done, phase=Phase.RECEIPT_QR, choice=ReceiptChoice.QR),
        "08-printing": replace(done, phase=Phase.GOODBYE, choice=ReceiptChoice.PRINT, job=JobState.SENDING),
        "08-printed": replace(done, phase=Phase.GOODBYE, choice=ReceiptChoice.PRINT, job=JobState.DONE),
        "08-held": replace(done, phase=Phase.GOODBYE, choice=ReceiptChoice.PRINT, job=JobState.HELD),
        "08-goodbye": replace(done, phase=Phase.GOODBYE, choice=ReceiptChoice.NONE),
        "09-not-paid": refused(NotCharged.DECLINED, "declined", language),
        "09-staff-will-help": escalated,
        "09-staff-told": replace(escalated, told="escalated"),
        "10-pin-pad": replace(escalated, overlay=Overlay.PIN_PAD),
        "10-pin-pad-failed": replace(escalated, overlay=Overlay.PIN_PAD, staff=Staff(failed=True)),
        "11-settle": replace(escalated, overlay=Overlay.SETTLE, staff=mara),
        "15-idle-warning": replace(scan, touched_at=idle_since, overlay=Overlay.IDLE_WARNING),
        "15-languages": replace(scan, overlay=Overlay.LANGUAGES),
        "16-out-of-service": replace(begun(language), parts=(*others, gone)),
    }


def _more(count: int) -> list[Product]:
    return [product(100 + n, f"Sample goods {n}", f"Musterware {n}", 100 + n, "1 kg") for n in range(count)]
