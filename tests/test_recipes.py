"""The README's recipes for running from cron, tried: each block is taken from its text and run."""

import json
import os
import re
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest

from digest.serve import Preview

ROOT = Path(__file__).parent.parent
RECIPES = ROOT / "README.md"
ARTICLES = Path(__file__).parent / "articles"
SATURDAY, SUNDAY = "1795262400", "1795348800"
"""Noon on 21 and on 22 November 2026, UTC, in seconds."""


def blocks(language: str) -> list[str]:
    """Return the section's blocks in a language, in order."""
    section = re.search(r"^## Run it from cron$(.*?)(?=^## |\Z)", RECIPES.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert section, f"{RECIPES} has no section `Run it from cron`"
    found = re.findall(rf"^```{language}\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    assert found, f"no block of {language}"
    return found


def named(language: str, name: str) -> str:
    """Return the block that names its file in its first line."""
    return next(block for block in blocks(language) if block.splitlines()[0].endswith(name))


def run(command: str | list[str], folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with nothing in its environment but what is given."""
    arguments = ["/bin/sh", "-c", command] if isinstance(command, str) else command
    return subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it; only what it depends on is taken from where the tests run."""
    pytest.importorskip("build", reason="the package `build`, which makes the wheel, is not installed")
    folder = tmp_path_factory.mktemp("program")
    for command in (
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT)],
        [sys.executable, "-m", "venv", "--without-pip", str(folder / ".venv")],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    [packages] = (folder / ".venv").glob("lib/python*/site-packages")
    # Folders named in a .pth file are not searched for .pth files: the checkout's own stays out of reach.
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()))
    pip = folder / ".venv" / "bin" / "pip"
    pip.write_text(
        f'#!/bin/sh\nshift\nexec "{sys.executable}" -m pip --python "{folder}/.venv/bin/python" '
        'install --quiet --no-index --no-deps --force-reinstall "$@"\n'
    )
    pip.chmod(0o755)
    [wheel] = folder.glob("verbatim_digest-*.whl")
    subprocess.run([pip, "install", wheel], check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture
def home(program: Path, tmp_path: Path) -> Path:
    """A home with the program in .venv/ and a digest in morning/, as the recipes have it."""
    (tmp_path / ".venv").symlink_to(program / ".venv")
    begun = run([str(program / ".venv" / "bin" / "digest"), "init", "morning"], tmp_path, PATH="/usr/bin:/bin")
    assert begun.returncode == 0, begun.stderr
    shutil.copy(ARTICLES / "ferry.txt", tmp_path / "morning" / "seeds")
    return tmp_path


def is_built(home: Path) -> bool:
    """Tell whether the digest's site tells of the article in its seeds."""
    return "ferry" in (home / "morning" / "site" / "index.html").read_text("utf-8")


def test_the_crontab_line_works_with_crons_bare_environment(home: Path) -> None:
    """Cron knows a short PATH, no locale and no profile; the line builds, and prints nothing that would be mailed."""
    *when, command = blocks("cron")[0].strip().split(" ", 5)
    assert len(when) == 5
    for _ in range(2):
        result = run(
            command.replace("/home/me", str(home)), home, HOME=str(home), PATH="/usr/bin:/bin", SHELL="/bin/sh"
        )
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert is_built(home)


def test_the_units_are_right(home: Path) -> None:
    """`systemd-analyze verify` has nothing to say against service and timer; of a slip in one of them it would."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    units = home / "units"
    units.mkdir()
    for name in ("digest.service", "digest.timer"):
        (units / name).write_text(named("ini", name))
    (home / "run").mkdir(mode=0o700)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(home / "run")}
    verify = ["systemd-analyze", "--user", "--man=no", "verify"]
    both = [str(units / "digest.timer"), str(units / "digest.service")]
    verdict = run([*verify, *both], home, **environment)
    assert (verdict.returncode, verdict.stdout, verdict.stderr) == (0, "", "")

    service = units / "digest.service"
    service.write_text(service.read_text().replace("SuccessExitStatus", "SuccessExitStatsu"))
    assert "SuccessExitStatsu" in run([*verify, *both], home, **environment).stderr
    timer = run(["systemd-analyze", "calendar", setting("digest.timer", "OnCalendar")], home, **environment)
    assert timer.returncode == 0


def setting(unit: str, key: str) -> str:
    """Return a value in a unit."""
    found = re.search(rf"^{key}=(.*)$", named("ini", unit), re.MULTILINE)
    assert found, f"{unit} has no {key}"
    return found[1]


def test_the_service_builds(home: Path) -> None:
    """What the service starts, where it starts it, builds the digest; that the lock is taken is no failure."""
    folder = setting("digest.service", "WorkingDirectory").replace("%h", str(home))
    command = setting("digest.service", "ExecStart").replace("%h", str(home)).split()
    result = run(command, Path(folder), HOME=str(home), PATH="/usr/bin:/bin")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert is_built(home)
    locked = run(["flock", ".digest/store.sqlite.lock", *command], Path(folder), PATH="/usr/bin:/bin")
    assert str(locked.returncode) == setting("digest.service", "SuccessExitStatus")


def steps() -> list[str]:
    """Return the scripts of the workflow's steps, in order."""
    workflow = named("yaml", "digest.yml").splitlines()
    scripts: list[str] = []
    for number, line in enumerate(workflow):
        match = re.fullmatch(r"( *)(?:- )?run: (.*)", line)
        if match is None:
            continue
        if match[2] != "|":
            scripts.append(match[2])
            continue
        inner = []
        for following in workflow[number + 1 :]:
            if len(following) - len(following.lstrip()) <= len(match[1]):
                break
            inner.append(following)
        scripts.append("\n".join(inner))
    return scripts


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """What is published at the address of the site; nothing yet."""
    return tmp_path / "published"


def run_workflow(home: Path, runner: Path, address: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the workflow's own steps on a machine that has nothing but a checkout; stops at the first that fails."""
    shutil.copytree(home / "morning" / "seeds", runner / "seeds")
    shutil.copy(home / "morning" / "digest.toml", runner)
    [wheel] = (home / ".venv").resolve().parent.glob("*.whl")
    shutil.copy(wheel, runner)
    for script in steps():
        result = run(
            ["bash", "-e", "-c", script], runner, SITE=address.rstrip("/"), GITHUB_RUN_ID="1", HOME=str(runner),
            PATH=f"{home}/.venv/bin:/usr/bin:/bin", **environment,
        )  # fmt: skip
        if result.returncode:
            break
    return result


def entries(feed: bytes) -> list[tuple[bytes, bytes]]:
    """Return id and time of publication of every entry of a feed."""
    found = [re.findall(rb"<(?:id|published)>(.*?)</", entry) for entry in feed.split(b"<entry")[1:]]
    return [(name, time) for name, time in found]


def test_a_fresh_runner_remembers(home: Path, published: Path) -> None:
    """On the next day, on another machine: the old story is not new, and the old edition stands where it stood."""
    if not shutil.which("curl"):
        pytest.skip("no curl here")
    with Preview(published, base_url="http://localhost/") as pages:
        first = run_workflow(home, home / "first", pages.address, FIRST="true", SOURCE_DATE_EPOCH=SATURDAY)
        assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
        shutil.copytree(home / "first" / "site", published, ignore=shutil.ignore_patterns(".*"))
        saturday = (published / "2026" / "11" / "21" / "index.html").read_bytes()
        feed = (published / "atom.xml").read_bytes()

        shutil.copy(ARTICLES / "bridge.txt", home / "morning" / "seeds")
        second = run_workflow(home, home / "second", pages.address, FIRST="", SOURCE_DATE_EPOCH=SUNDAY)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    rebuilt = home / "second" / "site"
    before, after = entries(feed), entries((rebuilt / "atom.xml").read_bytes())
    assert len(after) == len(before) + 1
    assert {*before} < {*after}
    new, _, going_on = (rebuilt / "2026" / "11" / "22" / "index.html").read_text("utf-8").partition("Still going")
    assert "bridge" in new.lower()
    assert "ferry" not in new.lower()
    assert "ferry" in going_on.lower()
    assert b"ferry" in saturday
    assert b"ferry" in (rebuilt / "2026" / "11" / "21" / "index.html").read_bytes()


def test_a_history_that_cannot_be_had_stops_the_workflow(home: Path, published: Path) -> None:
    """Rather no edition than one that has forgotten all: nothing is built that could be published."""
    if not shutil.which("curl"):
        pytest.skip("no curl here")
    with Preview(published, base_url="http://localhost/") as pages:
        result = run_workflow(home, home / "runner", pages.address, FIRST="", SOURCE_DATE_EPOCH=SATURDAY)
    assert result.returncode != 0
    assert "404" in result.stderr
    assert not (home / "runner" / "site" / "index.html").exists()


def test_the_workflow_is_yaml() -> None:
    """A YAML parser, where this machine has one, finds the same steps, and the job's rights to publish."""
    parse = "import json, sys, yaml; print(json.dumps(yaml.load(sys.stdin, yaml.BaseLoader)))"
    text = named("yaml", "digest.yml")
    for python in (sys.executable, "/usr/bin/python3"):
        if not Path(python).exists():
            continue
        result = subprocess.run([python, "-c", parse], input=text, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            break
        if "No module named 'yaml'" not in result.stderr:
            pytest.fail(result.stderr)
    else:
        pytest.skip("no Python here has a YAML parser")
    workflow = json.loads(result.stdout)
    job = workflow["jobs"]["digest"]
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    assert [re.findall(r"\S+", script) for script in scripts] == [re.findall(r"\S+", script) for script in steps()]
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    minute, *others = workflow["on"]["schedule"][0]["cron"].split()
    assert 0 <= int(minute) < 60
    assert others == ["*"] * 4


def instructions() -> list[tuple[str, str]]:
    """Return the container file's instructions and their arguments, in order."""
    lines = [line for line in named("dockerfile", "Containerfile").splitlines() if not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


def test_each_instruction_of_the_container_file_works(home: Path, tmp_path: Path) -> None:
    """Its copy finds the wheel, its command installs it, and what it starts builds the folder that is mounted."""
    values = dict(instructions())
    assert [name for name, _ in instructions()] == ["FROM", "COPY", "RUN", "WORKDIR", "ENTRYPOINT", "CMD"]
    box = tmp_path / "box"
    box.mkdir()
    pattern, place = values["COPY"].split()
    [wheel] = (home / ".venv").resolve().parent.glob(pattern)
    shutil.copy(wheel, box)
    inside = {"HOME": "/", "PATH": f"{home}/.venv/bin:/usr/bin:/bin"}
    installed = run(values["RUN"].replace(place, f"{box}/"), box, **inside)
    assert installed.returncode == 0, installed.stderr
    assert list(box.iterdir()) == []

    line = blocks("cron")[1]
    assert f"/home/me/morning:{values['WORKDIR']}" in line
    command = json.loads(values["ENTRYPOINT"]) + json.loads(values["CMD"])
    result = run(["env", *command], home / "morning", **inside)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert is_built(home)


def test_the_container_file_builds_a_container(home: Path, tmp_path: Path) -> None:
    """Where there is a container engine with a network, the image is built and says its version."""
    for engine in ("podman", "docker"):
        if shutil.which(engine) and subprocess.run([engine, "info"], capture_output=True, check=False).returncode == 0:
            break
    else:
        pytest.skip("no container engine answers here")
    image = dict(instructions())["FROM"]
    if subprocess.run([engine, "pull", "-q", image], capture_output=True, check=False).returncode:
        pytest.skip(f"{image} cannot be had here")
    (tmp_path / "Containerfile").write_text(named("dockerfile", "Containerfile"))
    [wheel] = (home / ".venv").resolve().parent.glob("*.whl")
    shutil.copy(wheel, tmp_path)
    subprocess.run([engine, "build", "-t", "digest-recipe", "-f", "Containerfile", "."], cwd=tmp_path, check=True)
    told = subprocess.run([engine, "run", "--rm", "digest-recipe", "--version"], capture_output=True, check=True)
    assert told.stdout.startswith(b"digest ")
