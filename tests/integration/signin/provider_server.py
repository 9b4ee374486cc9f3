"""A small OpenID Connect provider with a signing key of its own, served over HTTP on this machine."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "ekasih", "a secret of the client"


@dataclass
class Provider:
    """Vouches for the person in ``claims``; tests make it lie."""

    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "abc-1", "preferred_username": "s.lim"})
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "1"}))
    signs_with: RSAKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    names_itself: str | None = None

    def __post_init__(self) -> None:
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _app(self) -> Flask:
        app = Flask("provider")

        @app.get("/.well-known/openid-configuration")
        def about() -> Response:
            return jsonify(
                issuer=self.names_itself or self.issuer,
                authorization_endpoint=f"{self.issuer}/authorize",
                token_endpoint=f"{self.issuer}/token",
                jwks_uri=f"{self.issuer}/jwks",
                id_token_signing_alg_values_supported=["RS256"],
            )

        @app.get("/jwks")
        def keys() -> Response:
            return jsonify(keys=[self.key.as_dict(private=False)])

        @app.get("/authorize")
        def authorize() -> Any:
            code = secrets.token_urlsafe(8)
            self.asked[code] = request.args.to_dict()
            back = {"code": code, "state": request.args["state"]}
            return redirect(f"{request.args['redirect_uri']}?{urlencode(back)}")

        @app.post("/token")
        def token() -> Any:
            asked = self.asked.pop(request.form["code"], None)
            if asked is None or not self._proven(asked):
                return jsonify(error="invalid_grant"), 400
            return jsonify(access_token="x", token_type="Bearer", expires_in=60, id_token=self._id_token(asked))

        return app

    def _proven(self, asked: dict[str, str]) -> bool:
        digest = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        who = request.authorization
        client = who is not None and (who.username, who.password) == (CLIENT, SECRET)
        return client and asked["code_challenge_method"] == "S256" and asked["code_challenge"] == challenge

    def _id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims | self.claims, self.signs_with or self.key)
