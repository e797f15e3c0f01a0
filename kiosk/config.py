"""The kiosk's own tables of the configuration, and the check of a whole file for every program."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from devices.settings.link import LinkSettings, StoreSettings
from devices.settings.load import read_file, validate_document
from devices.settings.printer import PrinterTables
from devices.settings.problems import ConfigError, Problem
from devices.settings.scanner import ScannerTables
from devices.settings.section import CurrencyCode, Seconds, Section, Tables, Text, matching, unexpected
from devices.settings.terminal import TerminalTables


def _each_once(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words or len(set(words)) < len(words):
        raise unexpected("at least one, each once")
    return words


Language: TypeAlias = Annotated[
    str, matching("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "a language such as de")
]
"""BCP 47: language, script, region."""
Colour: TypeAlias = Annotated[str, matching("#[0-9A-Fa-f]{6}", "a colour such as #1A7F5A")]
Name: TypeAlias = Annotated[str, matching("[A-Za-z0-9._-]{1,64}", "letters, digits, . _ or -, at most 64")]
WebAddress: TypeAlias = Annotated[
    str, matching(r"https?://[^\s/?#]+(/[^\s?#]*)?", "an address such as https://backend.shop:8443")
]
Lines: TypeAlias = Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=12)]
Method: TypeAlias = Literal["card", "qr"]


class LaneSettings(Section):
    """``[lane]``: which lane of which shop this is, and how patient it is. Times are whole seconds.

    Attributes:
        number: of the lane in the shop, on receipts.
        workstation: the lane's name towards the backend; unique in the shop.
        shop: the shop's name, on screen and receipts.
        address: its lines, on receipts.
        vat_id: its VAT number, on receipts; None: not printed.
        languages: those a shopper may choose, in the order of the buttons.
        language: the one a visit begins with; one of ``languages``.
        country: ISO 3166-1 alpha-2; whose rules for tax and receipts apply.
        currency: ISO 4217.
        empty_idle_s: an empty basket left alone this long goes back to the attract screen.
        idle_warning_s: a filled one left alone this long brings the question "still here?".
        countdown_s: how long that question waits; then the basket is parked.
        parked_s: how long staff can fetch a parked basket.
        thanks_s: how long the last screen of a visit stays.
    """

    number: Annotated[int, Field(ge=1, le=9999)] = 1
    workstation: Name = "lane-1"
    shop: Text = "Checkstand Demo"
    address: Lines = ()
    vat_id: Text | None = None
    languages: Annotated[tuple[Language, ...], AfterValidator(_each_once)] = ("en", "de")
    language: Language = "en"
    country: Annotated[str, matching("[A-Z]{2}", "a country of ISO 3166-1, such as DE")] = "DE"
    currency: CurrencyCode = "EUR"
    empty_idle_s: Seconds = 20
    idle_warning_s: Seconds = 60
    countdown_s: Annotated[int, Field(ge=20, le=600)] = 30  # WCAG 2.2.1: at least 20 seconds to answer
    parked_s: Seconds = 600
    thanks_s: Seconds = 8

    @field_validator("language", mode="after")
    @classmethod
    def _one_of_them(cls, language: str, info: ValidationInfo) -> str:
        languages = info.data.get("languages", (language,))  # absent when wrong itself
        if language not in languages:
            raise unexpected(f"one of lane.languages: {', '.join(languages)}")
        return language


class BrandSettings(Section):
    """``[brand]``: the shop's look.

    Attributes:
        accent: the one colour of buttons and totals; texts on it are made readable by themselves.
        logo: PNG or JPEG for screen and receipt; None: the shop's name is written instead.
    """

    accent: Colour = "#1A7F5A"
    logo: Path | None = None


class DisplaySettings(Section):
    """``[display]``: the screen.

    Attributes:
        width: in pixels, as mounted.
        height: in pixels, as mounted.
        dpi: pixels an inch, so that buttons have their size in millimetres.
        bottom_edge_mm: height of the screen's lower edge above the floor: controls stay in reach.
        theme: light, dark or high_contrast.
        fullscreen: False draws a window, for trying out.
    """

    width: Annotated[int, Field(ge=320, le=7680)] = 1080
    height: Annotated[int, Field(ge=320, le=7680)] = 1920
    dpi: Annotated[int, Field(ge=50, le=600)] = 102
    bottom_edge_mm: Annotated[int, Field(ge=0, le=2000)] = 950
    theme: Literal["light", "dark", "high_contrast"] = "light"
    fullscreen: bool = True


class SyncSettings(Section):
    """``[sync]``: the way to the shop's backend.

    Attributes:
        backend: its address, if not the one the lane was enrolled with; None: that one.
        interval_s: between two looks for news.
        timeout_s: longest wait for one answer.
        batch: most events in one push.
    """

    backend: WebAddress | None = None
    interval_s: Seconds = 5
    timeout_s: Annotated[int, Field(ge=1, le=120)] = 10
    batch: Annotated[int, Field(ge=1, le=5000)] = 500


class ReceiptSettings(Section):
    """``[receipt]``.

    Attributes:
        policy: paper prints always; ask lets the shopper choose print, QR code or none.
        header: lines above the goods, below the shop's address.
        footer: lines at the end.
    """

    policy: Literal["paper", "ask"] = "ask"
    header: Lines = ()
    footer: Lines = ()


class SoundSettings(Section):
    """``[sound]``.

    Attributes:
        volume: in percent; 0 is silence.
        device: the output by its ALSA name; None: the system's default.
    """

    volume: Annotated[int, Field(ge=0, le=100)] = 70
    device: Text | None = None


class PaymentSettings(Section):
    """``[payment]``.

    Attributes:
        methods: in the order of the buttons; each needs its table under [terminal].
    """

    methods: Annotated[tuple[Method, ...], AfterValidator(_each_once)] = ("card",)


class LaneTables(Tables):
    """What ``kiosk run`` reads."""

    link: LinkSettings = Field(default_factory=LinkSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    lane: LaneSettings = Field(default_factory=LaneSettings)
    brand: BrandSettings = Field(default_factory=BrandSettings)
    display: DisplaySettings = Field(default_factory=DisplaySettings)
    receipt: ReceiptSettings = Field(default_factory=ReceiptSettings)
    sound: SoundSettings = Field(default_factory=SoundSettings)
    payment: PaymentSettings = Field(default_factory=PaymentSettings)


class SyncTables(Tables):
    """What ``kiosk sync`` reads."""

    link: LinkSettings = Field(default_factory=LinkSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    lane: LaneSettings = Field(default_factory=LaneSettings)
    sync: SyncSettings = Field(default_factory=SyncSettings)


class EveryTable(LaneTables, SyncTables, ScannerTables, PrinterTables, TerminalTables):
    """Every table of every program: what a whole file may hold, and nothing else."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: nothing, or every error."""

    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every program would start with the file."""
        return not self.problems

    def row(self) -> dict[str, Any]:
        """As ``kiosk check-config`` prints it."""
        return {"ok": self.ok, "errors": [problem.row() for problem in self.problems]}


def check(path: Path) -> Report:
    """Check one file for all programs of a lane, exhaustively; unlike a program's start it knows every table.

    [backend] belongs to another machine's program, whose models a lane does not have: it is passed over.
    """
    try:
        document = {name: table for name, table in read_file(path).items() if name != "backend"}
        every = validate_document(document, EveryTable)
    except ConfigError as error:
        return Report(error.problems)
    return Report(tuple(_across(every)))


def _across(every: EveryTable) -> list[Problem]:
    """What only shows when tables are seen together."""
    problems = []
    if "qr" in every.payment.methods and every.terminal.qr is None:
        problems.append(Problem("terminal.qr", None, "a table, since payment.methods has qr"))
    for name in every.payment.methods:
        channel = getattr(every.terminal, name)
        if channel is not None and channel.currency != every.lane.currency:
            expected = f"the lane's currency, {every.lane.currency}"
            problems.append(
                Problem(f"terminal.{name}.currency", channel.currency, expected, every.lane.currency)
            )
    return problems


def check_command(arguments: Sequence[str]) -> int:
    """``kiosk check-config FILE``: one JSON object on standard output.

    Returns:
        0 when the file is in order, 2 when it is not or when there is not exactly one FILE.
    """
    if len(arguments) != 1:
        sys.stderr.write(f"got {len(arguments)} arguments, expected one: kiosk check-config FILE\n")
        return 2
    report = check(Path(arguments[0]))
    sys.stdout.write(json.dumps(report.row(), ensure_ascii=False) + "\n")
    return 0 if report.ok else 2
