from dataclasses import replace

import pytest

from devices.printer.health import SENTENCES, Cause, Health
from devices.printer.status import Status

SOUND = Health("Online", "ok", "closed", drawer="low")


def test_a_new_state_knows_nothing_and_is_not_ready() -> None:
    assert Health().cause == "silent"
    assert SOUND.silent() == Health()
    assert SOUND.gone() == Health(power="OffOffline")


def test_an_answer_changes_only_what_it_speaks_of() -> None:
    assert SOUND.merged(Status("eot", paper="near_end")) == replace(SOUND, paper="near_end")
    assert SOUND.merged(Status("eot", online=False, drawer="high")) == replace(
        SOUND, power="Offline", drawer="high"
    )
    broken = SOUND.merged(Status("eot", cutter_error=True, error="unrecoverable"))
    assert broken == replace(SOUND, cutter_error=True, error="unrecoverable")
    assert broken.merged(Status("eot", cover="open")) == replace(broken, cover="open")
    assert broken.merged(Status("asb", True, "ok", "closed", False, "none", "low")) == SOUND  # noqa: FBT003 - fields in order


@pytest.mark.parametrize(
    ("health", "cause"),
    [
        (SOUND, None),
        (replace(SOUND, paper="near_end"), None),
        (replace(SOUND, power="Off"), "disconnected"),
        (Health(power="OffOffline"), "disconnected"),
        (replace(SOUND, power="Offline", paper="end", cover="open"), "paper_end"),
        (replace(SOUND, power="Offline", cover="open"), "cover_open"),
        (replace(SOUND, cutter_error=True, error="recoverable"), "cutter_error"),
        (replace(SOUND, error="auto_recoverable"), "error"),
        (replace(SOUND, power="Offline"), "offline"),
        (replace(SOUND, power="Unknown"), "silent"),
        (replace(SOUND, paper="unknown"), "silent"),
        (replace(SOUND, cover="unknown"), "silent"),
    ],
)
def test_why_it_cannot_print(health: Health, cause: Cause | None) -> None:
    assert health.cause == cause
    assert SENTENCES[health.cause]
