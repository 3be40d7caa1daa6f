"""Where the key comes from that requests to buckets are signed with."""

import datetime
import json
import re

import pytest

from support import buckets
from support.buckets import Reader, page

KEY = ("AKIAEXAMPLEEXAMPLE", "secret/EXAMPLE+KEY", "token/EXAMPLE==")
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "AKIAENVIRONMENT", "AWS_SECRET_ACCESS_KEY": "secret-of-env"}


@pytest.fixture
def reader(larder, tmp_path):
    return Reader(larder, tmp_path)


def read(reader, *, fields=(), answer=None, **environment):
    """Reads a bucket; gives the run, the id of the key, its region and its token."""
    with buckets.service(answer or (lambda _: page(["a-1.0.zip"]))) as service:
        settings = {"type": "s3", "bucket": "acme", "endpoint": service.url,
                    "retry": {"attempts": 1}, **dict(fields)}  # fmt: skip
        environment = {name: value.replace("SERVICE", service.url)
                       for name, value in environment.items()}  # fmt: skip
        run = reader.run(settings, **environment)
        asked = [request for request in service.asked if request.path == "/acme"]
    assert not any(part in run.stderr + run.stdout for part in [KEY[1], KEY[2], "secret-of-env"])
    if not asked:
        return run, None, None, None
    found = re.search(r"Credential=(\w+)/\d{8}/([\w-]+)/", asked[0].headers["authorization"])
    return run, found[1], found[2], asked[0].headers.get("x-amz-security-token")


def write(reader, name, text, mode=0o600):
    path = reader.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


PROFILE = f"aws_access_key_id = {KEY[0]}\naws_secret_access_key={KEY[1]}\n"


def test_the_environment_beats_the_default_profile(reader):
    write(reader, ".aws/credentials", "[default]\n" + PROFILE)
    run, key, region, token = read(reader, **ENVIRONMENT)
    assert run.status == 0 and (key, region, token) == ("AKIAENVIRONMENT", "us-east-1", None)
    run, key, *_ = read(reader)
    assert run.status == 0 and key == KEY[0], run.stderr


def test_a_profile_that_is_named_beats_the_environment(reader):
    write(reader, ".aws/credentials",
          f"[default]\naws_access_key_id=A\n\n[other]\n{PROFILE}aws_session_token = {KEY[2]}\n")
    write(reader, ".aws/config", "[profile other]\nregion = eu-north-1\n", 0o644)
    run, *found = read(reader, fields={"profile": "other"}, **ENVIRONMENT)
    assert run.status == 0 and found == [KEY[0], "eu-north-1", KEY[2]], run.stderr
    run, *found = read(reader, AWS_PROFILE="other")
    assert run.status == 0 and found == [KEY[0], "eu-north-1", KEY[2]], run.stderr
    run, key, *_ = read(reader, fields={"profile": "gone"}, **ENVIRONMENT)
    assert run.status == 78 and "no-profile" in run.stderr and key is None


def test_the_files_may_be_elsewhere(reader):
    path = write(reader, "keys", "; note\n[default]\n# note\n" + PROFILE)
    run, key, *_ = read(reader, AWS_SHARED_CREDENTIALS_FILE=str(path))
    assert run.status == 0 and key == KEY[0], run.stderr


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
@pytest.mark.parametrize("name, section", [
    (".aws/credentials", "[default]\n"), (".aws/config", "[default]\n"),
])  # fmt: skip
def test_a_secret_that_others_may_read_is_refused(reader, mode, name, section):
    path = write(reader, name, section + PROFILE, mode)
    run, key, *_ = read(reader)
    assert run.status == 78 and "exposed-secret" in run.stderr and str(path) in run.stderr
    assert f"{mode:o}" in run.stderr and key is None and KEY[0] not in run.stderr


def test_fields_are_secrets_from_elsewhere(reader):
    names = {"access_key_id": KEY[0], "secret_access_key": KEY[1], "session_token": KEY[2]}
    fields = {name: "${env:MY_%s}" % name.upper() for name in names}
    mine = {f"MY_{name.upper()}": value for name, value in names.items()}
    run, *found = read(reader, fields=fields, **mine, **ENVIRONMENT, AWS_REGION="eu-west-3")
    assert run.status == 0 and found == [KEY[0], "eu-west-3", KEY[2]], run.stderr
    for wrong in [{"secret_access_key": None}, {"profile": "x"}, {"anonymous": True}]:
        some = {name: value for name, value in {**fields, **wrong}.items() if value is not None}
        run, key, *_ = read(reader, fields=some, **mine)
        assert run.status == 78 and key is None, run.stderr


def lent(seconds=3600, **changes):
    end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    names = ["AccessKeyId", "SecretAccessKey", "Token"]
    answer = {**dict(zip(names, KEY)), "Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ"), **changes}
    return 200, {}, json.dumps(answer)


