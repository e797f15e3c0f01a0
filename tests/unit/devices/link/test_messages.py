from typing import Any

import pytest

from devices.link.messages import Call, CallError, MessageError, Reply, invalid_parameter


def test_a_call_is_read_and_written() -> None:
    call = Call("org.example.Lamp1.Switch", {"lit": True}, more=True, oneway=True)
    assert call.message() == {
        "method": "org.example.Lamp1.Switch",
        "parameters": {"lit": True},
        "more": True,
        "oneway": True,
    }
    assert Call.parse(call.message()) == call
    assert (call.interface, call.name) == ("org.example.Lamp1", "Switch")


def test_only_the_method_is_needed() -> None:
    call = Call.parse({"method": "org.example.Lamp1.Switch", "parameters": None, "newer": 1})
    assert call == Call("org.example.Lamp1.Switch")
    assert call.message() == {"method": "org.example.Lamp1.Switch", "parameters": {}}


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"method": 3},
        {"method": "Switch"},
        {"method": "org.example.Lamp1.switch"},
        {"method": "org.example.Lamp1.Switch", "parameters": []},
        {"method": "org.example.Lamp1.Switch", "more": 1},
        {"method": "org.example.Lamp1.Switch", "oneway": "true"},
    ],
)
def test_what_is_no_call_is_refused(message: dict[str, Any]) -> None:
    with pytest.raises(MessageError):
        Call.parse(message)


def test_a_reply_is_read_and_written() -> None:
    reply = Reply({"state": 1}, continues=True)
    assert reply.message() == {"parameters": {"state": 1}, "continues": True}
    assert Reply.parse(reply.message()) == reply
    assert Reply.parse({}).result() == {}


def test_a_refusal_travels_as_a_reply() -> None:
    sent = CallError("org.example.Lamp1.Burnt", hours=900)
    reply = Reply.parse(Reply.of_error(sent).message())
    with pytest.raises(CallError) as got:
        reply.result()
    assert (got.value.name, got.value.parameters, got.value.short) == (sent.name, {"hours": 900}, "Burnt")
    assert str(got.value) == "org.example.Lamp1.Burnt {'hours': 900}"
    assert str(CallError("NotClaimed")) == "NotClaimed"


@pytest.mark.parametrize(
    "message",
    [
        {"error": 3},
        {"parameters": "x"},
        {"continues": 1},
        {"error": "org.example.Lamp1.Burnt", "continues": True},
    ],
)
def test_what_is_no_reply_is_refused(message: dict[str, Any]) -> None:
    with pytest.raises(MessageError):
        Reply.parse(message)


def test_a_wrong_parameter_has_the_standards_error() -> None:
    error = invalid_parameter("job.state")
    assert (error.name, error.parameters) == (
        "org.varlink.service.InvalidParameter",
        {"parameter": "job.state"},
    )
