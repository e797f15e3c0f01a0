"""Lane1: what the running lane tells health checks and technicians."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from devices.link.messages import CallError
from kiosk.checkout.events import Condition, Part
from kiosk.checkout.session import Session

INTERFACE: Final = "org.checkstand.Lane1"


class LaneService:
    """The handler of Lane1."""

    def __init__(
        self, session: Callable[[], Session], frames: Callable[[], int], outbox_seq: Callable[[], int]
    ) -> None:
        self._session = session
        self._frames = frames
        self._outbox_seq = outbox_seq

    async def health(self, _connection: object) -> dict[str, Any]:
        """Tell how every part is; the lane is well when a visit could begin or go on."""
        session = self._session()
        parts = [_part(session, part) for part in Part]
        return {"ok": session.out_of_service is None, "frames": self._frames(), "parts": parts}

    async def state(self, _connection: object) -> dict[str, Any]:
        """Tell what is on the screen and how the sale stands."""
        session = self._session()
        sale = session.sale
        tender = sale.open_tender if sale else None
        return {
            "screen": session.screen,
            "sale_state": sale.state.value if sale else None,
            "visit": sale.sale_id if sale else None,
            "revision": session.revision,
            "lines": len(sale.basket.rows) if sale else 0,
            "total_minor": sale.total.minor if sale else 0,
            "currency": session.policy.currency.code,
            "language": session.language,
            "open_attempt": tender.attempt_id if tender else None,
            "outbox_seq": self._outbox_seq(),
        }

    async def report(self, _connection: object, *, kind: str) -> dict[str, Any]:
        """Refuse: readings and closings are not kept yet."""
        raise CallError("NotServed", sentence=f"the {kind} report is not kept by this version")


def _part(session: Session, part: Part) -> dict[str, Any]:
    told = session.part(part)
    condition = told.condition if told else Condition.UNKNOWN
    detail = f" ({told.detail})" if told and told.detail else ""
    return {"name": part.value, "ok": condition is Condition.READY, "sentence": f"{condition.value}{detail}"}
