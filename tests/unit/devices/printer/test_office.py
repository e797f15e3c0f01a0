import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devices.printer.codepage import CodePage
from devices.printer.driver import Driver, Finished, Garbage, HealthChanged, Reconnect, Saved
from devices.printer.health import Health
from devices.printer.job import Phase, Run
from devices.printer.journal import Job, Journal, JournalError
from devices.printer.limits import Limits
from devices.printer.office import Office
from devices.printer.press import Press
from devices.printer.profile import Profile
from devices.printer.raster import PillowArtist

PRESS = Press(Profile("TM-T88V", 42, 512, (CodePage(19, "cp858"),), process_id=True), PillowArtist())
DOCUMENT = {"blocks": [{"text": "a"}, {"text": "b"}, {"cut": "full"}]}


class Scene:
    """An office over a real journal and a real driver without a connection."""

    def __init__(self, folder: Path, only: str | None = None) -> None:
        self.journal = Journal(folder / "print.db", automatic_copies=3)
        self.driver = Driver(Limits())
        self.told: list[tuple[str, Job | None]] = []
        self.office = Office(
            self.journal, self.driver, PRESS, lambda kind, job: self.told.append((kind, job)), only=only
        )


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    with contextlib.closing(made.journal):
        yield made


def test_the_oldest_open_run_is_offered_once(scene: Scene) -> None:
    scene.journal.add("a", DOCUMENT, 1)
    scene.journal.add("b", DOCUMENT, 2)
    scene.office.offer_next(0)
    assert scene.driver.run == Run(1, "a")
    scene.office.offer_next(0)
    assert scene.driver.run == Run(1, "a")


def test_only_the_wanted_job_is_offered(tmp_path: Path) -> None:
    scene = Scene(tmp_path, only="b")
    with contextlib.closing(scene.journal):
        scene.journal.add("a", DOCUMENT, 1)
        scene.office.offer_next(0)
        assert scene.driver.run is None
        scene.journal.add("b", DOCUMENT, 2)
        scene.office.offer_next(0)
        assert scene.driver.run == Run(2, "b")


def test_what_is_decided_is_journalled_and_told_in_order(scene: Scene) -> None:
    scene.journal.add("k", DOCUMENT, 1)
    run = Run(1, "k")
    scene.office.carry_out(
        (
            HealthChanged(Health()),
            Saved(replace(run, held="paper_end")),
            Saved(replace(run, phase=Phase.SENDING)),
            Finished(replace(run, phase=Phase.DONE)),
            Garbage(b"\xff"),
            Reconnect("gone"),
        )
    )
    assert scene.told == [
        ("StatusUpdateEvent", None),
        ("ErrorEvent", Job("k", "HELD", 0, "paper_end")),
        ("StatusUpdateEvent", Job("k", "SENDING", 0, None)),
        ("OutputCompleteEvent", Job("k", "DONE", 0, None)),
    ]
    assert scene.journal.job("k") == Job("k", "DONE", 0, None)
    assert scene.office.statistics == {
        "UnknownCount": 0,
        "ReceiptLinePrintedCount": 2,
        "PaperCutCount": 1,
        "ReceiptCount": 1,
        "ProtocolErrorCount": 1,
    }


def test_a_lost_receipt_is_told_and_its_copy_offered(scene: Scene) -> None:
    scene.journal.add("k", DOCUMENT, 1)
    scene.office.carry_out((Finished(Run(1, "k", phase=Phase.UNKNOWN)),))
    assert scene.told == [("ErrorEvent", Job("k", "UNKNOWN", 0, None))]
    scene.office.offer_next(0)
    assert scene.driver.run == Run(2, "k", copy=1)
    scene.office.carry_out((Finished(Run(2, "k", copy=1, phase=Phase.DONE)),))
    assert scene.office.statistics["CopyCount"] == 1
    assert scene.office.statistics["UnknownCount"] == 1


def test_what_an_earlier_process_was_sending_is_counted_as_unknown(tmp_path: Path) -> None:
    with contextlib.closing(Journal(tmp_path / "print.db")) as before:
        before.add("k", DOCUMENT, 1)
        before.save(Run(1, "k", phase=Phase.SENDING))
    scene = Scene(tmp_path)
    with contextlib.closing(scene.journal):
        assert scene.office.statistics["UnknownCount"] == 1
        scene.office.offer_next(0)
        assert scene.driver.run == Run(2, "k", copy=1)


def test_an_inherited_run_is_offered_as_one_whose_connection_broke(tmp_path: Path) -> None:
    with contextlib.closing(Journal(tmp_path / "print.db")) as before:
        before.add("k", DOCUMENT, 1)
        before.save(Run(1, "k", phase=Phase.SENT))
    scene = Scene(tmp_path)
    with contextlib.closing(scene.journal):
        scene.office.offer_next(0)
        assert scene.driver.run is not None
        assert (scene.driver.run.broken, scene.driver.run.inherited) == (True, True)


def test_what_could_not_be_written_is_written_before_anything_else(scene: Scene) -> None:
    scene.journal.add("k", DOCUMENT, 1)
    done = Run(1, "k", phase=Phase.DONE)
    scene.journal._database.execute("PRAGMA query_only = ON")
    with pytest.raises(JournalError):
        scene.office.carry_out((Finished(done),))
    with pytest.raises(JournalError):
        scene.office.offer_next(0)
    assert scene.driver.run is None
    scene.journal._database.execute("PRAGMA query_only = OFF")
    scene.office.offer_next(0)
    assert scene.driver.run is None
    assert scene.journal.job("k") == Job("k", "DONE", 0, None)


def test_a_document_of_another_time_is_printed_as_what_is_wrong_with_it(scene: Scene) -> None:
    scene.journal.add("k", {"blocks": [{"hologram": 1}]}, 1)
    (text, _) = scene.office.document("k").blocks
    assert "blocks[0]" in str(text)
