"""The strip of lanes on top of every page: what each shows, when it was heard, and whom it calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from backend.storage.presence import Heard

SILENT_US: Final = 30_000_000
"""A lane that was not heard for this long may show anything: it is unknown, never well."""

_SECOND_US: Final = 1_000_000
_SHOWS: Final = {
    "attract": "Ready for a shopper",
    "basket": "Scanning",
    "pay_choice": "Choosing how to pay",
    "follow_terminal": "Paying at the reader",
    "checking": "Paying",
    "escalated": "Paying",
    "not_paid": "Not paid",
    "paid": "Paid",
    "receipt_qr": "Receipt on the screen",
    "goodbye": "Saying goodbye",
    "out_of_service": "Closed, needs a look",
}
_WANTS: Final = {
    "help": "Help wanted",
    "checking": "Payment being checked",
    "escalated": "Please settle a payment",
}
_SOMEBODY: Final = "Somebody is wanted"


@dataclass(frozen=True, slots=True)
class Card:
    """One lane as the strip has it.

    look: want, closed, silent or calm. wants: what it needs, empty for nothing. since: its time of day.
    call: a key of this want that no other has.
    """

    lane: str
    look: str
    shows: str
    heard: str
    wants: str = ""
    since: str = ""
    call: str = ""


def cards(
    lanes: Sequence[Mapping[str, Any]], heard: Mapping[str, Heard], now_us: int, clock: Callable[[int], str]
) -> tuple[Card, ...]:
    """Return a card for each lane.

    Args:
        lanes: rows with `device_id` and `lane`, in the order to show.
        heard: the newest word by device.
        now_us: microseconds since 1970 UTC.
        clock: writes such a moment as a time of day.
    """
    return tuple(_card(str(lane["lane"]), heard.get(lane["device_id"]), now_us, clock) for lane in lanes)


def _card(lane: str, heard: Heard | None, now_us: int, clock: Callable[[int], str]) -> Card:
    if heard is None:
        return Card(lane, "silent", "Unknown", "Silent: not heard yet")
    said = heard.said
    silent = now_us - heard.heard_us > SILENT_US
    look = "silent" if silent else "closed" if said.screen == "out_of_service" else "calm"
    shows = "Unknown" if silent else _SHOWS.get(said.screen, said.screen)
    when = f"Silent since {clock(heard.heard_us)}" if silent else _ago(now_us - heard.heard_us)
    if said.wants is None:
        return Card(lane, look, shows, when)
    call = "/".join(map(str, heard.call))
    wants = _WANTS.get(said.wants, _SOMEBODY)
    return Card(lane, f"want {look}" if silent else "want", shows, when, wants, clock(heard.since_us), call)


def _ago(us: int) -> str:
    seconds = max(0, us) // _SECOND_US
    return f"Heard {seconds} s ago" if seconds else "Heard just now"
