import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.zvt import messages
from devices.terminal.zvt.apdu import Apdu, split
from devices.terminal.zvt.messages import (
    Abort,
    Accepted,
    Completion,
    IntermediateStatus,
    Malformed,
    Message,
    Print,
    Refused,
    SetClock,
    Unknown,
)
from devices.terminal.zvt.status import StatusInformation
from devices.terminal.zvt.text import Charset
from tests.unit.devices.terminal.zvt import published


def _parse(text: str, charset: Charset = Charset.CP437) -> Message:
    whole = split(bytes.fromhex(text))
    assert whole is not None
    assert whole[1] == b""
    return messages.parse(whole[0], charset)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("80 00 00", Accepted()),
        ("84 00 00", Accepted()),
        ("84 9C 00", Refused(0x9C)),
        ("84 9D 07 04 00 00 00 00 12 34", Refused(0x9D)),
        (published.INSERT_CARD, IntermediateStatus(0x0A, 1, ("Bitte Karte einstecken",))),
        (published.WAIT_TWO_LINES, IntermediateStatus(0xFF, 10, ("EUR 1.23", "Bitte warten"))),
        ("04 FF 01 0E", IntermediateStatus(0x0E)),
        ("04 FF 02 0E 03", IntermediateStatus(0x0E, 3)),
        (published.REGISTERED, Completion(status=0, terminal_id="52001233", currency="0978")),
        (
            published.ENQUIRED,
            Completion(terminal_status=0, software="GER-APP-v2.0.9;cR02.01.01-00.09-2-2;CC26"),
        ),
        (published.ABORTED_BY_COMMAND, Abort(0x6C, "Abbruch durch externes Kommando!")),
        ("06 1E 01 6C", Abort(0x6C)),
        ("06 1E 03 6F 09 78", Abort(0x6F)),
        ("06 1E 03 FF 06 05", Abort(0xFF)),
        ("06 0F 00", Completion()),
        ("06 0F 02 27 E0", Completion(result=0xE0)),
        # The forms of the answer to a status enquiry, as ecrterm documents them.
        ("06 0F 07 F0 F0 F3 62 6C 61 00", Completion(terminal_status=0, software="bla")),
        ("06 0F 07 F0 F0 F3 62 6C 61 06", Completion(terminal_status=6, software="bla")),
        ("06 0F 09 F0 F0 F3 62 6C 61 06 06 00", Completion(terminal_status=6, software="bla")),
        ("06 0F 01 06", Completion(terminal_status=6)),
        ("06 0F 03 06 06 00", Completion(terminal_status=6)),
        ("06 0F 01 9C", Completion(terminal_status=0x9C)),
        ("06 0F 01 F0", Completion(terminal_status=0xF0)),
        (published.PLAIN_LINE, Print(("** KASSENSCHNITT **",))),
        ("06 D1 01 40", Print(("",))),
        ("06 D1 01 81", Print(last=True)),
        ("06 D1 03 81 41 42", Print(("AB",), last=True)),
        ("06 D1 02 FF 03", Print(("", "", ""))),
        ("06 D1 01 FF", Print(("",))),
        ("06 D1 04 00 41 06 42", Print(("AB",))),
        ("04 01 00", SetClock()),
        ("06 D8 00", Unknown("06 D8")),
    ],
)
def test_reads(text: str, message: Message) -> None:
    assert _parse(text) == message


def test_a_vendor_puts_the_receipt_type_after_the_text() -> None:
    found = _parse(published.MERCHANT_LINE_WITH_TLV, Charset.ISO_8859_1)
    assert found == Print(("** HÄNDLERBELEG **",), receipt=1)


def test_a_recorded_text_block() -> None:
    found = _parse(published.DAY_END_BLOCK)
    assert isinstance(found, Print)
    assert found.receipt == 3
    assert found.last
    assert found.lines[2] == "Abschluss - keine TX"
    assert len(found.lines) == 13


def test_a_status_information_is_what_the_status_parser_says() -> None:
    assert isinstance(_parse(published.PAYMENT), StatusInformation)


@pytest.mark.parametrize(
    "text",
    [
        "04 0F 01 FE",
        "04 0F 01 27",
        "04 FF 00",
        "04 FF 03 0A 01 07",
        "04 FF 04 0A 01 06 05",
        "04 FF 02 0A FF",
        "06 0F 03 F0 F0 F3",
        "06 0F 06 F0 F0 F3 62 6C 61",
        "06 0F 03 00 07 00",
        "06 1E 00",
        "06 D1 00",
        "06 D3 00",
        "06 D3 01 07",
        "06 D3 02 06 05",
    ],
)
def test_what_cannot_be_read_is_malformed_and_named(text: str) -> None:
    found = _parse(text)
    assert isinstance(found, Malformed)
    assert found.header == text[:5]
    assert found.reason


@pytest.mark.parametrize("text", published.MESSAGES)
def test_a_published_message_cut_anywhere_never_raises(text: str) -> None:
    whole = split(bytes.fromhex(text))
    assert whole is not None
    apdu = whole[0]
    for size in range(len(apdu.data)):
        messages.parse(Apdu(apdu.code, apdu.data[:size]))


codes = st.sampled_from([0x8000, 0x849C, 0x040F, 0x04FF, 0x060F, 0x061E, 0x06D1, 0x06D3, 0x0401, 0x0601])


@given(codes, st.binary(max_size=150))
def test_no_input_raises(code: int, data: bytes) -> None:
    assert isinstance(messages.parse(Apdu(code, data)), Message)
