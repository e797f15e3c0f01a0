"""What every handler of the backend works with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine

from backend.catalog.shop import Shop
from backend.storage.presence import Presence
from backend.storage.writer import Writer


@dataclass(frozen=True, slots=True)
class Context:
    """One running backend.

    engine: reads only. writer: the one that writes. ca_pem: the CA's certificate, empty with plain HTTP.
    console_everywhere: whether the console answers others than this machine. presence: the lanes' last words.
    """

    shop: Shop
    engine: Engine
    writer: Writer
    ca_pem: bytes
    now_us: Callable[[], int]
    console_everywhere: bool = False
    presence: Presence = field(default_factory=Presence)
