"""A listening Unix socket: handed over by systemd, or made here without ever taking one that is served."""

import errno
import fcntl
import os
import socket
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

SOCKET_MODE = 0o660
_FIRST_FD = 3  # SD_LISTEN_FDS_START of sd_listen_fds(3)
_BACKLOG = 128


class EndpointError(OSError):
    """The socket cannot be served; the message is one sentence for the operator."""


class Endpoint:
    """One listening socket and what keeps it ours; ``close`` gives it back.

    A lock on ``<path>.lock`` is held as long as we serve, so that two daemons starting at once cannot both
    take a stale file. A socket from systemd is neither locked nor removed: it is systemd's.
    """

    def __init__(
        self, path: Path, environment: Mapping[str, str] | None = None, first_fd: int = _FIRST_FD
    ) -> None:
        """Open it.

        Args:
            path: where the socket file is, or is to be; its folder is made (0770) when missing.
            environment: where LISTEN_PID and LISTEN_FDS are looked for; the process's own by default.
            first_fd: the first descriptor systemd hands over.

        Raises:
            EndpointError: another process serves it, the path is not a socket, or it cannot be made.
        """
        self.path = path
        self._lock: int | None = None
        handed = _handed_over(path, os.environ if environment is None else environment, first_fd)
        self.activated = handed is not None
        try:
            self.socket = handed or self._make()
        except EndpointError:
            self._unlock()
            raise
        except OSError as error:
            self._unlock()
            raise EndpointError(error.errno, f"{path} cannot be served: {error.strerror or error}") from error
        self.socket.settimeout(0)

    def _make(self) -> socket.socket:
        self.path.parent.mkdir(mode=0o770, parents=True, exist_ok=True)
        self._take_lock()
        _refuse_foreign(self.path)
        fresh = self.path.with_name(f"{self.path.name}.new")
        fresh.unlink(missing_ok=True)
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            made.bind(str(fresh))
            fresh.chmod(SOCKET_MODE)
            made.listen(_BACKLOG)
            # Renamed only now: a client never meets a socket that has the wrong mode or does not listen.
            fresh.rename(self.path)
        except OSError:
            made.close()
            raise
        return made

    def _take_lock(self) -> None:
        lock = self.path.with_name(f"{self.path.name}.lock")
        self._lock = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, SOCKET_MODE)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _served(self.path) from error

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def close(self) -> None:
        """Stop listening; remove the file unless it is systemd's. May be called twice."""
        self.socket.close()
        if self._lock is not None:
            self.path.unlink(missing_ok=True)
        self._unlock()


def _served(path: Path) -> EndpointError:
    return EndpointError(errno.EADDRINUSE, f"{path} is served by another process; stop that one first")


def _refuse_foreign(path: Path) -> None:
    """Pass only when nothing is at ``path``, or a socket nobody listens on."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise EndpointError(errno.ENOTSOCK, f"{path} is not a socket; move that file away")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, suppress(ConnectionRefusedError):
        probe.settimeout(0)
        with suppress(BlockingIOError):  # its queue is full: somebody listens
            probe.connect(str(path))
        raise _served(path)


def _handed_over(path: Path, environment: Mapping[str, str], first_fd: int) -> socket.socket | None:
    """The systemd socket for ``path`` (sd_listen_fds(3)): the one bound there, or the only one; else None."""
    if environment.get("LISTEN_PID") != str(os.getpid()):
        return None
    count = int(environment.get("LISTEN_FDS", "0"))
    found: socket.socket | None = None
    for descriptor in range(first_fd, first_fd + count):
        # Looked at through a copy, so that a socket meant for someone else in this process stays open.
        with socket.socket(fileno=os.dup(descriptor)) as look:
            fits = look.family == socket.AF_UNIX and (count == 1 or look.getsockname() == str(path))
        if fits and found is None:
            found = socket.socket(fileno=descriptor)
    return found
