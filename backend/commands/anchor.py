"""kiosk-backend anchor: the longest journal a lane has signed and we acknowledged, to verify its own by."""

from pathlib import Path

from sqlalchemy import select

from backend.errors import UserError
from backend.storage.database import reading_engine
from backend.storage.tables import Device, JournalHead, table

_DEVICE, _HEAD = table(Device), table(JournalHead)


def last_head(database: Path, store_id: str, lane: str) -> dict[str, object]:
    """Return {"lane", "public_key", "count", "head"} of a lane.

    Raises:
        UserError: no such lane, or it has sent no head yet.
    """
    if not database.exists():
        raise UserError(f"{database} does not exist: start kiosk-backend serve once")
    wanted = (
        select(_HEAD.c.public_key, _HEAD.c["count"].label("entries"), _HEAD.c.head)
        .join(_DEVICE, _DEVICE.c.device_id == _HEAD.c.device_id)
        .where(_DEVICE.c.store_id == store_id, _DEVICE.c.lane == lane)
        .order_by(_HEAD.c.epoch.desc(), _HEAD.c["count"].desc(), _HEAD.c.seq)
        .limit(1)
    )
    engine = reading_engine(database)
    try:
        with engine.connect() as connection:
            newest = connection.execute(wanted).first()
    finally:
        engine.dispose()
    if newest is None:
        raise UserError(f"lane {lane!r} has sent no journal head yet, or there is no such lane")
    return {"lane": lane, "public_key": newest.public_key, "count": newest.entries, "head": newest.head}
