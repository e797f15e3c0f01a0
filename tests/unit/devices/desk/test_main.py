import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from devices.desk.__main__ import main


def test_it_serves_the_page_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "shelf.csv").write_text("gtin,name\n4006381333931,Milch\n")
    arguments = ["--shelf", str(tmp_path / "shelf.csv"), "--link", str(tmp_path)]
    with subprocess.Popen(
        [sys.executable, "-m", "devices.desk", *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        where = json.loads(process.stdout.readline())
        assert where["event"] == "listening"
        with urllib.request.urlopen(where["url"] + "shelf") as answer:  # noqa: S310 - our own page on this machine
            assert json.load(answer)["products"][0]["name"] == "Milch"
        process.terminate()
        assert process.wait(20) == 0


def test_it_serves_in_this_process_until_a_signal(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def person() -> None:
        """Ask for the page until it is there, then end the desk."""
        while True:
            with socket.socket() as line:
                if not line.connect_ex(("127.0.0.1", port)):
                    line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    if line.recv(15) == b"HTTP/1.1 200 OK":
                        os.kill(os.getpid(), signal.SIGINT)
                        return

    helper = threading.Thread(target=person)
    helper.start()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        assert main(["--port", str(port)]) == 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    helper.join()
    assert json.loads(capsys.readouterr().out)["url"] == f"http://127.0.0.1:{port}/"


def test_what_cannot_be_used_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shelf", str(tmp_path / "gone.csv")]) == 2
    assert "cannot be read: No such file or directory." in capsys.readouterr().err
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    assert "cannot be used: Address already in use." in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["--port", "x"])
    assert ended.value.code == 2
    assert "'x' is no port; expected 0 to 65535" in capsys.readouterr().err
