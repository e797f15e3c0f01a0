import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from devices.link.dispatch import ContractError, Dispatcher, snake_case
from devices.link.interface import parse
from devices.link.messages import CallError

DOOR = parse("""
interface org.example.Door1
method Open(wide: bool, note: ?string) -> (angle: int)
method Watch() -> (angle: int)
error Locked (by: string)
""")


async def open_door(_connection: object, *, wide: bool, note: str | None) -> dict[str, Any]:
    return {"angle": 90 if wide else 45, "note": note}


async def watch(_connection: object) -> AsyncIterator[dict[str, Any]]:
    yield {"angle": 1}


DICT = {"Open": open_door, "Watch": watch}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GetState", "get_state"),
        ("Claim", "claim"),
        ("SetDeviceEnabled", "set_device_enabled"),
        ("Open2D", "open2_d"),
    ],
)
def test_method_names_become_pythons(name: str, expected: str) -> None:
    assert snake_case(name) == expected


def test_a_dict_serves_as_well_as_an_object() -> None:
    bound = Dispatcher(DOOR, DICT).find("org.example.Door1.Open")
    assert bound.arguments({"wide": True, "new": 1}) == {"wide": True, "note": None}
    assert not bound.streams
    assert Dispatcher(DOOR, DICT).find("org.example.Door1.Watch").streams


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("org.example.Window1.Open", "org.varlink.service.InterfaceNotFound"),
        ("org.example.Door1.Close", "org.varlink.service.MethodNotFound"),
        ("org.checkstand.Link1.Open", "org.varlink.service.MethodNotFound"),
    ],
)
def test_what_is_not_there_is_said_in_the_standards_words(method: str, error: str) -> None:
    with pytest.raises(CallError) as got:
        Dispatcher(DOOR, DICT).find(method)
    assert got.value.name == error


def test_a_wrong_parameter_is_named() -> None:
    with pytest.raises(CallError) as got:
        Dispatcher(DOOR, DICT).find("org.example.Door1.Open").arguments({"wide": "yes"})
    assert got.value.parameters == {"parameter": "wide"}


def test_a_reply_the_interface_does_not_know_is_our_mistake() -> None:
    bound = Dispatcher(DOOR, DICT).find("org.example.Door1.Open")
    with pytest.raises(
        ContractError, match=r"org\.example\.Door1\.Open replied with note: expected no such field"
    ):
        bound.reply(asyncio.run(open_door(None, wide=True, note=None)))
    with pytest.raises(ContractError, match="angle"):
        bound.reply(None)


def test_errors_are_held_to_the_interface_too() -> None:
    bound = Dispatcher(DOOR, DICT).find("org.example.Door1.Open")
    refused = bound.refusal(CallError("Locked", by="night"))
    assert (refused.name, refused.parameters) == ("org.example.Door1.Locked", {"by": "night"})
    other = CallError("org.varlink.service.PermissionDenied")
    assert bound.refusal(other) is other
    with pytest.raises(ContractError, match="declares no error Stuck"):
        bound.refusal(CallError("Stuck"))
    with pytest.raises(ContractError, match="was raised with by"):
        bound.refusal(CallError("Locked"))


class Half:
    """Serves one method, with a parameter the interface does not have."""

    async def open(self, _connection: object, *, wide: bool) -> None:
        """Take too little."""


@pytest.mark.parametrize(
    ("handler", "sentence"),
    [
        (Half(), "the handler of org.example.Door1.Open must take"),
        ({"Open": open_door}, "org.example.Door1.Watch has no handler"),
        (object(), "org.example.Door1.Open has no handler"),
    ],
)
def test_a_program_that_cannot_keep_its_contract_does_not_start(handler: object, sentence: str) -> None:
    with pytest.raises(ContractError, match=sentence):
        Dispatcher(DOOR, handler)


def test_a_service_describes_itself() -> None:
    dispatcher = Dispatcher(DOOR, DICT)

    async def main() -> None:
        info = await dispatcher.get_info(None)
        assert info["interfaces"] == ["org.varlink.service", "org.example.Door1", "org.checkstand.Link1"]
        assert (await dispatcher.get_interface_description(None, interface="org.example.Door1")) == {
            "description": DOOR.description
        }
        with pytest.raises(CallError, match="InterfaceNotFound"):
            await dispatcher.get_interface_description(None, interface="org.example.Window1")

    asyncio.run(main())
