"""The messages a terminal sends, parsed; none of them holds more of a card than its last four digits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from devices.terminal.zvt import bcd, bmp, text, tlv
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.errors import DecodeError
from devices.terminal.zvt.status import StatusInformation
from devices.terminal.zvt.status import parse as parse_status
from devices.terminal.zvt.text import Charset

_TLV: Final = 0x06
_LAST_LINE: Final = 0x81
_FEED: Final = 0xFF
_LENGTH_MARKS: Final = 3
_MARK: Final = 0xF0
_TAG_LINE, _TAG_ATTRIBUTE, _TAG_TEXTS, _TAG_RECEIPT = 0x07, 0x09, 0x24, 0x1F07


@dataclass(frozen=True, slots=True)
class Accepted:
    """80 00, or 84 00: the command is taken."""


@dataclass(frozen=True, slots=True)
class Refused:
    """84 xx: the command is not taken; `code` is xx."""

    code: int


@dataclass(frozen=True, slots=True)
class IntermediateStatus:
    """04 FF: what the terminal does now. `minutes`: it asks for another time-out; `lines`: its display."""

    status: int
    minutes: int | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """06 0F: the command is done.

    Attributes:
        status: the registration status byte (BMP 19).
        terminal_status: the status code of a status enquiry; None after other commands.
        software: the terminal's software version, of a status enquiry.
    """

    result: int | None = None
    status: int | None = None
    terminal_id: str | None = None
    currency: str | None = None
    terminal_status: int | None = None
    software: str | None = None


@dataclass(frozen=True, slots=True)
class Abort:
    """06 1E: the command came to nothing; `code` says why, `text` is the terminal's own (tag 1F17)."""

    code: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """06 D1 or 06 D3: lines of a receipt. `receipt`: 1 merchant, 2 customer, 3 administration."""

    lines: tuple[str, ...] = ()
    receipt: int | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class SetClock:
    """04 01: the terminal offers its time; we answer and keep ours."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A command we do not serve, such as dialling for the terminal (06 D8)."""

    header: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """What cannot be read; `reason` names the place, never the bytes."""

    header: str
    reason: str


Message = (
    Accepted
    | Refused
    | StatusInformation
    | IntermediateStatus
    | Completion
    | Abort
    | Print
    | SetClock
    | Unknown
    | Malformed
)


def _objects(data: bytes, at: int) -> tuple[tlv.Tlv, ...]:
    """Return the objects of a container `06 length …` that fills `data` from `at` to its end."""
    if data[at] != _TLV:
        raise DecodeError("a TLV container (06) was expected")
    size, start = tlv.read_length(data, at + 1)
    if start + size != len(data):
        raise DecodeError("a TLV container does not end with its message")
    return tlv.decode(data[start:])


def _intermediate(data: bytes, charset: Charset) -> IntermediateStatus:
    if not data:
        raise DecodeError("an intermediate status without its status byte")
    if len(data) == 1:
        return IntermediateStatus(data[0])
    minutes = bcd.number(data[1:2])
    objects = _objects(data, 2) if len(data) > 2 else ()  # noqa: PLR2004 - status, time-out, then the container
    texts = (
        one for block in objects if block.tag == _TAG_TEXTS for one in block.parts if one.tag == _TAG_LINE
    )
    return IntermediateStatus(data[0], minutes, tuple(text.decode(one.value, charset) for one in texts))


def _enquiry_form(data: bytes, charset: Charset) -> Completion:
    """Read `[software LLLVAR] status [06 TLV]`, the answer to 05 01."""
    software, at = None, 0
    if all(mark >= _MARK for mark in data[:_LENGTH_MARKS]) and len(data) >= _LENGTH_MARKS:
        size, start = bmp.read_var(data, 0, _LENGTH_MARKS)
        at = start + size
        software = text.decode(data[start:at], charset)
    if at >= len(data):
        raise DecodeError("a status answer without its status byte")
    if at + 1 < len(data):
        _objects(data, at + 1)
    return Completion(terminal_status=data[at], software=software)


def _bitmap_form(data: bytes) -> Completion:
    fields = bmp.decode(data)
    result, status, terminal, currency = (fields.get(number) for number in (0x27, 0x19, 0x29, 0x49))
    return Completion(
        result=result[0] if result else None,
        status=status[0] if status else None,
        terminal_id=bcd.digits(terminal) if terminal else None,
        currency=bcd.digits(currency) if currency else None,
    )


def _completion(data: bytes, charset: Charset) -> Completion:
    """Tell the two forms of 06 0F apart: bitmaps where they fit, else the answer to a status enquiry."""
    if not data:
        return Completion()
    if len(data) >= _LENGTH_MARKS and all(mark >= _MARK for mark in data[:_LENGTH_MARKS]):
        return _enquiry_form(data, charset)
    try:
        return _bitmap_form(data)
    except DecodeError:
        return _enquiry_form(data, charset)


def _abort(data: bytes, charset: Charset) -> Abort:
    if not data:
        raise DecodeError("an abort without its result code")
    at = data.find(_TLV, 1)
    try:
        objects = _objects(data, at) if at > 0 else ()
    except DecodeError:
        objects = ()
    told = tlv.find(objects, 0x1F17)
    return Abort(data[0], None if told is None else text.decode(told, charset))


def _split_line(data: bytes) -> tuple[bytes, int | None]:
    """Return text and receipt type of 06 D1; some vendors put a TLV container after the text."""
    for at in (place for place, byte in enumerate(data) if byte == _TLV):
        try:
            objects = _objects(data, at)
        except DecodeError:
            continue
        kind = tlv.find(objects, _TAG_RECEIPT)
        return data[:at], kind[0] if kind else None
    return data, None


def _print_line(data: bytes, charset: Charset) -> Print:
    if not data:
        raise DecodeError("a print line without its attribute")
    attribute = data[0]
    if attribute == _FEED:
        return Print(lines=("",) * (data[1] if len(data) > 1 else 1))
    line, receipt = _split_line(data[1:])
    last = attribute >= _LAST_LINE
    if last and not line:
        return Print((), receipt, last)
    return Print((text.decode(line, charset),), receipt, last)


def _print_block(data: bytes, charset: Charset) -> Print:
    if not data:
        raise DecodeError("a print block without its container")
    lines: list[str] = []
    receipt, last = None, False
    for one in tlv.walk(_objects(data, 0)):
        if one.tag == _TAG_LINE:
            lines.append(text.decode(one.value, charset))
        elif one.tag == _TAG_RECEIPT and one.value:
            receipt = one.value[0]
        elif one.tag == _TAG_ATTRIBUTE and one.value:
            last = last or one.value[0] >= _LAST_LINE
    return Print(tuple(lines), receipt, last)


_PARSERS: dict[int, Callable[[bytes, Charset], Message]] = {
    0x040F: lambda data, _: parse_status(data),
    0x04FF: _intermediate,
    0x060F: _completion,
    0x061E: _abort,
    0x06D1: _print_line,
    0x06D3: _print_block,
    0x0401: lambda _data, _charset: SetClock(),
}


def parse(apdu: Apdu, charset: Charset = Charset.CP437) -> Message:
    """Return the message; what cannot be read becomes Malformed. Never raises."""
    if apdu.code in {0x8000, 0x8400}:
        return Accepted()
    if apdu.code >> 8 == 0x84:  # noqa: PLR2004 - class of a negative answer
        return Refused(apdu.code & 0xFF)
    parser = _PARSERS.get(apdu.code)
    if parser is None:
        return Unknown(apdu.header)
    try:
        return parser(apdu.data, charset)
    except DecodeError as error:
        return Malformed(apdu.header, str(error))
