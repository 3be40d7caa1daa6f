"""Chromium, and a server of static files for it."""

import contextlib
import functools
import http.server
import json
import pathlib
import shutil
from dataclasses import dataclass

import axe_core_python
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from support import own_server

AXE = (pathlib.Path(axe_core_python.__file__).parent / "axe.min.js").read_text()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, and for others the page of the index below `prefix/` that says so."""

    def send_error(self, code, message=None, explain=None):
        body = (pathlib.Path(self.directory) / "prefix" / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def serve(folder):
    """The URL of the index in `prefix/` of a folder."""
    handler = functools.partial(Handler, directory=str(folder))
    with own_server.serving(handler) as url:
        yield f"{url}/prefix/"


@dataclass(frozen=True)
class Browser:
    """A headless Chromium."""

    driver: webdriver.Chrome

    def reset(self):
        """A desktop in light mode, with scripts, without old logs."""
        self.show(1280, "light")
        self.run_scripts(True)
        self.driver.get("about:blank")
        self.log()
        self.requests()

    def show(self, width, mode):
        size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": mode}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def run_scripts(self, wanted):
        self.driver.execute_cdp_cmd(
            "Emulation.setScriptExecutionDisabled", {"value": not wanted}
        )

    def log(self):
        """What was written to the console, such as what the policy of a page forbade."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """The URLs that were asked for, without those whose bytes are in them."""
        entries = [
            json.loads(entry["message"])["message"]
            for entry in self.driver.get_log("performance")
        ]
        urls = [
            entry["params"]["request"]["url"]
            for entry in entries
            if entry["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in urls if not url.startswith("data:")]

    def layout_shift(self):
        """How far things moved by themselves, as Chromium counts it."""
        return self.driver.execute_async_script("""
          const done = arguments[0]
          let sum = 0
          const add = list => {
            for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value
          }
          new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true })
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))))
        """)

    def violations(self):
        """What axe-core finds wrong with the page."""
        self.driver.execute_script(AXE)
        return self.driver.execute_async_script("""
          const done = arguments[0]
          const brief = violation => [violation.id, violation.nodes[0].html]
          axe.run().then(r => done(r.violations.map(brief)), e => done(`${e}`))
        """)


@contextlib.contextmanager
def chromium():
    """Starts Chromium."""
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
