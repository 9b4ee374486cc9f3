"""Tokens for the secret of a key (OAuth 2.0 client credentials, RFC 6749), and their end (RFC 7009), by authlib."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from apiflask import APIBlueprint
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Payload, FlaskOAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError, InvalidRequestError, InvalidScopeError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc7009 import RevocationEndpoint
from flask import Response, json, request
from pydantic import BaseModel, Field

from api.bodies import FORM, takes_kind
from api.deps import deps_of_request
from api.guards import UNSEEN, open_to_everybody
from api.language import asked_language, asked_words
from api.problems import TooManyCalls
from registry import db
from registry.accounts import sign_in_tries
from registry.accounts.networks import counted_place
from registry.accounts.sessions import new_token
from registry.accounts.sign_in_tries import Origin
from registry.api_keys.tokens import Key, end_token, keep_token, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

METHODS: Final = ["client_secret_basic", "client_secret_post"]
_LONGEST: Final = 200
oauth = APIBlueprint("oauth", __name__, tag="Token")


class TokenIn(BaseModel):
    """What is sent for a token, beside the key: by HTTP Basic, or in these fields."""

    grant_type: str = Field(description="client_credentials", pattern="^client_credentials$")
    scope: str | None = Field(default=None, description="Scopes of the key, parted by blanks; all of them where absent")
    client_id: str | None = None
    client_secret: str | None = None


class TokenOut(BaseModel):
    """A token, and for how many seconds it holds."""

    token_type: str
    access_token: str
    expires_in: int
    scope: str


class RevokeIn(BaseModel):
    """The token that is to end."""

    token: str
    token_type_hint: str | None = None
    client_id: str | None = None
    client_secret: str | None = None


@dataclass(slots=True)
class Client(ClientMixin):  # type: ignore[misc]
    """Whoever says to be a key; ``key`` is there once the secret was right."""

    client_id: str
    key: Key | None = None

    def get_client_id(self) -> str:
        """As the key is called."""
        return self.client_id

    def get_allowed_scope(self, scope: str) -> str:
        """What was asked for was held to the key before."""
        return scope

    def check_client_secret(self, secret: str) -> bool:
        """Whether the secret is one of the key; one that is wrong is counted and written down as a wrong password is.

        Raises:
            TooManyCalls: this place, or this name, was wrong too often.

        """
        if UNSEEN.search(self.client_id + secret) or max(len(self.client_id), len(secret)) > _LONGEST:
            return False
        with db.signing_in(deps_of_request().engine) as connection:
            self.key = key_of(connection, self.client_id, secret)
            if self.key is not None:
                return True
            place = Origin(counted_place(request.remote_addr or ""))
            taken = sign_in_tries.take_try(connection, "password", self.client_id, place)
            if taken.number is not None:
                sign_in_tries.refuse(connection, taken)
        if taken.number is None:
            raise TooManyCalls(taken.wait_seconds)
        return False

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002 - as authlib calls it
        """By Basic, or by the body."""
        return method in METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        """A key is for a program alone."""
        return bool(grant_type == ClientCredentialsGrant.GRANT_TYPE)


class KeyGrant(ClientCredentialsGrant):  # type: ignore[misc]
    """A token for the secret of a key, for the scopes asked for, or all that it has."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def validate_requested_scope(self) -> None:
        """Refuse what the key does not have."""
        asked = (self.request.payload.scope or "").split()
        if not set(asked) <= set(self.client.key.scopes):
            raise InvalidScopeError

    def create_token_response(self) -> tuple[int, dict[str, Any], Sequence[tuple[str, str]]]:
        """The token, kept as a hash."""
        key: Key = self.client.key
        scopes = tuple(dict.fromkeys((self.request.payload.scope or "").split())) or key.scopes
        token = new_token()
        with db.signing_in(deps_of_request().engine) as connection:
            keep_token(connection, key, token, scopes)
        body = {"token_type": "Bearer", "access_token": token, "expires_in": key.token_seconds}
        body["scope"] = " ".join(scopes)
        return 200, body, self.TOKEN_RESPONSE_HEADER


