from kiosk.core.slot import Slot


def test_the_latest_value_wins_and_is_taken_once() -> None:
    slot: Slot[int] = Slot()
    assert slot.take() is None
    slot.put(1)
    slot.put(2)
    assert slot.take() == 2
    assert slot.take() is None


def test_the_reader_is_told_of_every_value() -> None:
    slot: Slot[str] = Slot()
    told: list[str | None] = []
    slot.on_put = lambda: told.append(slot.take())
    slot.put("a")
    slot.put("b")
    assert told == ["a", "b"]