def container(asked):
    if asked.path != "/role":
        return page(["a-1.0.zip"])
    return lent() if asked.headers.get("authorization") == "canary-of-pod" else (403, {}, "no")


def test_a_container_lends_a_key(reader):
    path = write(reader, "pod-token", "canary-of-pod\n")
    for token in [
        {"AWS_CONTAINER_AUTHORIZATION_TOKEN": "canary-of-pod"},
        {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(path)},
    ]:
        run, *found = read(
            reader, answer=container, AWS_CONTAINER_CREDENTIALS_FULL_URI="SERVICE/role", **token
        )
        assert run.status == 0 and found == [KEY[0], "us-east-1", KEY[2]], run.stderr
    run, key, *_ = read(
        reader, answer=container, AWS_CONTAINER_CREDENTIALS_FULL_URI="SERVICE/role"
    )
    assert run.status == 69 and "no-credentials" in run.stderr and key is None
    run, key, *_ = read(
        reader, AWS_CONTAINER_CREDENTIALS_FULL_URI="http://elsewhere.example/role",
        AWS_CONTAINER_AUTHORIZATION_TOKEN="canary-of-pod",
    )  # fmt: skip
    assert run.status == 69 and "neither https" in run.stderr and "canary" not in run.stderr


def machine(asked):
    root = "/latest/meta-data/iam/security-credentials/"
    if asked.path == "/latest/api/token":
        is_right = asked.method == "PUT" and "x-aws-ec2-metadata-token-ttl-seconds" in asked.headers
        return (200, {}, "canary-of-machine") if is_right else (400, {}, "")
    if asked.path.startswith(root):
        if asked.headers.get("x-aws-ec2-metadata-token") != "canary-of-machine":
            return 401, {}, ""
        return lent() if asked.path == root + "my-role" else (200, {}, "my-role")
    return page(["a-1.0.zip"])


def test_a_machine_lends_a_key(reader):
    where = {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "SERVICE", "AWS_EC2_METADATA_DISABLED": ""}
    run, *found = read(reader, answer=machine, **where)
    assert run.status == 0 and found == [KEY[0], "us-east-1", KEY[2]], run.stderr
    run, key, *_ = read(reader, answer=lambda _: (404, {}, ""), **where)
    assert run.status == 78 and "no-credentials" in run.stderr and key is None
    assert '"anonymous": true' in run.stderr


@pytest.mark.parametrize("answer", [
    (200, {}, "no json"), (200, {}, "{}"), lent(Expiration="soon"), lent(AccessKeyId="a b"),
    lent(SecretAccessKey=None), (500, {}, "canary"),
])  # fmt: skip
def test_a_container_that_lends_no_key_stops_the_run(reader, answer):
    run, key, *_ = read(
        reader, answer=lambda _: answer, AWS_CONTAINER_CREDENTIALS_FULL_URI="SERVICE/role"
    )
    assert run.status == 69 and "no-credentials" in run.stderr and key is None, run.stderr
    assert "canary" not in run.stderr


def test_no_key_and_no_region_are_said_with_a_remedy(reader):
    run, key, *_ = read(reader)
    assert run.status == 78 and "no-credentials" in run.stderr and key is None
    assert "AWS_ACCESS_KEY_ID" in run.stderr and '"anonymous": true' in run.stderr
    run = reader.run({"type": "s3", "bucket": "acme"}, **ENVIRONMENT)
    assert run.status == 78 and "no-region" in run.stderr and "AWS_REGION" in run.stderr


def test_a_way_to_a_key_that_is_unknown_is_said(reader):
    write(reader, ".aws/config", "[profile role]\nrole_arn = arn:aws:iam::1:role/x\n")
    run, key, *_ = read(reader, fields={"profile": "role"})
    assert run.status == 78 and "unknown-credentials" in run.stderr and key is None
    run, key, *_ = read(reader, AWS_WEB_IDENTITY_TOKEN_FILE="/x")
    assert run.status == 78 and "AWS_WEB_IDENTITY_TOKEN_FILE" in run.stderr and key is None


def test_a_key_with_a_line_break_is_refused(reader):
    run, key, *_ = read(reader, **{**ENVIRONMENT, "AWS_SECRET_ACCESS_KEY": "secret-of-env\n"})
    assert run.status == 78 and "wrong-credentials" in run.stderr and key is None


def test_a_key_that_ends_soon_is_asked_for_again(reader):
    lends = []

    def answer(asked):
        if asked.path == "/role":
            lends.append(asked)
            # Asked anew at most every thirty seconds, so the first one has ended already.
            return lent(-5 if len(lends) == 1 else 3600)
        token = None if asked.query.get("continuation-token") else "t"
        return page([f"a-{1 if token else 2}.0.zip"], token)

    run, *_ = read(reader, answer=answer, AWS_CONTAINER_CREDENTIALS_FULL_URI="SERVICE/role")
    assert run.status == 0 and len(lends) == 2, run.stderr
