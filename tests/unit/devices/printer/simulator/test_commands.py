from devices.printer.simulator.commands import ACCEPTED, FIXED


def test_no_prefix_hides_another() -> None:
    prefixes = [*FIXED, *ACCEPTED]
    assert len(prefixes) == len(set(prefixes))
    for prefix in prefixes:
        assert not [other for other in prefixes if other != prefix and other.startswith(prefix)], prefix
