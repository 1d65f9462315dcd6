"""The disk, which may be full, forbidden, somebody else's or pulled from under a run.

What is looked for is there or not, and nothing is raised; what is written is there whole, old or new.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from k2l.errors import UserError


def is_file(path: Path) -> bool:
    """Also False where nobody may look: ``Path.is_file`` raises there, until Python 3.14."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """As ``is_file``."""
    return os.path.isdir(path)  # noqa: PTH112


def is_odd(path: Path) -> bool:
    """A device, a pipe or a socket, from which reading may never end; also at the end of a link."""
    return os.path.exists(path) and not is_file(path) and not is_folder(path)  # noqa: PTH110


def put(path: Path, data: bytes) -> None:
    """Replaces the content of ``path``; links stay links, and the mode stays. What is no file (a pipe, ``/dev/stderr``) is written to.

    Raises OSError, and then the file is as it was; one that its owner has made read-only counts as one that cannot be written."""
    target = Path(os.path.realpath(path))
    mode = _mode(target)
    if mode is not None and not stat.S_ISREG(mode):
        path.write_bytes(data)
        return
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    # A name that nobody can have put a link under.
    aside = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}.k2l")
    try:
        create(aside, data)
        if mode is not None:
            aside.chmod(stat.S_IMODE(mode))
        aside.replace(target)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise


def create(path: Path, data: bytes) -> None:
    """Raises FileExistsError for whatever stands there, a link too: nothing is ever written through one."""
    with path.open("xb") as file:
        file.write(data)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While nobody else is within this for the same folder. Raises UserError when somebody is.

    The lock is the system's, so that it goes with the process that holds it. Where there are none (Windows, some network file systems),
    nothing keeps two runs apart."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError("another run of k2l is writing there; run this one again when that has ended", folder.as_posix()) from None
        except OSError as error:
            if error.errno not in {errno.ENOLCK, errno.ENOTSUP, errno.EBADF, errno.ENOSYS, errno.EINVAL}:
                raise
        yield
    finally:
        os.close(handle)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
