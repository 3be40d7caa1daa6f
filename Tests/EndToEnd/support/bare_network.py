"""A network that has nothing but this machine's loopback, for each process that runs tests.

What needs a registry is fetched before. Ports of one process are in no other's way.
It needs the rights to make a network namespace, as root has.
"""

import ctypes
import errno
import fcntl
import os
import socket
import struct

CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
#: An address for documentation, which nobody has.
ELSEWHERE = ("192.0.2.1", 80)


def enter():
    """Takes this thread into the network, and with it all threads and processes that it starts."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "the tests need a network of their own, which root can make")
    raise_loopback()
    check_that_nothing_else_is_there()


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def check_that_nothing_else_is_there():
    names = [name for _, name in socket.if_nameindex()]
    with socket.socket() as probe:
        answer = probe.connect_ex(ELSEWHERE)
    assert names == ["lo"] and answer == errno.ENETUNREACH, (names, os.strerror(answer))
