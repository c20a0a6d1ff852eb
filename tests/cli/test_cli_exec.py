"""``exec`` and ``serve --proxy``: commands in any language reach the emulator by Meta's own hosts."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from kit.command_line import LIMIT, Serving, command, environment
from kit.identities import ACCESS_TOKEN, APP_ID, APP_SECRET, PRODUCTION, WABA_ID

from emulator import Server
from emulator.cli.exec import CREDENTIALS
from emulator.cli.main import main
from emulator.cli.remote.client import ControlClient

curl = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node on this machine")

URL = f"https://graph.facebook.com/v26.0/{PRODUCTION}?fields=display_phone_number"
NUMBER = {"display_phone_number": "+1 555-078-3881", "id": PRODUCTION}
CURL = f"curl -sS '{URL}' -H \"Authorization: Bearer $WHATSAPP_TOKEN\""
REQUESTS = (
    "import os, requests\n"
    "headers = {'Authorization': 'Bearer ' + os.environ['WHATSAPP_TOKEN']}\n"
    f"print(requests.get({URL!r}, headers=headers).text)"
)
FETCH = (
    "const headers = {Authorization: 'Bearer ' + process.env.WHATSAPP_TOKEN};"
    f"fetch({URL!r}, {{headers}}).then((answer) => answer.text()).then(console.log);"
)
HTTPS = (
    "const headers = {Authorization: 'Bearer ' + process.env.WHATSAPP_TOKEN};"
    f"require('https').get({URL!r}, {{headers}}, (answer) => answer.pipe(process.stdout));"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of a user who has none yet; nobody's emulator, and no proxy."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*os.environ]:
        if name.lower().endswith("_proxy") or name.startswith("WHATSAPP_"):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def execute(server: Server) -> Callable[..., Result]:
    """Run ``exec`` in this process, for the emulator that is served."""
    runner = CliRunner(env={"WHATSAPP_EMULATOR_URL": server.url})
    return lambda *arguments: runner.invoke(main, ["exec", *arguments])


@pytest.fixture
def told(home: Path) -> tuple[list[str], Callable[[], dict[str, str]]]:
    """A command that writes down its environment, and what it has written."""
    file = home / "environment.json"
    code = f"import json, os; json.dump(dict(os.environ), open({str(file)!r}, 'w'))"
    return [sys.executable, "-c", code], lambda: dict(json.loads(file.read_text()))


Told = tuple[list[str], Callable[[], dict[str, str]]]


# clients


@pytest.mark.slow
@pytest.mark.parametrize(
    "client",
    [
        pytest.param(["sh", "-c", CURL], marks=curl, id="curl"),
        pytest.param([sys.executable, "-c", REQUESTS], id="requests"),
        pytest.param(["node", "-e", FETCH], marks=node, id="fetch of Node"),
        pytest.param(["node", "-e", HTTPS], marks=node, id="https of Node"),
    ],
)
def test_a_client_with_the_host_written_into_it_reaches_an_emulator(home: Path, client: list[str]) -> None:
    """Without anything else: one is started for it, and the credentials are in the environment."""
    ran = subprocess.run(
        command("exec", "--", *client),
        env=environment(XDG_CONFIG_HOME=str(home)),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == NUMBER
    assert ran.stderr.startswith("Meta's hosts are an emulator at http://127.0.0.1:")
    assert ran.stderr.rstrip().endswith("started for this command")


@curl
@pytest.mark.slow
def test_serve_is_a_proxy_when_it_is_told_to(home: Path) -> None:
    """It prints the address, and which certificate to trust; other hosts are refused, and that is logged."""
    with Serving(home, "--proxy", "0", variables={"XDG_CONFIG_HOME": str(home)}) as serving:
        proxy, certificate = serving.printed_as("proxy"), serving.printed_as("certificate")
        variables = environment(HTTPS_PROXY=proxy, CURL_CA_BUNDLE=certificate, WHATSAPP_TOKEN=ACCESS_TOKEN)
        ran, other = (
            subprocess.run(
                ["sh", "-c", line], env=variables, capture_output=True, text=True, timeout=LIMIT, check=False
            )
            for line in (CURL, "curl -sS https://api.example/")
        )

    assert certificate == str(home / "whatsapp-emulator" / "tls" / "ca.pem")
    assert json.loads(ran.stdout) == NUMBER
    assert other.returncode != 0
    assert "api.example is none of Meta's hosts" in serving.errors


# the environment of the command


def test_a_command_has_every_variable_it_needs(
    execute: Callable[..., Result], server: Server, told: Told
) -> None:
    """For Python, curl, Node, and whatever else minds these names; and the sandbox's credentials."""
    words, environment = told

    result = execute(*words)

    assert result.exit_code == 0, result.output
    found = environment()
    proxy = found["HTTPS_PROXY"]
    assert proxy.startswith("http://127.0.0.1:")
    assert found["https_proxy"] == proxy
    assert found["NO_PROXY"] == found["no_proxy"] == "localhost,127.0.0.1,::1"
    assert found["SSL_CERT_FILE"] == found["REQUESTS_CA_BUNDLE"] == found["CURL_CA_BUNDLE"]
    assert found["NODE_EXTRA_CA_CERTS"].endswith("/whatsapp-emulator/tls/ca.pem")
    assert found["NODE_USE_ENV_PROXY"] == "1"
    assert found["NODE_OPTIONS"].endswith('/node_preload.cjs"')
    assert f"http://{found['WHATSAPP_EMULATOR_TLS']}" == proxy
    assert found["WHATSAPP_EMULATOR_URL"] == server.url
    assert {name: found[name] for name in CREDENTIALS} == {
        "WHATSAPP_API_URL": server.url,
        "WHATSAPP_TOKEN": ACCESS_TOKEN,
        "WHATSAPP_PHONE_NUMBER_ID": PRODUCTION,
        "WHATSAPP_BUSINESS_ACCOUNT_ID": WABA_ID,
        "WHATSAPP_APP_ID": APP_ID,
        "WHATSAPP_APP_SECRET": APP_SECRET,
        "WHATSAPP_VERIFY_TOKEN": found["WHATSAPP_VERIFY_TOKEN"],
    }


