from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.job import (
    FINAL,
    Accepted,
    Back,
    CutDone,
    Expired,
    FencePassed,
    Happening,
    Lost,
    Phase,
    Probed,
    Run,
    Sound,
    Start,
    Stream,
    TextPrinted,
    Todo,
    Unsound,
    advance,
)

STREAM = Stream((b"text", b"idA", b"cut"), text_end=7)
BLIND = Stream((b"text", b"cut"))
QUEUED = Run(1, "k")
SENDING = replace(QUEUED, phase=Phase.SENDING)
SENT = replace(QUEUED, phase=Phase.SENT, offset=10)
TEXT_DONE = replace(QUEUED, phase=Phase.TEXT_DONE, offset=10)


@pytest.mark.parametrize(
    ("run", "happening", "expected", "todo"),
    [
        (QUEUED, Start(), SENDING, Todo.SEND),
        (QUEUED, Unsound("paper_end"), replace(QUEUED, held="paper_end"), Todo.NOTHING),
        (replace(QUEUED, held="paper_end"), Sound(), QUEUED, Todo.NOTHING),
        (replace(QUEUED, held="disconnected"), Back(), QUEUED, Todo.NOTHING),
        (QUEUED, Lost(), QUEUED, Todo.NOTHING),
        (SENDING, Accepted(4), replace(SENDING, offset=4), Todo.NOTHING),
        (replace(SENDING, offset=4), Accepted(6), SENT, Todo.AWAIT),
        (SENDING, TextPrinted(), replace(SENDING, phase=Phase.TEXT_DONE), Todo.NOTHING),
        (SENDING, Unsound("cover_open"), replace(SENDING, held="cover_open"), Todo.NOTHING),
        (replace(SENDING, offset=4, held="cover_open"), Sound(), replace(SENDING, offset=4), Todo.NOTHING),
        (SENDING, Lost(), QUEUED, Todo.NOTHING),
        (
            replace(SENDING, offset=4),
            Lost(),
            replace(SENDING, offset=4, phase=Phase.UNKNOWN, broken=True),
            Todo.FINISH,
        ),
        (replace(SENDING, offset=8), Lost(), replace(SENT, offset=8, broken=True), Todo.NOTHING),
        (SENT, TextPrinted(), TEXT_DONE, Todo.AWAIT),
        (SENT, CutDone(), replace(SENT, phase=Phase.DONE), Todo.FINISH),
        (SENT, FencePassed(), replace(SENT, phase=Phase.UNCONFIRMED), Todo.FINISH),
        (SENT, Unsound("paper_end"), replace(SENT, held="paper_end"), Todo.NOTHING),
        (replace(SENT, held="paper_end"), Sound(), SENT, Todo.NOTHING),
        (replace(SENT, held="silent"), Sound(), replace(SENT, probed=True), Todo.PROBE),
        (SENT, Lost(), replace(SENT, broken=True), Todo.NOTHING),
        (SENT, Back(), SENT, Todo.NOTHING),
        (replace(SENT, broken=True), Back(), replace(SENT, broken=True, probed=True), Todo.PROBE),
        (
            replace(SENT, broken=True, probed=True),
            Probed(),
            replace(SENT, phase=Phase.UNKNOWN, broken=True, probed=True),
            Todo.FINISH,
        ),
        (SENT, Expired(), replace(SENT, probed=True), Todo.PROBE),
        (
            replace(SENT, probed=True),
            Expired(),
            replace(SENT, phase=Phase.UNCONFIRMED, probed=True),
            Todo.FINISH,
        ),
        (
            replace(SENT, probed=True, broken=True),
            Expired(),
            replace(SENT, phase=Phase.UNKNOWN, probed=True, broken=True),
            Todo.FINISH,
        ),
        (replace(SENT, offset=8, broken=True), TextPrinted(), replace(TEXT_DONE, offset=8), Todo.CUT),
        (replace(SENT, broken=True), TextPrinted(), replace(TEXT_DONE, broken=True), Todo.AWAIT),
        (replace(TEXT_DONE, offset=7), Accepted(3), TEXT_DONE, Todo.AWAIT),
        (TEXT_DONE, CutDone(), replace(TEXT_DONE, phase=Phase.DONE), Todo.FINISH),
        (TEXT_DONE, Unsound("cutter_error"), replace(TEXT_DONE, held="cutter_error"), Todo.NOTHING),
        (replace(TEXT_DONE, held="silent"), Sound(), replace(TEXT_DONE, probed=True), Todo.PROBE),
        (TEXT_DONE, Lost(), replace(TEXT_DONE, broken=True), Todo.NOTHING),
        (TEXT_DONE, Back(), TEXT_DONE, Todo.NOTHING),
        (replace(TEXT_DONE, offset=7, broken=True), Back(), replace(TEXT_DONE, offset=7), Todo.CUT),
        (replace(TEXT_DONE, broken=True), Back(), replace(TEXT_DONE, broken=True, probed=True), Todo.PROBE),
        (replace(TEXT_DONE, broken=True, probed=True), Probed(), TEXT_DONE, Todo.CUT),
        (TEXT_DONE, Expired(), replace(TEXT_DONE, probed=True), Todo.PROBE),
        (replace(TEXT_DONE, broken=True, probed=True), Expired(), TEXT_DONE, Todo.CUT),
        (
            replace(TEXT_DONE, probed=True),
            Expired(),
            replace(TEXT_DONE, phase=Phase.UNCONFIRMED, probed=True),
            Todo.FINISH,
        ),
    ],
)
def test_the_table(run: Run, happening: Happening, expected: Run, todo: Todo) -> None:
    assert advance(run, happening, STREAM) == (expected, todo)


