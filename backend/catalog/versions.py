"""Catalogue versions: whole numbers that only rise, given out inside the one writer's transaction."""

from sqlalchemy import Connection, insert, select, update

from backend.storage.tables import CatalogueVersion, table

_VERSION = table(CatalogueVersion)


def newest(connection: Connection, store_id: str) -> int:
    """Return the newest version of a store, 0 before the first change."""
    found = connection.execute(select(_VERSION.c.version).where(_VERSION.c.store_id == store_id))
    return found.scalar() or 0


def take(connection: Connection, store_id: str, count: int) -> range:
    """Take the next `count` versions.

    Only the writer's thread calls this, so versions commit in their order and a reader that stands at N has
    seen every change up to N (sequences of a database with many writers would not promise that).
    """
    first = newest(connection, store_id) + 1
    last = first + count - 1
    changed = connection.execute(update(_VERSION).where(_VERSION.c.store_id == store_id).values(version=last))
    if changed.rowcount == 0:
        connection.execute(insert(_VERSION).values(store_id=store_id, version=last))
    return range(first, last + 1)
