"""HTTP servers in the process of the tests, which end as soon as they are no longer needed."""

import threading
from contextlib import contextmanager
from http.server import ThreadingHTTPServer

#: How often a server looks whether it should end, in seconds. Python's own half of a second would be
#: what each test waits for at its end.
INTERVAL = 0.01


@contextmanager
def serving(handler):
    """Lets a handler answer on a free port; gives the URL of the server, without a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=[INTERVAL], daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
