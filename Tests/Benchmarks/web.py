#!/usr/bin/env python3
"""Measures the home page in Chromium: how soon it is there, and how soon it answers a key press.

Prints figures of an index of 20,000 projects and one of 700,000. Needs what the tests need, and a
release build of the repository: .venv/bin/python Tests/Benchmarks/web.py [--names FILE]
"""

import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "Tests" / "EndToEnd"))

from support import browser as browsers  # noqa: E402

#: What is typed, a key at a time.
TYPED = ["requests", "django-rest", "py", "sdk", "python client", "zzz-nothing"]

#: When the script is ready, when the first and the largest thing is painted, and how long tasks
#: blocked the page, each counted from its 50th millisecond on as Lighthouse does.
LOAD = """
  const done = arguments[0]
  const found = {}
  const watch = (type, take) =>
    new PerformanceObserver(list => list.getEntries().forEach(take))
      .observe({ type, buffered: true })
  let blocked = 0
  watch('longtask', task => blocked += Math.max(0, task.duration - 50))
  watch('largest-contentful-paint', paint => found.largest = paint.startTime)
  watch('paint', paint => {
    if (paint.name === 'first-contentful-paint') found.first = paint.startTime
  })
  const page = performance.getEntriesByType('navigation')[0]
  const ready = page.domContentLoadedEventEnd - page.fetchStart
  const look = () => 'first' in found && 'largest' in found
    ? done([ready, found.first, found.largest, blocked])
    : requestAnimationFrame(look)
  look()
"""

#: Types a key at a time; for each the time until its results are laid out.
TYPE = """
  const [texts, done] = arguments
  const box = document.querySelector('[name=q]'), output = document.querySelector('output')
  const found = document.getElementById('found')
  const press = text => new Promise(resolve => {
    output.value = ''
    const start = performance.now()
    const observer = new MutationObserver(() => {
      if (!output.value) return
      observer.disconnect()
      found.offsetHeight
      resolve(performance.now() - start)
    })
    observer.observe(output, { childList: true, characterData: true, subtree: true })
    box.value = text
    box.dispatchEvent(new Event('input'))
  })
  const run = async () => {
    const times = []
    for (const text of texts)
      for (let end = 1; end <= text.length; end++) {
        if (text[end - 1] === ' ') continue
        times.push(await press(text.slice(0, end)))
        await new Promise(requestAnimationFrame)
      }
    return times
  }
  run().then(done)
"""


def made_up_names(count):
    """Names whose first parts are few and whose last are many, as those of PyPI are."""
    rng = random.Random(1)
    letters = "etaoinsrhldcumfpgwybvkxjqz"

    def word():
        return "".join(rng.choices(letters, range(26, 0, -1), k=rng.randint(2, 9)))

    words = [word() for _ in range(60_000)]
    common = "py python django requests client sdk rest api cli".split() + words[:200]
    names = set(TYPED[:1])
    while len(names) < count:
        lists = [common if rng.random() < 0.3 else words for _ in range(rng.choice([1, 2, 2, 3]))]
        number = str(rng.randrange(100)) if rng.random() < 0.3 else ""
        names.add("-".join(map(rng.choice, lists)) + number)
    return sorted(names)


def build(names, folder):
    """The pages of an index that the home page needs; the others stay in the archive."""
    lines = [name.replace("-", "_") + "-1.0.tar.gz\n" for name in names]
    (folder / "list.txt").write_text("".join(lines))
    pipeline = {
        "version": 1,
        "sources": [{"type": "file", "path": "list.txt"}],
        "render": {},
        "sinks": [{"type": "tarball", "path": "index.tar.zst", "level": 1}],
    }
    (folder / "pipeline.json").write_text(json.dumps(pipeline))
    larder = REPOSITORY / ".build" / "release" / "larder"
    subprocess.run([larder, "run", "--quiet"], cwd=folder, check=True)
    (folder / "prefix").mkdir()
    members = ["index.html", "404.html", "larder"]
    subprocess.run(["tar", "-xf", "../index.tar.zst", *members], cwd=folder / "prefix", check=True)
    return folder / "prefix"


def sizes(root, folder):
    files = [file.stat().st_size for file in (root / "larder" / folder).iterdir()]
    return (
        f"{len(files):,} files, {sum(files) / 1e6:.1f} MB, "
        f"median {statistics.median(files) / 1e3:.1f} kB, largest {max(files) / 1e3:.1f} kB"
    )


def measure(browser, url, rounds=5):
    """How soon the page is there, and how soon key presses are answered, in milliseconds."""
    loads, shifts = [], []
    for _ in range(rounds):
        browser.reset()
        browser.driver.get(url)
        loads.append(browser.driver.execute_async_script(LOAD))
        shifts.append(browser.layout_shift())
    cold = browser.driver.execute_async_script(TYPE, TYPED)
    warm = [browser.driver.execute_async_script(TYPE, TYPED) for _ in range(rounds)]
    # What else the machine does only adds: of each key press the median of the rounds.
    keys = [statistics.median(times) for times in zip(*warm)]
    ready, first, largest, blocked = (statistics.median(times) for times in zip(*loads))
    print(f"  script ready        {ready:6.1f} ms after the request")
    print(f"  first paint         {first:6.1f} ms after the request")
    print(f"  largest paint       {largest:6.1f} ms after the request")
    print(f"  blocked             {blocked:6.1f} ms")
    print(f"  layout shift        {max(shifts):6.3f}")
    for what, times in ("there", keys), ("to load", cold):
        median, most = statistics.median(times), max(times)
        print(f"  key press, its file {what:8} median {median:5.1f} ms, most {most:5.1f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=pathlib.Path, help="names, one a line; made up without it")
    parser.add_argument("--counts", nargs="+", type=int, default=[20_000, 700_000])
    arguments = parser.parse_args()
    most = max(arguments.counts)
    names = arguments.names.read_text().split() if arguments.names else made_up_names(most)
    with browsers.chromium() as browser:
        for count in arguments.counts:
            with tempfile.TemporaryDirectory(prefix="larder-web-") as folder:
                folder = pathlib.Path(folder)
                chosen = random.Random(2).sample(names, min(count, len(names)))
                root = build([*chosen, "requests"], folder)
                print(f"{len(chosen):,} projects")
                print(f"  home page           {(root / 'index.html').stat().st_size / 1e3:6.1f} kB")
                print(f"  pages of names      {sizes(root, 'names')}")
                print(f"  files to search     {sizes(root, 'search')}")
                with browsers.serve(folder) as url:
                    measure(browser, url)


if __name__ == "__main__":
    main()
