"""The states of 04 FF (PA00P015 rev. 13, 3.8) as what a shopper is to do, in the words of DisplayEvent."""

DISPLAY: dict[int, str] = {
    0x00: "processing",  # waits for the amount
    0x01: "enter_pin",  # watch the PIN pad
    0x02: "enter_pin",
    0x04: "processing",  # waits for the host
    0x05: "processing",  # sends an automatic reversal
    0x06: "processing",  # sends post-bookings
    0x0A: "present_card",
    0x0B: "remove_card",
    0x0E: "processing",
    0x0F: "processing",
    0x15: "enter_pin",  # wrong PIN
    0x17: "processing",
    0x41: "remove_card",  # 41 to 5D: as 01 to 1D, and the card is to be taken out
    **dict.fromkeys(range(0x42, 0x5E), "remove_card"),
    0xD2: "processing",  # connects
    0xD3: "processing",
}


def display_code(status: int) -> str:
    """Return the DisplayEvent code of a 04 FF status; what is not in the table is read from the terminal."""
    return DISPLAY.get(status, "see_terminal")
