"""The verbs that tell of Larder itself: what they print, where, and with which exit status."""

import json
import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "Docs" / "Command.md").read_text()


@pytest.fixture(scope="module")
def run(larder):
    def run(*arguments, cwd=None):
        return subprocess.run(
            [larder.binary, *arguments], cwd=cwd, capture_output=True, text=True, timeout=60
        )

    return run


def verbs(run):
    """The verbs that the help lists, each with a line of its own."""
    done = run("--help")
    assert done.returncode == 0
    listed = done.stdout.partition("SUBCOMMANDS:\n")[2].partition("\n\n")[0].splitlines()
    found = [re.fullmatch(r"  ([a-z]+)( \(default\))? +(\S.*\.)", line) for line in listed]
    assert all(found), listed
    return [match[1] for match in found]


def test_the_help_lists_each_verb_on_a_line(run):
    listed = verbs(run)
    assert set(re.findall(r"^\| `larder (\w+)", PAGE, re.MULTILINE)) == set(listed)
    for verb in listed:
        assert run("help", verb).returncode == 0


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["rnu"], 'did you mean "run"?'),
        (["descibe"], 'did you mean "describe"?'),
        (["run", "--reprot", "x"], "did you mean '--report'?"),
        (["describe", "sink/filesytem"], 'did you mean "filesystem"?'),
        (["describe", "sink/fs"], 'did you mean "filesystem"?'),
        (["describe", "sink/filesystem.pth"], 'did you mean "path"?'),
        (["explain", "unknown-feild"], 'did you mean "unknown-field"?'),
        (["init", "flie/filesystem"], 'did you mean "file"?'),
        (["init", "file"], "file/filesystem"),
        (["xyzzy"], "verbs: "),
        (["describe", "--format", "xml"], "human"),
    ],
)
def test_a_mistake_on_the_command_line_is_answered(run, arguments, words):
    done = run(*arguments)
    assert done.returncode == 64
    assert words.lower() in done.stderr.lower()
    assert not done.stdout


def test_each_code_is_explained(run):
    codes = run("explain").stdout.split()
    assert codes == sorted(codes) and len(codes) > 30
    for code in codes[:3]:
        done = run("explain", code)
        assert done.returncode == 0
        assert done.stdout.startswith(f"{code}\n\n") and "\nWhat to do: " in done.stdout


def test_describe_says_the_same_in_each_format(run):
    stage = json.loads(run("describe", "sink/filesystem", "--format", "json").stdout)
    human = run("describe", "sink/filesystem").stdout
    markdown = run("describe", "sink/filesystem", "--format", "markdown").stdout
    assert stage["fields"][0]["name"] == "path" and stage["fields"][0]["required"] is True
    for field in stage["fields"]:
        assert field["name"] in human and f"| `{field['name']}` |" in markdown
    page = (REPOSITORY / "Docs" / "Stages" / "sink-filesystem.md").read_text()
    assert page.endswith(markdown)


def test_init_begins_a_file_that_runs_and_never_replaces_one(run, tmp_path):
    arguments = ["init", "file//filesystem", "--output", "pipeline.json"]
    assert run(*arguments, cwd=tmp_path).returncode == 0
    begun = (tmp_path / "pipeline.json").read_text()
    assert "$comment" in begun
    (tmp_path / "packages.txt").write_text("acme-1.0.zip\n")
    assert run("run", cwd=tmp_path).returncode == 0
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 74 and "error[file-exists]" in done.stderr
    assert (tmp_path / "pipeline.json").read_text() == begun


def test_schema_writes_the_committed_file(run, tmp_path):
    committed = (REPOSITORY / "Pipelines" / "pipeline.v1.schema.json").read_text()
    assert run("schema").stdout == committed
    assert run("schema", "--output", "schema.json", cwd=tmp_path).returncode == 0
    assert (tmp_path / "schema.json").read_text() == committed
    assert run("schema", "--output", "none/schema.json", cwd=tmp_path).returncode == 74


def test_the_completion_script_completes_verbs(run, tmp_path):
    script = tmp_path / "larder.bash"
    script.write_text(run("--generate-completion-script", "bash").stdout)
    ask = 'COMP_WORDS=(larder ""); COMP_CWORD=1; COMP_LINE="larder "; COMP_POINT=7'
    done = subprocess.run(
        ["bash", "-c", f'source {script}; {ask}; _larder; echo "${{COMPREPLY[@]}}"'],
        capture_output=True, text=True,
    )
    assert set(verbs(run)) <= set(done.stdout.split()), done.stderr
    for shell in ["zsh", "fish"]:
        assert "larder" in run("--generate-completion-script", shell).stdout


def test_without_proc_it_says_that_it_cannot_read_its_command_line(larder):
    script = "mount -t tmpfs none /proc && exec \"$0\" check nothing.json"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, larder.binary],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 69
    assert "[no-command-line]" in done.stderr and "mount -t proc proc /proc" in done.stderr
    assert done.stdout == ""
