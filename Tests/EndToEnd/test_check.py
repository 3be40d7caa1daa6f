"""`larder check`, `larder show`, and what `larder run` shares with them."""

import json
import os
import subprocess

import pytest

from support import shipped

PIPELINE = """{
  "version": 1,
  "name": "acme",
  "sources": [ { "type": "file", "path": "names.txt" } ],
  "render": { "title": "${env:ACME_TITLE:-Acme}" },
  "sinks": [
    { "type": "filesystem", "path": "public" },
    { "type": "filesystem", "id": "copy", "path": "copy", "enabled": "${env:ACME_COPY:-false}" }
  ]
}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pipeline.json").write_text(PIPELINE)
    (tmp_path / "names.txt").write_text("acme_core-1.0.tar.gz\n")
    return tmp_path


@pytest.fixture
def run(larder, folder):
    """Runs a verb in the folder, with variables."""

    def call(*arguments, stdin="", **variables):
        environment = {"PATH": os.environ["PATH"], **variables}
        return subprocess.run(
            [larder.binary, *map(str, arguments)],
            cwd=folder, env=environment, input=stdin, capture_output=True, text=True, timeout=60,
        )

    return call


def test_check_says_what_it_saw_and_what_it_did_not_look_at(run):
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == """pipeline.json: ok
  1 source       file
  renderer       complete tree, title "My Private PyPI"
  2 sinks        filesystem, copy (filesystem, enabled by ${env:ACME_COPY})
