"""The pieces every course is made of."""

import pytest

from devices.terminal.simulator import messages
from devices.terminal.simulator.commands import Registration
from devices.terminal.simulator.dialog import Answer, Ask, Pause, Site, Told, ask, pressed, show
from devices.terminal.simulator.ledger import Ledger
from devices.terminal.simulator.profile import CARDS, PROFILES
from devices.terminal.simulator.script import Playbook
from tests.unit.devices.terminal.simulator.bench import NOON


def site(config: int | None, profile: str = "standard") -> Site:
    registration = (
        None if config is None else Registration("000000", config, "0978", uses_tlv=False, blocks=False)
    )
    return Site(
        Ledger(lambda _record: None),
        Playbook(),
        wall=lambda: NOON,
        draw=lambda count: count - 1,
        profile=PROFILES[profile],
        registration=registration,
    )


@pytest.mark.parametrize(
    ("config", "profile", "asks"),
    [
        (0x08, "standard", True),
        (0x36, "standard", False),
        (None, "standard", False),
        (0x36, "card_complete", True),
    ],
)
def test_prompts_go_to_a_till_that_wants_them(config: int | None, profile: str, asks: bool) -> None:  # noqa: FBT001
    here = site(config, profile)
    steps = list(show(here, messages.INSERT_CARD))
    assert steps == ([Ask(messages.intermediate(0x0A))] if asks else [])
    assert list(here.out) == [Told({"display": "present_card", "code": "0A", "text": "Please present card"})]


def test_asking_gives_the_answer_or_none() -> None:
    flow = ask(messages.completion())
    assert next(flow) == Ask(messages.completion())
    with pytest.raises(StopIteration) as ended:
        flow.send(Answer(0))
    assert ended.value.value == Answer(0)
    flow = ask(messages.completion())
    next(flow)
    with pytest.raises(StopIteration) as ended:
        flow.send("card")
    assert ended.value.value is None


def test_waiting_for_a_key_gives_the_key_or_none() -> None:
    flow = pressed(5)
    assert next(flow) == Pause(5, keys=True)
    with pytest.raises(StopIteration) as ended:
        flow.send("card")
    assert ended.value.value == "card"
    flow = pressed(5)
    next(flow)
    with pytest.raises(StopIteration) as ended:
        flow.send(None)
    assert ended.value.value is None


def test_the_draw_picks_the_card() -> None:
    assert site(None).card() == CARDS[-1]


def test_a_config_bit_needs_a_registration() -> None:
    assert site(0x82).config(0x80)
    assert not site(0x02).config(0x80)
    assert not site(None).config(0x80)
