"""HTTP clients as an app has them that was written for Meta's own hosts: the stacks, one call each."""

from __future__ import annotations

import asyncio
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlsplit

import aiohttp
import httpx
import pycurl
import requests
import trio
import urllib3
import uvloop

Headers = dict[str, str]
Call = Callable[[str, str, Headers, bytes | None], tuple[int, bytes]]
"""Calls a URL with a method, headers and a body; returns the status and the body of the answer."""

KEPT_SESSION = requests.Session()
KEPT_CLIENT = httpx.Client()
"""Made when the app was imported, before any test."""


def by_requests(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    answer = requests.request(method, url, headers=headers, data=body, timeout=10)
    return answer.status_code, answer.content


def by_kept_session(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    answer = KEPT_SESSION.request(method, url, headers=headers, data=body, timeout=10)
    return answer.status_code, answer.content


def by_urllib3(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    with urllib3.PoolManager() as pool:
        answer = pool.request(method, url, headers=headers, body=body, retries=False)
        return answer.status, answer.data


def by_http_client(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPSConnection(parts.netloc, timeout=10)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def by_urllib(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


def by_httpx(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    answer = httpx.request(method, url, headers=headers, content=body)
    return answer.status_code, answer.content


def by_kept_client(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    answer = KEPT_CLIENT.request(method, url, headers=headers, content=body)
    return answer.status_code, answer.content


def by_httpx_on_asyncio(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    return asyncio.run(_httpx(method, url, headers, body))


def by_httpx_on_trio(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    return trio.run(_httpx, method, url, headers, body)


def by_aiohttp(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    return asyncio.run(_aiohttp(method, url, headers, body))


def by_aiohttp_on_uvloop(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    return uvloop.run(_aiohttp(method, url, headers, body))


def by_pycurl(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    answer = BytesIO()
    handle = pycurl.Curl()
    try:
        handle.setopt(pycurl.URL, url)
        handle.setopt(pycurl.CUSTOMREQUEST, method)
        handle.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in headers.items()])
        if body is not None:
            handle.setopt(pycurl.POSTFIELDS, body.decode())
        handle.setopt(pycurl.WRITEDATA, answer)
        handle.perform()
        return int(handle.getinfo(pycurl.RESPONSE_CODE)), answer.getvalue()
    finally:
        handle.close()


async def _httpx(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    async with httpx.AsyncClient() as client:
        answer = await client.request(method, url, headers=headers, content=body)
        return answer.status_code, answer.content


async def _aiohttp(method: str, url: str, headers: Headers, body: bytes | None) -> tuple[int, bytes]:
    async with (
        aiohttp.ClientSession(trust_env=True) as session,
        session.request(method, url, headers=headers, data=body) as answer,
    ):
        return answer.status, await answer.read()


STACKS: dict[str, Call] = {
    "requests": by_requests,
    "requests, session made before": by_kept_session,
    "urllib3": by_urllib3,
    "http.client": by_http_client,
    "urllib.request": by_urllib,
    "httpx": by_httpx,
    "httpx, client made before": by_kept_client,
    "httpx on asyncio": by_httpx_on_asyncio,
    "httpx on trio": by_httpx_on_trio,
    "aiohttp": by_aiohttp,
    "aiohttp on uvloop": by_aiohttp_on_uvloop,
    "pycurl": by_pycurl,
}
WITHOUT_SOCKET = {name for name in STACKS if name.startswith(("requests", "httpx"))}
"""Those whose transport is replaced; the others connect, and need TLS."""
