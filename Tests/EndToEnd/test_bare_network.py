"""Tests, and what they start, run where nothing but a loopback is."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from support.bare_network import check_that_nothing_else_is_there


def test_no_registry_and_no_other_machine_is_there():
    check_that_nothing_else_is_there()
    with ThreadPoolExecutor() as pool:
        pool.submit(check_that_nothing_else_is_there).result()
    code = "import socket; print([name for _, name in socket.if_nameindex()])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "['lo']\n"
