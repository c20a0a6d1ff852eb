"""Django projects as receivers: in a process of its own, as settings hold for a whole process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import emulator

CLINIC = Path(emulator.__file__).parent.parent / "docs" / "examples" / "django_clinic"

URLS = """
import json

from django.http import HttpResponse
from django.urls import include, path
from rest_framework.response import Response
from rest_framework.views import APIView

from clinic import views
from clinic.models import Appointment
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def broken(request):
    raise KeyError("entry")


def with_csrf(request):
    return HttpResponse()


@csrf_exempt
async def later(request):
    if await Appointment.objects.acount() != 1 or not request.is_secure():
        return HttpResponse(status=500)
    await Appointment.objects.acreate(phone=request.get_host(), first_name="async", day="2026-11-02")
    return HttpResponse()


class Rest(APIView):
    authentication_classes = []

    def post(self, request):
        Appointment.objects.create(phone=request.data["object"], first_name="rest", day="2026-11-02")
        return Response({})


urlpatterns = [
    path("whatsapp/", include([path("webhook/", views.webhook)])),
    path("broken/", broken),
    path("csrf/", with_csrf),
    path("later/", later),
    path("rest/", Rest.as_view()),
]
"""
SUITE = """
import pytest
from clinic.models import Appointment

pytestmark = [pytest.mark.django_db, pytest.mark.whatsapp(strict=False)]
whatsapp = pytest.mark.whatsapp


def attempt(whatsapp):
    whatsapp.person().says("Hello")
    whatsapp.settle()
    made = whatsapp.sandbox.webhooks.attempts(whatsapp.deliveries[0].id)[0]
    return made.status, made.problem


@pytest.mark.parametrize("name", ["clinic.settings", "clinic.wsgi:application", "clinic.asgi:application"])
def test_a_project_is_named_by_what_it_has(whatsapp, name):
    whatsapp.deliver_to(name, "/whatsapp/webhook/")
    whatsapp.verify_webhook()

    assert attempt(whatsapp) == (200, None)


@whatsapp(webhook_path="/later/", strict=False)
def test_an_async_view_shares_the_transaction_of_the_test(whatsapp):
    Appointment.objects.create(phone="1", first_name="test", day="2026-11-02")

    assert attempt(whatsapp) == (200, None)
    assert Appointment.objects.get(first_name="async").phone == "testserver"


@whatsapp(webhook_path="https://clinic.example.com/later/", strict=False)
def test_a_project_sees_the_host_it_asks_for(whatsapp):
    Appointment.objects.create(phone="1", first_name="test", day="2026-11-02")

    assert attempt(whatsapp) == (200, None)
    assert Appointment.objects.get(first_name="async").phone == "clinic.example.com"


@whatsapp(webhook_path="/rest/", strict=False)
def test_a_view_of_rest_framework_takes_webhooks(whatsapp):
    assert attempt(whatsapp) == (200, None)
    assert Appointment.objects.get(first_name="rest").phone == "whatsapp_business_account"


@whatsapp(webhook_path="/broken/", strict=False)
def test_what_a_view_raises_is_told(whatsapp):
    status, problem = attempt(whatsapp)

    assert status == 500
    assert problem.startswith("the app raised KeyError: 'entry' at clinic/urls.py:")
    assert problem.endswith(" in broken")


@whatsapp(webhook_path="/csrf/", strict=False)
def test_a_view_that_is_not_exempt_from_csrf_refuses(whatsapp):
    assert attempt(whatsapp) == (403, None)


@whatsapp(webhook_path="/nowhere/", strict=False)
def test_the_routes_are_named(whatsapp):
    assert attempt(whatsapp) == (
        404,
        "it is a Django project with /whatsapp/webhook/; is whatsapp_webhook_path right?",
    )
"""


@pytest.mark.slow
def test_a_django_project_takes_webhooks(tmp_path: Path) -> None:
    """By any of its names; on the test's thread, by https; with what it raises, and its routes."""
    shutil.copytree(CLINIC, tmp_path / "project")
    project = tmp_path / "project"
    (project / "clinic" / "urls.py").write_text(URLS)
    with (project / "clinic" / "settings.py").open("a") as settings:
        settings.write('REST_FRAMEWORK = {"UNAUTHENTICATED_USER": None}\n')
    (project / "test_clinic.py").write_text(SUITE)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}

    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:asyncio", "-p", "no:cacheprovider"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "9 passed" in result.stdout, result.stdout + result.stderr