class _Held(NamedTuple):
    """A token as the revocation finds it: whose it is says the database, which ends none of another key."""

    token: str

    def check_client(self, _client: Client) -> bool:
        return True


class KeyRevocation(RevocationEndpoint):  # type: ignore[misc]
    """Ends a token before its time; one that is none, or another's, changes nothing, and the answer does not tell."""

    CLIENT_AUTH_METHODS = METHODS
    SUPPORTED_TOKEN_TYPES: Final = {"access_token"}

    def query_token(self, token_string: str, token_type_hint: str | None) -> _Held:  # noqa: ARG002 - as authlib calls it
        """The token that is asked about."""
        return _Held(token_string)

    def revoke_token(self, token: _Held, request: Any) -> None:
        """End it."""
        with db.signing_in(deps_of_request().engine) as connection:
            end_token(connection, request.client.key, token.token)


class _Body(FlaskOAuth2Payload):  # type: ignore[misc]
    """What the body says alone: nothing of a key stands in an address."""

    @property
    def data(self) -> Any:
        return self._request.form


class _Asked(FlaskOAuth2Request):  # type: ignore[misc]
    """A request as authlib reads it. TLS ends at the proxy before us; that it does is the installation's to see to."""

    def __init__(self, asked: Any) -> None:
        super(FlaskOAuth2Request, self).__init__(asked.method, "https://localhost/", headers=asked.headers)
        self._request = asked
        self.payload = _Body(asked)


class KeyServer(AuthorizationServer):  # type: ignore[misc]
    """authlib's server over the keys of the register; its errors carry the members of a problem beside their own."""

    def __init__(self) -> None:
        super().__init__()
        self._query_client = Client
        self.scopes_supported = None
        self.register_grant(KeyGrant)
        self.register_endpoint(KeyRevocation)

    def create_oauth2_request(self, _request: Any) -> _Asked:
        """The current request."""
        return _Asked(request)

    def authenticate_client(self, asked: Any, methods: list[str], endpoint: str = "token") -> Any:
        """Who asks; what cannot be read is nobody."""
        try:
            return super().authenticate_client(asked, methods, endpoint)
        except UnicodeDecodeError:
            raise InvalidClientError(status_code=401) from None

    def handle_response(self, status: int, body: Any, headers: Sequence[tuple[str, str]]) -> Response:
        """The answer of RFC 6749, which carries no text of the request."""
        told = dict(body) if isinstance(body, dict) else {}
        if "error" in told:
            words, code = asked_words(), str(told["error"])
            detail = words(f"error.oauth_{code}" if words.has(f"error.oauth_{code}") else "error.api_bad_request")
            told = {"error": code, "type": f"urn:ekasih:problem:{code}", "status": status, "detail": detail}
            told["title"] = words(f"api.status_{status}")
        answer = Response(json.dumps(told, ensure_ascii=False), status=status, headers=list(headers))
        if "error" in told:
            answer.headers["Content-Language"] = asked_language()
        if status == InvalidClientError.status_code or status == 401:  # noqa: PLR1714, PLR2004
            answer.headers.setdefault("WWW-Authenticate", 'Basic realm="eKasih"')
        return answer


SERVER: Final = KeyServer()


@oauth.post("/oauth/token")
@takes_kind(FORM)
@open_to_everybody
@oauth.doc(summary="A token for a key", operation_id="take_token")
@oauth.output(TokenOut)
def take_token() -> Response:
    """A token by the client credentials of a key: HTTP Basic, or client_id and client_secret in the body."""
    answer: Response = SERVER.create_token_response()
    return answer


@oauth.post("/oauth/revoke")
@takes_kind(FORM)
@open_to_everybody
@oauth.doc(summary="The end of a token", operation_id="end_token", responses={200: "Ended, or none of this key"})
def revoke() -> Response:
    """End a token before its time."""
    if "token" not in request.form:
        return SERVER.handle_error_response(None, InvalidRequestError())  # type: ignore[no-any-return]
    answer: Response = SERVER.create_endpoint_response(KeyRevocation.ENDPOINT_NAME)
    return answer