checked: syntax, fields, references. Not checked: environment (--env), sources and sinks (--online)
"""


def test_check_looks_further_when_asked(run):
    done = run("check", "--env", ACME_TITLE="T")
    assert 'title "T"' in done.stdout
    assert done.stdout.endswith("environment. Not checked: sources and sinks (--online)\n")
    done = run("check", "--online")
    assert done.stdout.endswith("checked: syntax, fields, references, environment, "
                                "sources and sinks\n")


def test_check_misses_files_that_stages_read(run, folder):
    (folder / "names.txt").unlink()
    assert run("check").returncode == 0
    done = run("check", "--env")
    assert done.returncode == 78
    assert 'error[missing-file]: source "file" reads names.txt' in done.stderr


def test_check_prints_every_mistake_and_the_verdict(run, folder):
    (folder / "pipeline.json").write_text(PIPELINE.replace('"path"', '"pth"'))
    done = run("check")
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.count("error[unknown-field]") == 3
    assert done.stderr.rstrip().endswith("error: 6 errors in pipeline.json; nothing was run")
    assert run("run").stderr.rstrip() == done.stderr.rstrip()
    assert run("run").returncode == 78


def test_check_takes_patterns_and_several_files(run, folder):
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "x.json").write_text(PIPELINE)
    (folder / "a" / "y.json").write_text("{")
    (folder / "a" / "part.json").write_text("[]")
    done = run("check", "**/*.json", "pipeline.json")
    assert done.returncode == 78
    assert done.stdout.count(": ok\n") == 3 and "a/b/x.json: ok\n" in done.stdout
    assert "a/part.json: shows no pipeline\n" in done.stdout
    assert "error: a/y.json is not valid JSON; nothing else was checked" in done.stderr
    assert run("check", "*.toml").returncode == 78
    assert run("check", "missing.json").returncode == 78


def test_check_reads_blocks_of_markdown(run, folder):
    (folder / "page.md").write_text(
        f"# Page\n\n```json\n{PIPELINE}```\n\n```json\n{{ }}\n```\n\n~~~json\n"
        f"{PIPELINE.replace('render', 'rendr')}~~~\n\n```sh\n\"sinks\"\n```\n"
    )
    done = run("check", "page.md")
    assert done.returncode == 78
    assert "page.md:4: ok\n" in done.stdout
    assert "--> page.md:25:3 at /rendr\n" in done.stderr
    (folder / "empty.md").write_text("# Nothing\n")
    assert run("check", "empty.md").stdout == "empty.md: shows no pipeline\n"


def test_check_answers_programs(run, folder):
    (folder / "pipeline.json").write_text(PIPELINE.replace("names.txt", "${file:/a:b}"))
    assert run("check", "--format", "json").stdout == ""
    done = run("check", "--env", "--format", "json")
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["code"], line["file"], line["line"]) == ("unset-variable", "pipeline.json", 4)
    done = run("check", "--env", "--format", "github")
    assert done.stdout.startswith("::error file=pipeline.json,line=4,col=43,endColumn=55,title=")
    done = run("check", "--env", "--format", "sarif")
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert result["ruleId"] == "unset-variable"
    assert (done.returncode, done.stderr) == (78, "")


def test_a_job_of_github_gets_annotations_too(run, folder):
    (folder / "pipeline.json").write_text("[]")
    assert "::error file=pipeline.json,line=1" in run("run", GITHUB_ACTIONS="true").stderr
    assert "::error" not in run("run").stderr


def test_a_pipeline_comes_from_stdin(run, folder):
    assert run("run", "-c", "-", stdin=PIPELINE).returncode == 0
    assert (folder / "public" / "index.html").exists()
    done = run("run", "-c", "-", stdin=PIPELINE.replace('"file", "path": "names.txt"', '"stdin"'))
    assert done.returncode == 78 and "overlapping-input" in done.stderr
    assert run("run", "-c", "-", "pipeline.json").returncode == 64


def test_only_one_source_reads_stdin(run, folder):
    two = '"stdin" }, { "type": "stdin"'
    (folder / "pipeline.json").write_text(PIPELINE.replace('"file", "path": "names.txt"', two))
    done = run("check")
    assert done.returncode == 78
    assert 'source "stdin-2" reads standard input, which source "stdin" reads too' in done.stderr


def test_values_are_set_from_the_command_line(run, folder):
    done = run("run", "--set", "/sinks/0/path=there", "--set", "/render/per_release_json=false")
    assert done.returncode == 0, done.stderr
    assert (folder / "there" / "index.html").exists()
    assert not (folder / "there" / "pypi" / "acme-core" / "1.0").exists()
    done = run("run", "--set", "/sinks/0/pth=there")
    assert done.returncode == 78 and 'has no field "pth"' in done.stderr
    assert run("run", "--set", "/version/x=1").returncode == 78
    assert run("run", "--set", "version").returncode == 78


def test_stages_are_left_out_and_named(run, folder):
    done = run("run", ACME_COPY="true")
    assert (folder / "copy" / "index.html").exists() and "not enabled" not in done.stderr
    done = run("run", "--report", "report.json")
    assert "not enabled: copy\n" in done.stderr
    assert json.loads((folder / "report.json").read_text())["disabled"] == [{"id": "copy"}]
    done = run("run", "--only", "copy", ACME_COPY="true")
    assert "not enabled: filesystem\n" in done.stderr
    assert run("run", "--only", "cpy", ACME_COPY="true").returncode == 64
    assert run("run", "--skip", "nobody").returncode == 64


def test_show_env_lists_placeholders_without_values(run):
    done = run("show", "env", ACME_TITLE="hidden")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "${env:ACME_TITLE}  set              pipeline.json:5 /render/title\n"
        "${env:ACME_COPY}   default \"false\"  pipeline.json:8 /sinks/1/enabled\n"
    )


def test_show_config_is_the_pipeline_with_all_values(run, folder):
    done = run("show", "config", ACME_TITLE="Other")
    shown = json.loads(done.stdout)
    assert shown["render"]["title"] == "Other"
    assert shown["render"]["timestamps"] is False
    assert shown["sinks"][1]["enabled"] is False
    (folder / "shown.json").write_text(done.stdout)
    assert run("check", "shown.json").returncode == 0
    assert json.loads(run("show", "config", "shown.json").stdout) == shown
    lines = run("show", "config", "--origins").stdout.splitlines()
    assert '/render/title = "Acme"  (pipeline.json:5, filled in)' in lines
    assert "/sinks/0/durable = true  (default)" in lines


def test_show_config_of_each_shipped_pipeline_is_a_pipeline(larder, tmp_path):
    folder = shipped.copy(tmp_path / "Pipelines")
    for path in map(folder.joinpath, shipped.PIPELINES):
        shown = path.with_name("shown.json")
        command = [larder.binary, "show", "config"]
        shown.write_bytes(subprocess.run([*command, path], capture_output=True).stdout)
        again = subprocess.run([*command, shown], capture_output=True)
        assert (again.stderr, again.stdout) == (b"", shown.read_bytes()), path


def test_paths_of_a_part_are_shown_as_the_pipeline_would_write_them(run, folder):
    (folder / "more").mkdir()
    (folder / "more" / "part.json").write_text('[ { "type": "file", "path": "more.txt" } ]')
    part = '{ "$include": "more/part.json" }'
    (folder / "pipeline.json").write_text(PIPELINE.replace('"names.txt" }', f'"n" }}, {part}'))
    for path in ["pipeline.json", folder / "pipeline.json"]:
        shown = json.loads(run("show", "config", path).stdout)
        assert [source["path"] for source in shown["sources"]] == ["n", "more/more.txt"]
