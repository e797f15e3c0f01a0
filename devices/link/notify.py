"""Tell systemd how we are (sd_notify(3)): READY=1, WATCHDOG=1, STATUS=…; nothing happens without systemd."""

import os
import socket
from collections.abc import Mapping


def notify(*assignments: str, environment: Mapping[str, str] | None = None) -> bool:
    """Send assignments such as ``READY=1``; True when they went out. A full or dead socket is ignored."""
    address = (os.environ if environment is None else environment).get("NOTIFY_SOCKET", "")
    if address[:1] not in {"/", "@"}:
        return False
    target = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        sender.settimeout(0)
        try:
            sender.sendto("\n".join(assignments).encode(), target)
        except OSError:
            return False
    return True


def watchdog_interval_s(environment: Mapping[str, str] | None = None) -> float | None:
    """Half of systemd's wait for a sign of life (sd_watchdog_enabled(3)), in seconds; None without one."""
    known = os.environ if environment is None else environment
    limit_us = known.get("WATCHDOG_USEC", "")
    if not limit_us.isdecimal() or known.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    return int(limit_us) / 2_000_000 or None
