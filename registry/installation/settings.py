"""What an installation may set, by concern, read once from the environment (EKASIH_…) at the composition root."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url

from registry.db import OWNER_ROLE, PUBLIC_ROLE, WEB_ROLE
from registry.installation.cluster import Cluster
from registry.mailing import MailSettings

PROJECT = Path(__file__).resolve().parents[2]
DATABASE = "ekasih"


class PlaceSettings(BaseSettings):
    """Where the installation keeps what is its own: the private cluster, secrets, uploads, map files."""

    home: Path = PROJECT / ".ekasih"
    given_seal_book: Path | None = Field(
        default=None, validation_alias=AliasChoices("EKASIH_SEAL_BOOK", "given_seal_book")
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @property
    def seal_book(self) -> Path:
        """The file in which this machine writes down the seals it makes."""
        return self.given_seal_book or self.home / "seals" / "audit.jsonl"


class OutsideSettings(BaseSettings):
    """What set-up may ask of other machines; the pages ask nothing of any."""

    offline: bool = False
    boundary_mirror: str | None = None

    @field_validator("offline", "boundary_mirror", mode="before")
    @classmethod
    def _empty_is_default(cls, value: object, info: ValidationInfo) -> object:
        return value or cls.model_fields[info.field_name or ""].default


class DatabaseSettings(BaseSettings):
    """Which database serves: a private cluster, unless an address is given."""

    database_url: SecretStr | None = None
    web_database_url: SecretStr | None = None
    portal_database_url: SecretStr | None = None
    postgres_bin: Path | None = None

    @field_validator("database_url", "web_database_url", "portal_database_url", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return value or None


class ServerSettings(BaseSettings):
    """How pages are served."""

    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)
    workers: int = Field(default=2, ge=1)
    threads: int = Field(default=4, ge=1)
    jobs: bool = True
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    tile_url: str | None = None
    timings: bool = False
    given_public_url: str | None = Field(
        default=None, validation_alias=AliasChoices("EKASIH_PUBLIC_URL", "given_public_url")
    )

    @field_validator("given_public_url", mode="before")
    @classmethod
    def _whole_address(cls, value: object) -> object:
        if not value:
            return None
        parts = urlsplit(str(value))
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
            message = "an address such as https://ekasih.example"
            raise ValueError(message)
        return str(value).rstrip("/")

    @property
    def public_url(self) -> str:
        """The address that people outside reach the pages by, without a slash at its end; printed codes hold it."""
        return self.given_public_url or f"http://{self.host}:{self.port}"


class PortalSettings(BaseSettings):
    """What anybody may open without an account: beside the pages, or by itself on a host and port of its own."""

    portal: bool = True
    security_contact: str | None = None
    embedded_on: str = Field(default="*", pattern=r"^('none'|\*|(https?://[A-Za-z0-9.*:\-]+)( https?://[A-Za-z0-9.*:\-]+)*)$")
    given_portal_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("EKASIH_PORTAL_KEY", "given_portal_key")
    )


class SignInSettings(BaseSettings):
    """How people sign in, and stay so."""

    session_hours: int = Field(default=10, ge=1)
    session_idle_minutes: int = Field(default=30, ge=1)
    secure_cookies: bool = False
    given_secret_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("EKASIH_SECRET_KEY", "given_secret_key")
    )
    given_factor_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("EKASIH_FACTOR_KEY", "given_factor_key")
    )
    given_audit_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("EKASIH_AUDIT_KEY", "given_audit_key")
    )


class ProviderSettings(BaseSettings):
    """The identity provider that people may sign in with (OpenID Connect): none, unless issuer and client are set."""

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_scope: str = "openid profile"
    oidc_trusted_factors: str = ""

    @field_validator("oidc_issuer", "oidc_client_id", "oidc_client_secret", mode="before")
    @classmethod
    def _none_is_unset(cls, value: object) -> object:
        return value or None

    @property
    def oidc(self) -> bool:
        """Whether people may sign in with the provider."""
        return self.oidc_issuer is not None and self.oidc_client_id is not None

    @property
    def trusted_factors(self) -> frozenset[str]:
        """The values of ``amr`` and ``acr`` that stand for a second factor checked by the provider."""
        return frozenset(self.oidc_trusted_factors.replace(",", " ").split())


class Settings(
    PlaceSettings,
    OutsideSettings,
    DatabaseSettings,
    ServerSettings,
    PortalSettings,
    SignInSettings,
    ProviderSettings,
    MailSettings,
):
    """All settings. Nothing is read from the environment before :meth:`load` is called."""

    model_config = SettingsConfigDict(env_prefix="EKASIH_", frozen=True, extra="ignore")

    @classmethod
    def load(cls) -> Settings:
        """The settings of this process, from its environment.

        Raises:
            pydantic.ValidationError: a variable holds something it cannot.

        """
        return cls()

    @property
    def private(self) -> bool:
        """Whether the database is the private cluster in ``home``."""
        return self.database_url is None

    @property
    def cluster(self) -> Cluster:
        """The private cluster of this home, running or not."""
        return Cluster(self.home, postgres_bin=self.postgres_bin)

    @property
    def admin_url(self) -> URL:
        """The address for what only a superuser may do (roles, extensions)."""
        return self._given(self.database_url) or self.cluster.url(user="postgres", database=DATABASE)

    @property
    def owner_url(self) -> URL:
        """The address that migrates and imports; take on :attr:`owner_role` after connecting."""
        return self._given(self.database_url) or self.cluster.url(user=OWNER_ROLE, database=DATABASE)

    @property
    def owner_role(self) -> str | None:
        """The role to ``SET ROLE`` to on :attr:`owner_url`: none where the address signs in as it already."""
        return None if self.private or self.owner_url.username == OWNER_ROLE else OWNER_ROLE

    @property
    def web_url(self) -> URL:
        """The address the pages use; take on :attr:`web_role` after connecting."""
        given = self._given(self.web_database_url) or self._given(self.database_url)
        return given or self.cluster.url(user=WEB_ROLE, database=DATABASE)

    @property
    def web_role(self) -> str | None:
        """The role to ``SET ROLE`` to on :attr:`web_url`: none where the address signs in as it already."""
        return None if self.private or self.web_url.username == WEB_ROLE else WEB_ROLE

    @property
    def portal_url(self) -> URL:
        """The address the portal uses; take on :attr:`portal_role` after connecting."""
        given = self._given(self.portal_database_url) or self._given(self.database_url)
        return given or self.cluster.url(user=PUBLIC_ROLE, database=DATABASE)

    @property
    def portal_role(self) -> str | None:
        """The role to ``SET ROLE`` to on :attr:`portal_url`: none where the address signs in as it already."""
        return None if self.private or self.portal_url.username == PUBLIC_ROLE else PUBLIC_ROLE

    @property
    def secret_key(self) -> str:
        """The key that signs sessions: as given, or made once and kept in ``home/secrets``, for its owner only."""
        if self.given_secret_key is not None:
            return self.given_secret_key.get_secret_value()
        return _kept_secret(self.home / "secrets" / "secret_key")

    @property
    def portal_key(self) -> str:
        """The key of what is kept of secrets that people without an account hold, and of the portal's own pages."""
        if self.given_portal_key is not None:
            return self.given_portal_key.get_secret_value()
        return _kept_secret(self.home / "secrets" / "portal_key")

    @property
    def factor_key(self) -> str:
        """The key that encrypts second factors: as given, or made once and kept in ``home/secrets``."""
        if self.given_factor_key is not None:
            return self.given_factor_key.get_secret_value()
        return _kept_secret(self.home / "secrets" / "factor_key")

    @property
    def audit_key(self) -> str:
        """The key that seals the audit log: as given, or made once and kept in ``home/secrets``."""
        if self.given_audit_key is not None:
            return self.given_audit_key.get_secret_value()
        return _kept_secret(self.home / "secrets" / "audit_key")

    @staticmethod
    def _given(address: SecretStr | None) -> URL | None:
        if address is None:
            return None
        return make_url(address.get_secret_value()).set(drivername="postgresql+psycopg")


def _kept_secret(path: Path) -> str:
    """The secret in a file of mode 0600, made at the first call; two processes that race agree on one."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
