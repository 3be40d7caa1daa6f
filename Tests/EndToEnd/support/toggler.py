"""Another process that makes a folder a symbolic link and a folder again, without a pause."""

import contextlib
import ctypes
import mmap
import os
import signal
import struct

AT_FDCWD, RENAME_EXCHANGE = -100, 2
exchange = ctypes.CDLL(None, use_errno=True).renameat2


class Toggler:
    """Exchanges `path`, whenever it is there, with `link`; `count` is how often it did.

    As another user, it makes the link to `target` itself, as soon as it can.
    """

    def __init__(self, path, link, target=None, user=None):
        self.path, self.link = os.fsencode(path), os.fsencode(link)
        self.target, self.user = target, user
        self.memory = mmap.mmap(-1, 8)

    @property
    def count(self):
        return struct.unpack("q", self.memory)[0]

    def __enter__(self):
        self.child = os.fork()
        if self.child == 0:
            try:
                self.toggle()
            finally:
                os._exit(1)
        return self

    def toggle(self):
        if self.user is not None:
            os.setgroups([])
            os.setresgid(self.user, self.user, self.user)
            os.setresuid(self.user, self.user, self.user)
        count = 0
        while True:
            if exchange(AT_FDCWD, self.path, AT_FDCWD, self.link, RENAME_EXCHANGE) == 0:
                count += 1
                self.memory[:] = struct.pack("q", count)
            elif self.target is not None:
                with contextlib.suppress(OSError):
                    os.symlink(self.target, self.link)

    def __exit__(self, *_):
        os.kill(self.child, signal.SIGKILL)
        _, status = os.waitpid(self.child, 0)
        assert os.WIFSIGNALED(status), "it could not begin"
