"""The image and the compose file, as far as they can be tried without Docker: what they start, and how."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml
from kit.command_line import LIMIT, Serving, client, run

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def words(line: str) -> list[str]:
    """The words of the command after ``line`` in the Dockerfile, which stand there as JSON."""
    found = re.search(rf"^{line} (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found is not None
    return list(json.loads(found[1]))


def variables() -> dict[str, str]:
    """What the image sets in its environment."""
    return {name: shlex.split(value)[0] for name, value in re.findall(r"^ENV (\w+)=(.*)$", DOCKERFILE, re.M)}


@pytest.mark.parametrize("given", ["", "choose-one"])
def test_the_image_is_of_use_to_other_containers_and_to_nobody_without_its_token(
    tmp_path: Path, given: str
) -> None:
    """They call it by its name or its address; the token is one that was given, or one that is printed."""
    program, command, *arguments = words("CMD")
    assert (program, command) == ("whatsapp-emulator", "serve")
    started = [str(tmp_path) if word == "/data" else word for word in arguments]
    environment = variables() | {"WHATSAPP_EMULATOR_CONTROL_TOKEN": given}
    hosts = ["whatsapp-emulator:4080", "host.docker.internal", "172.17.0.2:4080", "localhost", "evil.example"]

    with Serving(tmp_path, *started, variables=environment) as serving, client() as session:
        token = given or serving.printed_as("control token").split()[0]
        address = f"{serving.url}/_emulator/sandboxes"
        statuses = [
            session.get(
                address, headers={"Host": host, "Authorization": f"Bearer {token}"}, timeout=LIMIT
            ).status_code
            for host in hosts
        ]
        without = session.get(address, timeout=LIMIT)
        healthy = run("health", "--url", serving.url)

    assert statuses == [200, 200, 200, 200, 403]
    assert without.status_code == 401
    assert healthy.returncode == 0


def test_the_health_check_of_the_image_has_no_token() -> None:
    """It is the command of a user, by the address that it has of itself."""
    assert re.search(r"^HEALTHCHECK .* CMD whatsapp-emulator health$", DOCKERFILE, re.MULTILINE)


def test_compose_starts_what_answers_to_the_name_of_its_service() -> None:
    """Its port is published on loopback alone, and the token is that of the shell or of ``.env``."""
    ((name, service),) = SERVICES.items()

    assert name in service["environment"]["WHATSAPP_EMULATOR_SERVER_NAME"].split()
    assert service["environment"]["WHATSAPP_EMULATOR_CONTROL_TOKEN"] == "${WHATSAPP_EMULATOR_CONTROL_TOKEN:-}"
    assert service["ports"] == ["127.0.0.1:4080:4080"]
    assert service["command"].split()[:4] == ["whatsapp-emulator", "serve", "--host", "0.0.0.0"]