def test_what_was_in_the_environment_stays_where_it_does_no_harm(
    execute: Callable[..., Result], told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real token gives way, and so does an exception for Meta's hosts; the rest is kept."""
    words, environment = told
    monkeypatch.setenv("WHATSAPP_TOKEN", "a real one")
    monkeypatch.setenv("NO_PROXY", "intranet.example, graph.facebook.com")
    monkeypatch.setenv("no_proxy", ".fbsbx.com,facebook.com,*.graph.facebook.com,notfacebook.com,*")
    monkeypatch.setenv("NODE_OPTIONS", "--no-warnings")
    monkeypatch.setenv("MINE", "kept")

    execute("--env", "BOT_TOKEN:token", "--env", "BOT_PHONE:display_phone_number", "--", *words)

    found = environment()
    assert found["WHATSAPP_TOKEN"] == found["BOT_TOKEN"] == ACCESS_TOKEN
    assert found["BOT_PHONE"] == "+1 555-078-3881"
    assert found["NO_PROXY"] == "localhost,127.0.0.1,::1,intranet.example,notfacebook.com"
    assert found["NODE_OPTIONS"].startswith("--no-warnings --require ")
    assert found["MINE"] == "kept"


def test_other_hosts_are_still_trusted(
    execute: Callable[..., Result], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bundle has what the command would trust by itself, beside our authority."""
    (home / "mine.pem").write_text("-- what I trust --\n")
    monkeypatch.setenv("SSL_CERT_FILE", str(home / "mine.pem"))
    copy = f"import os, shutil; shutil.copy(os.environ['SSL_CERT_FILE'], {str(home / 'copy.pem')!r})"

    result = execute(sys.executable, "-c", copy)

    assert result.exit_code == 0, result.output
    authority = (home / "config" / "whatsapp-emulator" / "tls" / "ca.pem").read_text()
    assert (home / "copy.pem").read_text() == f"{authority}\n-- what I trust --\n"


def test_without_a_bundle_of_ones_own_it_is_the_systems(execute: Callable[..., Result], home: Path) -> None:
    """Or certifi's, if Python names none: some certificate beside ours."""
    copy = f"import os, shutil; shutil.copy(os.environ['SSL_CERT_FILE'], {str(home / 'copy.pem')!r})"

    execute(sys.executable, "-c", copy)

    assert (home / "copy.pem").read_text().count("-----BEGIN CERTIFICATE-----") > 1


# how it ends


@pytest.mark.parametrize("code", [0, 1, 7])
def test_the_exit_code_is_that_of_the_command(execute: Callable[..., Result], code: int) -> None:
    """Whatever it is."""
    assert execute("--", sys.executable, "-c", f"raise SystemExit({code})").exit_code == code


def test_a_command_that_a_signal_ended_has_the_exit_code_of_a_shell(execute: Callable[..., Result]) -> None:
    """128 and the number of the signal."""
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"

    assert execute("--", sys.executable, "-c", code).exit_code == 128 + signal.SIGKILL


def test_a_command_that_does_not_exist_is_told(execute: Callable[..., Result], home: Path) -> None:
    """With the exit code of a shell, as for one that is not executable."""
    (home / "text").write_text("no program")

    missing, no_program = execute("--", "no-such-command"), execute("--", str(home / "text"))

    assert (missing.exit_code, no_program.exit_code) == (127, 126)
    assert "there is no command no-such-command" in missing.output
    assert "cannot be run: Permission denied" in no_program.output


def test_options_of_the_command_are_its_own(execute: Callable[..., Result], home: Path) -> None:
    """Also without the two dashes."""
    code = f"import sys; open({str(home / 'words')!r}, 'w').write(' '.join(sys.argv[1:]))"

    execute(sys.executable, "-c", code, "--url", "x", "--help", "--", "y")

    assert (home / "words").read_text() == "--url x --help -- y"


@pytest.fixture
def running(home: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Start ``exec`` with a program of Python in a group of its own, and wait until it says that it runs."""
    started: list[subprocess.Popen[str]] = []

    def start(program: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command("exec", "--", sys.executable, "-c", program),
            env=environment(XDG_CONFIG_HOME=str(home)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


WAITS = (
    "import signal, sys\n"
    "def end(number, _):\n"
    "    print('signal', number, flush=True)\n"
    "    sys.exit(5)\n"
    "signal.signal(signal.SIGINT, end)\n"
    "signal.signal(signal.SIGTERM, end)\n"
    "print('ready', flush=True)\n"
    "while True:\n"
    "    signal.pause()\n"
)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["Ctrl-C", "SIGTERM"])
def test_a_signal_reaches_the_command_which_says_how_it_ends(
    running: Callable[[str], subprocess.Popen[str]], way: str
) -> None:
    """Once, and without a traceback: a terminal sends Ctrl-C to all, and SIGTERM is handed on."""
    process = running(WAITS)

    if way == "Ctrl-C":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGTERM)
    printed, errors = process.communicate(timeout=LIMIT)

    assert process.returncode == 5
    assert printed == f"signal {(signal.SIGINT if way == 'Ctrl-C' else signal.SIGTERM).value}\n"
    assert "Traceback" not in errors


# which emulator


def test_the_emulator_that_runs_is_used(execute: Callable[..., Result], server: Server, told: Told) -> None:
    """And it says so."""
    result = execute(*told[0])

    assert f"Meta's hosts are the emulator at {server.url}, which runs already" in result.output


def test_one_is_started_where_none_runs(told: Told, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a seed of one's own; it is gone when the command has ended."""
    words, environment = told
    (home / "mine.yaml").write_text(
        "app: {access_token: MY-TOKEN}\nwaba: {name: Shop}\nnumbers: [{number: '+1 555 078 3881'}]\n"
    )
    monkeypatch.setattr(ControlClient, "health", _nobody)

    result = CliRunner().invoke(main, ["exec", "--seed", str(home / "mine.yaml"), *words])

    assert result.exit_code == 0, result.output
    assert environment()["WHATSAPP_TOKEN"] == "MY-TOKEN"
    assert (
        f"an emulator at {environment()['WHATSAPP_EMULATOR_URL']}, started for this command" in result.output
    )


def _nobody(_: Any) -> Any:
    raise click.ClickException("no emulator answers")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--env", "BOT_TOKEN", "true"], "'BOT_TOKEN' is no variable with a value"),
        (["--env", "BOT_TOKEN:secret", "true"], "write one like BOT_TOKEN:token"),
        (["--seed", "shop", "true"], "--seed and --webhook are for a new emulator; one runs at"),
        (["--sandbox", "no-such", "true"], "no-such"),
        ([], "COMMAND"),
    ],
)
def test_what_cannot_be_is_told(execute: Callable[..., Result], arguments: list[str], told: str) -> None:
    """Before the command begins."""
    result = execute(*arguments)

    assert result.exit_code in (1, 2)
    assert told in result.output


def test_an_emulator_that_was_named_has_to_answer(told: Told) -> None:
    """None is started in its place."""
    result = CliRunner().invoke(main, ["exec", "--url", "http://127.0.0.1:1", *told[0]])

    assert result.exit_code == 1
    assert "no emulator answers at http://127.0.0.1:1" in result.output


def test_without_the_extra_it_says_what_to_install(
    execute: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence; the command does not begin."""
    monkeypatch.setitem(sys.modules, "trustme", None)

    result = execute("true")

    assert result.exit_code == 1
    assert "pip install whatsapp-emulator[tls]" in result.output


def test_a_key_that_others_may_read_is_told(execute: Callable[..., Result], home: Path) -> None:
    """The command does not begin."""
    execute("true")
    (home / "config" / "whatsapp-emulator" / "tls" / "authority.pem").chmod(0o644)

    result = execute("true")

    assert result.exit_code == 1
    assert "others may read" in result.output


def test_a_proxy_for_every_host_is_bound_to_loopback_alone() -> None:
    """Beyond it, it would be open to every machine."""
    result = CliRunner().invoke(
        main, ["serve", "--host", "0.0.0.0", "--port", "0", "--proxy", "0", "--proxy-others", "allow"]
    )

    assert result.exit_code == 2
    assert "would be open to every machine" in result.output
