"""The [backend] table of the config file, and where the backend's files lie."""

import json
import os
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from backend.catalog.shop import Shop
from backend.errors import UserError
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency

SYSTEM_STATE: Final = Path("/var/lib/checkstand")
DEFAULT_PORT: Final = 8443
_RATE: Final = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?")


def _currency(code: str) -> str:
    try:
        return Currency(code).code
    except DomainError as error:
        raise ValueError(str(error)) from None


def _rates(rates: dict[str, str]) -> dict[str, str]:
    for name, rate in rates.items():
        if not _RATE.fullmatch(rate):
            raise ValueError(
                f'rate {name} is {rate!r}, expected percent as text with at most three decimals, "8.875"'
            )
    if not rates:
        raise ValueError("no rate, expected at least one, the usual one first")
    return rates


class BackendSettings(BaseModel):
    """What an operator may set; each field has a default that works on one machine."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    database: str | None = Field(default=None, description="sqlite:///FILE; default <state>/backend.db")
    host: str = Field(default="127.0.0.1", description="address to listen on; 0.0.0.0 for the whole network")
    port: int = Field(default=DEFAULT_PORT, ge=0, le=65535)
    address: str | None = Field(
        default=None, description="host or host:port that lanes reach the backend under"
    )
    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s/]+(/[^\s]*)?$")
    console: Literal["loopback", "network"] = "loopback"
    store: str = Field(default="shop", min_length=1, max_length=40)
    name: str = Field(default="Checkstand", min_length=1, max_length=80)
    currency: Annotated[str, AfterValidator(_currency)] = "EUR"
    language: str = Field(default="de", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    tax: Annotated[dict[str, str], AfterValidator(_rates)] = Field(
        default={"standard": "19", "reduced": "7", "zero": "0"}
    )

    def shop(self) -> Shop:
        """Return the shop's part."""
        return Shop(
            store_id=self.store,
            name=self.name,
            currency=self.currency,
            language=self.language,
            tax={name: _thousandths(rate) for name, rate in self.tax.items()},
            public_url=self.public_url.rstrip("/") if self.public_url else None,
        )


def _thousandths(rate: str) -> int:
    whole, _, decimals = rate.partition(".")
    return int(whole) * 1000 + int(decimals.ljust(3, "0"))


def read(path: Path | None) -> BackendSettings:
    """Read the [backend] table; other programs' tables are passed over.

    Raises:
        UserError: the file cannot be read, or a setting is wrong; every fault is named.
    """
    if path is None:
        return BackendSettings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"config {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"config {path} is not TOML: {error}") from None
    try:
        return BackendSettings.model_validate_json(json.dumps(content.get("backend", {}), default=str))
    except ValidationError as error:
        raise UserError(f"config {path}: {'; '.join(_said(fault) for fault in error.errors())}") from None


def _said(fault: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    path = ".".join(str(part) for part in ("backend", *fault["loc"]))
    if fault["type"] != "extra_forbidden":
        return f"{path}: got {fault['input']!r}, {fault['msg']}"
    near = get_close_matches(str(fault["loc"][-1]), list(BackendSettings.model_fields), n=1)
    return f"{path}: no such setting" + (f", did you mean {near[0]}" if near else "")


def state_directory(asked: Path | None) -> Path:
    """Return where the backend's files lie: as asked, the system's place for root, else the user's own."""
    if asked is not None:
        return asked
    if os.geteuid() == 0 or os.access(SYSTEM_STATE, os.W_OK):
        return SYSTEM_STATE
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "checkstand"
