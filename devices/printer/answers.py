"""The `status` command: recorded bytes of a printer in, one object per thing understood out."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Final, cast

from devices.printer.status import QUESTIONS, Flow, Model, ProcessId, Status, StatusReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from devices.printer.status import Answer, Question

EXPECTATIONS: Final = (*QUESTIONS, "none")


class RecordingError(Exception):
    """Lines that are no recording; `sentences` lists every one."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def parse_recording(lines: Iterable[str]) -> tuple[bytes | Question, ...]:
    """Read `{"t_ms": …, "bytes": "18 00"}` and `{"t_ms": …, "expect": "eot4"}`, one a line.

    Raises:
        RecordingError: With every line that is neither.
    """
    steps: list[bytes | Question] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            step = _step(line)
        except ValueError as fault:
            wrong.append(f"line {number}: {fault}")
        else:
            steps.append(step)
    if wrong:
        raise RecordingError(tuple(wrong))
    return tuple(steps)


def read_answers(steps: Iterable[bytes | Question], default: Question | None) -> Iterator[dict[str, object]]:
    """What the printer said, as rows of the `status` command."""
    reader = StatusReader(default)
    for step in steps:
        if isinstance(step, bytes):
            yield from map(row, reader.feed(step))
        else:
            reader.expect((step,))


def row(answer: Answer) -> dict[str, object]:
    """One answer with the keys that apply to it."""
    match answer:
        case Status():
            told = {field.name: getattr(answer, field.name) for field in fields(answer)}
            return {key: value for key, value in told.items() if value is not None}
        case ProcessId():
            return {"kind": "process_id", "id": answer.id}
        case Model():
            return {"kind": "model", "id": answer.id}
        case Flow():
            return {"kind": answer.kind}
        case _:
            return {"kind": "protocol_error"}


def _step(line: str) -> bytes | Question:
    """One line of a recording.

    Raises:
        ValueError: It is none; the message says what was expected.
    """
    try:
        step = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError(f"got {line.strip()[:60]!r}, expected a JSON object") from None
    if not isinstance(step, dict) or len(step.keys() & {"bytes", "expect"}) != 1:
        raise ValueError('expected an object with either "bytes" or "expect"')
    if "expect" in step:
        if step["expect"] not in QUESTIONS:
            raise ValueError(f'"expect" must be one of {", ".join(QUESTIONS)}, got {step["expect"]!r}')
        return cast("Question", step["expect"])
    try:
        return bytes.fromhex(step["bytes"])
    except (TypeError, ValueError):
        raise ValueError(f'"bytes" must be hex such as "18 00 0C 0F", got {step["bytes"]!r}') from None
