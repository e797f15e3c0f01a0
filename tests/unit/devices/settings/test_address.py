from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.settings.address import Address, AddressError, File, Serial, Tcp, Usblp, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp:127.0.0.1:9100", Tcp("127.0.0.1", 9100)),
        ("tcp:printer.shop:65535", Tcp("printer.shop", 65535)),
        ("tcp:[::1]:9100", Tcp("::1", 9100)),
        ("serial:/dev/ttyS0", Serial(Path("/dev/ttyS0"))),
        ("serial:/dev/ttyS0,115200", Serial(Path("/dev/ttyS0"), 115200)),
        ("usblp:/dev/usb/lp0", Usblp(Path("/dev/usb/lp0"))),
        ("file:out.bin", File(Path("out.bin"))),
        ("file:/tmp/a:b,c", File(Path("/tmp/a:b,c"))),  # noqa: S108 - never opened
    ],
)
def test_an_address_is_read_and_written_alike(text: str, address: Address) -> None:
    assert parse_address(text) == address
    assert str(address) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tcp",
        "tcp:",
        "tcp:host",
        "tcp:host:",
        "tcp:host:0",
        "tcp:host:65536",
        "tcp:host:9100x",
        "tcp:a:b:1",
        "tcp:::1:9100",
        "serial:ttyS0",
        "serial:/dev/ttyS0,fast",
        "usblp:lp0",
        "file:",
        "usb:/dev/x",
        "TCP:host:1",
    ],
)
def test_what_is_no_address_is_refused_with_those_that_are(text: str) -> None:
    with pytest.raises(AddressError) as error:
        parse_address(text)
    assert str(error.value) == "one of tcp:HOST:PORT, serial:PATH[,BAUD], usblp:PATH, file:PATH"


def test_only_the_kinds_allowed_pass() -> None:
    assert parse_address("tcp:h:1", ("tcp", "serial")) == Tcp("h", 1)
    with pytest.raises(AddressError, match=r"^one of tcp:HOST:PORT, serial:PATH\[,BAUD\]$"):
        parse_address("file:x", ("tcp", "serial"))


@given(
    st.text()
    | st.sampled_from(["tcp:", "serial:", "usblp:", "file:"]).flatmap(
        lambda kind: st.text().map(kind.__add__)
    )
)
def test_any_text_is_an_address_or_the_error(text: str) -> None:
    try:
        address = parse_address(text)
    except AddressError:
        return
    assert parse_address(str(address)) == address
