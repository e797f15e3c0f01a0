from hypothesis import given
from hypothesis import strategies as st

from devices.printer.outbox import Outbox, Written


def drain(box: Outbox, size: int = 3) -> bytes:
    """What a transport that takes `size` bytes at a time is given."""
    taken = b""
    while piece := box.pending()[:size]:
        taken += piece
        box.wrote(len(piece))
    return taken


def test_a_question_waits_for_the_command_that_is_being_written() -> None:
    box = Outbox()
    box.job((b"abcd", b"", b"efgh"))
    assert box.pending() == b"abcd"
    assert box.wrote(1) == Written("job", 1, finished=False)
    box.control(b"??", "poll")
    assert box.urgent
    assert box.pending() == b"bcd"
    assert box.wrote(3) == Written("job", 3, finished=True)
    assert box.pending() == b"??"
    assert box.urgent
    assert box.wrote(2) == Written("poll", 2, finished=True)
    assert not box.urgent
    assert drain(box) == b"efgh"
    assert box.pending() == b""


def test_a_held_job_begins_no_command_but_ends_the_one_begun() -> None:
    box = Outbox()
    box.job((b"abcd", b"efgh"))
    box.pending()
    box.wrote(1)
    box.held = True
    assert drain(box) == b"bcd"
    assert not box.waiting
    box.control(b"?")
    assert drain(box) == b"?"
    box.held = False
    assert box.waiting
    assert drain(box) == b"efgh"


def test_flow_control_stops_a_job_at_the_byte_it_has_come_to() -> None:
    box = Outbox()
    box.job((b"abcd",))
    box.pending()
    box.wrote(2)
    box.flow = False
    box.control(b"?")
    assert box.pending() == b""
    assert box.waiting
    box.flow = True
    assert drain(box) == b"cd?"


def test_flow_control_lets_questions_between_commands_through() -> None:
    box = Outbox()
    box.flow = False
    box.job((b"abcd",))
    box.control(b"?")
    assert drain(box) == b"?"
    box.flow = True
    assert drain(box) == b"abcd"


def test_nothing_goes_to_the_next_connection() -> None:
    box = Outbox()
    box.job((b"abcd", b"efgh"))
    box.control(b"?")
    box.pending()
    box.flow = False
    box.clear()
    assert box.pending() == b""
    assert box.flow
    assert not box.waiting


@given(
    st.lists(st.binary(min_size=1, max_size=9)),
    st.lists(st.binary(min_size=1, max_size=4)),
    st.integers(1, 5),
)
def test_every_command_arrives_whole_and_in_order(
    job: list[bytes], questions: list[bytes], size: int
) -> None:
    box = Outbox()
    box.job(job)
    taken: list[bytes] = []
    command = b""
    while piece := box.pending()[:size]:
        if questions:
            box.control(questions.pop())
        command += piece
        if box.wrote(len(piece)).finished:
            taken.append(command)
            command = b""
    left = iter(taken)
    assert all(part in left for part in job)  # in their order, whatever went out between them