def test_without_ids_a_broken_connection_leaves_nothing_to_ask() -> None:
    broken = replace(SENT, broken=True)
    assert advance(broken, Back(), BLIND) == (replace(broken, phase=Phase.UNKNOWN), Todo.FINISH)
    assert advance(SENT, Expired(), BLIND) == (replace(SENT, phase=Phase.UNCONFIRMED), Todo.FINISH)
    lost, todo = advance(replace(SENDING, offset=5), Lost(), BLIND)
    assert (lost.phase, todo) == (Phase.UNKNOWN, Todo.FINISH)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (replace(QUEUED, held="paper_end"), QUEUED),
        (SENDING, replace(SENDING, phase=Phase.UNKNOWN, broken=True)),
        (replace(SENT, held="silent"), replace(SENT, broken=True, inherited=True)),
        (TEXT_DONE, replace(TEXT_DONE, broken=True, inherited=True)),
    ],
)
def test_what_a_new_process_makes_of_a_journalled_run(before: Run, after: Run) -> None:
    assert before.restarted() == after


def test_a_copy_handed_over_whole_by_a_dead_process_is_not_followed_by_another() -> None:
    inherited = replace(SENT, copy=1, broken=True, probed=True, inherited=True)
    assert advance(inherited, Probed(), STREAM)[0].phase is Phase.UNCONFIRMED
    assert advance(replace(inherited, copy=0), Probed(), STREAM)[0].phase is Phase.UNKNOWN


def test_ids_of_a_run() -> None:
    run = Run(36 * 36 + 35, "k")
    assert (run.id_a, run.id_b, run.id_c) == ("A10Z", "B10Z", "C10Z")
    assert Run(36**3 + 1, "k").id_a == "A001"


HAPPENINGS: list[Happening] = [
    Start(), Accepted(2), TextPrinted(), CutDone(), Probed(), FencePassed(), Unsound("paper_end"), Sound(),
    Lost(), Back(), Expired(),
]  # fmt: skip


@given(st.lists(st.sampled_from(HAPPENINGS)), st.sampled_from([STREAM, BLIND]))
def test_whatever_happens_no_byte_is_sent_twice_and_done_needs_its_id(
    happenings: list[Happening], stream: Stream
) -> None:
    run, sends = QUEUED, 0
    for happening in happenings:
        before = run
        run, todo = advance(run, happening, stream)
        sends += todo is Todo.SEND
        if before.phase in FINAL:
            assert (run, todo) == (before, Todo.NOTHING)
        if before.phase is not Phase.QUEUED:
            assert run.phase is not Phase.QUEUED or before.offset == 0
        if run.phase is Phase.DONE and before.phase is not Phase.DONE:
            assert happening == CutDone()
        if todo is Todo.FINISH:
            assert run.phase in FINAL
        if happening == Lost() and before.phase is Phase.SENDING and before.offset:
            assert run.phase in {Phase.UNKNOWN, Phase.SENT}
            assert run.broken


@pytest.mark.parametrize(("phase", "happening"), list(product(sorted(FINAL), HAPPENINGS)))
def test_a_finished_run_stays_as_it_is(phase: Phase, happening: Happening) -> None:
    over = replace(SENT, phase=phase)
    assert advance(over, happening, STREAM) == (over, Todo.NOTHING)
