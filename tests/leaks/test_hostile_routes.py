"""No request, however hostile, makes a route fail: paths, queries, forms, headers and cookies of every wrong kind."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from dashboard.bodies import MOST_USUAL
from dashboard.forgery import HEADER
from dashboard.sent.gate import CALLBACKS as ADDRESS
from registry.principals import Role
from tests.leaks.hostile import BODIES, HALF_PAIR, KINDS, RIGHT_TO_LEFT, nested
from tests.leaks.test_hostile_callbacks import SLOWEST_SECONDS, faults_of, watched, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.routing import Rule

    from tests.leaks.conftest import World

SEED = 20260801
REQUESTS_EACH = 24
ASKING: list[Role | None] = [Role.ADMINISTRATOR, Role.OFFICER, None]
_TOKEN = "of the test"
# as they stand in an address, so that bytes that are no text get there too
_PARTS = (
    "0", "-1", "1", "1" * 20, "9" * 5_000, "1e9", "%C2%B2", "%00", "%FF%FE", "%ED%A0%80", "%", "%zz", "%2e%2e%2f%2e%2e",
    "%2F", "..", "%0d%0aX-Other:1", "%E2%80%AE", "%27%20OR%201=1", "%25", "a" * 3_000, "{x}", "%5C", "~", "", "//x",
)  # fmt: skip
_QUERIES = (
    "", "?", "&&&", "in=%00", "in=%FF", "in[]=1&in=2", "in=" + "9" * 500, "%00=1", "k=1e999", "k=%C2%B2",
    "month=20%D9%A12-01", "month=2%D9%A10", "next=/%5B", "next=//evil", "next=%00", "next=%0d%0aX:1",
    "next=" + "/" * 3_000, "kunci=%00", "kunci=x", "code=%00&state=%00", "a=1&" * 1_500, "x" * 20_000,
    "pada=0000-00-00", "halaman=-1", "measure=__class__", "tamat=%ED%A0%80",
)  # fmt: skip
_HEADERS: tuple[dict[str, str], ...] = (
    {}, {"Range": "bytes=-1-"}, {"Range": "bytes=9999999999999999999-"}, {"Range": "lines=1-2"},
    {"Range": "bytes=1-0,,"}, {"Cookie": "ekasih_sesi=x.y.z; ekasih_token=\x80"},
    {"Cookie": "ekasih_bahasa=\x00; ekasih_masa=a.b.c"},
    {"Cookie": "=;;=" * 500}, {"Accept-Encoding": "gzip;q=x, \x80"}, {"Accept-Language": "*" * 2_000},
    {"Origin": "http://["}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Referer": "http://[::1"},
    {"Content-Length": "x"}, {"If-None-Match": '"' * 500}, {"If-Modified-Since": "never"}, {"Host": "x" * 300},
    {"X-Forwarded-For": "\x80"}, {HEADER: "\x80\xff"}, {HEADER: ""}, {"Content-Encoding": "gzip"},
)  # fmt: skip
_FORMS: tuple[dict[str, str], ...] = (
    {}, {"login": "\x00", "password": "x"}, {"login": HALF_PAIR, "password": "x"}, {"login": RIGHT_TO_LEFT},
    {"login": "x" * 100_000, "password": "y" * 100_000}, {"code": "\u0661" * 6}, {"code": "\x00"}, {"old": "\x00"},
    {"form_token": "\u00e9"},
)  # fmt: skip
_METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X")


def addresses(rule: Rule, chosen: random.Random) -> str:
    """An address that a rule may answer, with something hostile in the place of each variable."""
    path = rule.rule
    for name in rule.arguments:
        start = path.rindex("<", 0, path.index(f"{name}>"))
        path = path[:start] + chosen.choice(_PARTS) + path[path.index(">", start) + 1 :]
    return path


def hostile_to(rule: Rule) -> Iterator[dict[str, Any]]:
    """Requests to a route, the same in every run: each takes one thing of each kind."""
    chosen = random.Random(f"{SEED} {rule.rule} {sorted(rule.methods or ())}")
    for _ in range(REQUESTS_EACH):
        methods = sorted(rule.methods or ()) if chosen.random() < 0.8 else _METHODS
        request: dict[str, Any] = {
            "method": chosen.choice(methods),
            "path": addresses(rule, chosen),
            "query": chosen.choice(_QUERIES) if chosen.random() < 0.5 else "",
            "headers": chosen.choice(_HEADERS) if chosen.random() < 0.5 else {},
            "body": b"",
            "kind": None,
        }
        if request["method"] not in {"GET", "HEAD"}:
            request["body"] = chosen.choice(BODIES)
            request["kind"] = chosen.choice(["application/json", *KINDS])
            if chosen.random() < 0.5:
                request["body"], request["kind"] = _form(chosen.choice(_FORMS), chosen)
        yield request


def _form(fields: dict[str, str], chosen: random.Random) -> tuple[bytes, str]:
    if chosen.random() < 0.5:
        pairs = [f"{name}={value}" for name, value in fields.items()]
        return "&".join(pairs).encode("utf-8", "surrogatepass"), "application/x-www-form-urlencoded"
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    return ("".join(parts) + "--x--").encode("utf-8", "surrogatepass"), "multipart/form-data; boundary=x"


def sent(world: World, client: FlaskClient, environ: dict[str, Any]) -> Response:
    """What the app answers to a request exactly as a server hands it over."""
    kept = client.get_cookie("ekasih_sesi")
    if kept is not None and "HTTP_COOKIE" not in environ:
        environ["HTTP_COOKIE"] = f"ekasih_sesi={kept.value}"
    body, status, headers = run_wsgi_app(world.app.server, environ, buffered=True)
    return Response(list(body), status, headers)


def handed_over(request: dict[str, Any]) -> dict[str, Any]:
    """The request as a server hands it over: the path decoded byte by byte, headers as they came."""
    environ = EnvironBuilder(path="/", method=request["method"]).get_environ()
    environ |= {
        "PATH_INFO": _decoded(request["path"]),
        "QUERY_STRING": request["query"],
        "REQUEST_URI": f"{request['path']}?{request['query']}",
        "CONTENT_LENGTH": str(len(request["body"])),
        "CONTENT_TYPE": request["kind"] or "",
        "wsgi.input": io.BytesIO(request["body"]),
    }
    for name, value in {HEADER: _TOKEN, **request["headers"]}.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_LENGTH" else f"HTTP_{key}"] = value
    return environ


def _decoded(path: str) -> str:
    """A path as servers hand it over: each escaped byte a character of its own."""
    return unquote_to_bytes(path).decode("latin-1")


@pytest.mark.parametrize("role", ASKING)
def test_no_hostile_request_makes_a_route_fail(whole: World, role: Role | None) -> None:
    found = []
    for rule in whole.app.server.url_map.iter_rules():
        client = whole.client(role)
        for request in hostile_to(rule):
            with watched() as faults:
                begun = time.process_time()
                answer = sent(whole, client, handed_over(request))
                taken = time.process_time() - begun
            if answer.status_code >= 500 or faults.said or taken > SLOWEST_SECONDS:
                found.append((answer.status_code, round(taken, 1), faults.said, str(request)[:600]))
    assert found == []


def test_a_body_that_is_no_question_is_refused_in_words(whole: World) -> None:
    client = whole.client(Role.PLANNER)
    kinds = ["application/json", *KINDS]
    assert [
        (kind, body[:40], fault) for kind in kinds for body in BODIES for fault in faults_of(client, body, kind=kind)
    ] == []


def test_a_refusal_is_in_the_language_of_the_person(whole: World) -> None:
    client = whole.client(Role.PLANNER)
    for language, words in (("ms", "masih ada di halaman ini"), ("en", "is still on this page")):
        client.set_cookie("ekasih_bahasa", language)
        answer = client.post(ADDRESS, data=nested(10_000), content_type="application/json", headers={HEADER: _TOKEN})
        assert answer.status_code == 400
        assert words in words_of(answer)


def test_who_has_no_token_is_told_so_where_the_page_shows_it(whole: World) -> None:
    answer = whole.client(Role.PLANNER).post(ADDRESS, json={}, headers={HEADER: "another"})
    assert answer.status_code == 403
    assert words_of(answer)


class Endless(io.RawIOBase):
    """A body that never ends, which counts what is read of it."""

    def __init__(self) -> None:
        self.read_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = b"[" * len(buffer)
        self.read_bytes += len(buffer)
        return len(buffer)


def test_of_a_huge_body_no_more_is_read_than_a_question_may_hold(whole: World) -> None:
    client = whole.client(Role.PLANNER)
    client.get("/sihat")
    request = {"method": "POST", "path": ADDRESS, "query": "", "headers": {}, "body": b"", "kind": "application/json"}
    for stated in (None, 10 * MOST_USUAL):
        body = Endless()
        environ = handed_over(request) | {"wsgi.input": io.BufferedReader(body), "CONTENT_LENGTH": str(stated)}
        if stated is None:
            del environ["CONTENT_LENGTH"]
            environ |= {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
        tracemalloc.start()
        answer = sent(whole, client, environ)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # of a body that does not say how long it is, the beginning is read, which is no question
        assert answer.status_code == (413 if stated else 400)
        assert words_of(answer)
        assert body.read_bytes <= 2 * MOST_USUAL
        assert most < 20 * MOST_USUAL
