"""Two runs publish to one bucket at once, through a network that refuses and loses answers.

LARDER_ROUNDS is how often both begin (4).
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from support import buckets
from support.flaky_proxy import Trouble, Write, proxy
from support.publisher import Publisher, names

ROUNDS = int(os.environ.get("LARDER_ROUNDS", "4"))
MANIFEST, INTENT = "larder/manifest.jsonl", "larder/intent.json"


@pytest.fixture(scope="module")
def moto():
    with buckets.moto() as service:
        yield service


def publishers(larder, folder, moto, trouble, stack, **more):
    """Two publishers, each with a proxy of its own, so that it is known who wrote what."""
    retry = {"attempts": 9, "delay": "1ms"}
    environment = {**moto.environment, "AWS_EC2_METADATA_DISABLED": "true"}
    found = {}
    for name in ("left", "right"):
        (folder / name).mkdir()
        url = stack.enter_context(proxy(trouble, name))
        sink = {**moto.settings("acme"), "endpoint": url, "retry": retry, "stale": "delete", **more}
        found[name] = Publisher(larder, folder / name, sink, environment)
    return found


def history(trouble):
    """The manifests in their order; an assertion fails where two runs got into each other's way."""
    holder, manifests, tag, ends = None, [], None, False
    for write in trouble.writes:
        # A run says that it is over, or deletes its word; a bucket deletes many objects by one request.
        deletes = f"<Key>{INTENT}</Key>".encode() in write.body or write.method == "DELETE"
        releases = deletes or write.key == INTENT and b'"stage":"over"' in write.body
        if write.key == INTENT and write.method == "PUT" and not releases:
            assert holder in (None, write.publisher), f"{write.publisher} took the lock of {holder}"
            holder, ends = write.publisher, b'"replaces":' in write.body
            continue
        if releases and holder is None:
            continue  # once more, since the answer was lost
        assert holder == write.publisher, f"{write.publisher} wrote {write.key} without the lock"
        if releases:
            holder = None
        if write.key == MANIFEST:
            condition = write.headers.get("if-match"), write.headers.get("if-none-match")
            # One that is sent again after its answer was lost is not taken: it is there.
            assert condition == ((tag, None) if tag else (None, "*"))
            manifests.append((write.publisher, write.body))
            tag = write.tag
            holder = None if ends else holder
    assert holder is None
    return manifests


def test_what_two_publishers_do_is_what_one_after_the_other_would(larder, moto, tmp_path):
    """Check 19: 100 rounds, 10 % of conflicts and lost answers, no update that is lost."""
    client = moto.client()
    client.create_bucket(Bucket="acme")
    trouble, statuses, published = Trouble(moto.url, seed=19), Counter(), []
    with ExitStack() as stack:
        both = publishers(larder, tmp_path, moto, trouble, stack)
        for number in range(ROUNDS):
            lists = {
                name: names(3 + (number + at) % 4, f"{number + 1}.{at}") + [f"{name}-{number}.0.zip"]
                for at, name in enumerate(both)
            }
            with ThreadPoolExecutor() as pool:
                runs = dict(zip(both, pool.map(lambda name: both[name].run(lists[name]), both)))
            ended = {name: run.status for name, run in runs.items()}
            said = "".join(run.stderr for run in runs.values())
            statuses.update(ended.values())
            assert set(ended.values()) <= {0, 75} and 0 in ended.values(), said
            trees = {name: both[name].expected(lists[name]) for name in both if ended[name] == 0}
            new = history(trouble)[len(published) :]
            # Whoever ended with 0 has published, once; whoever did not has not.
            assert sorted(new) == sorted((name, tree[MANIFEST]) for name, tree in trees.items())
            published += new
            found = {
                entry["Key"]: client.get_object(Bucket="acme", Key=entry["Key"])["Body"].read()
                for entry in client.list_objects_v2(Bucket="acme")["Contents"]
                if entry["Key"] != INTENT
            }
            assert found == trees[published[-1][0]]
    print(f"{ROUNDS} rounds: statuses {dict(statuses)}, requests {trouble.counts}")
    assert trouble.counts["lost"] and trouble.counts["refused"] and statuses[75]


@pytest.mark.parametrize("keys", [
    ["left " + INTENT, "right " + INTENT],
    ["left " + INTENT, "right simple/index.html"],
    ["left " + INTENT, "left " + MANIFEST, "left " + MANIFEST],
    ["left simple/index.html"],
    ["left " + INTENT],
])  # fmt: skip
def test_runs_that_get_into_each_others_way_are_found_out(keys):
    trouble = Trouble("", seed=0)
    for key in keys:
        name, path = key.split()
        trouble.writes.append(Write(name, "PUT", path, b"", {"if-none-match": "*"}, '"tag"'))
    with pytest.raises(AssertionError):
        history(trouble)
