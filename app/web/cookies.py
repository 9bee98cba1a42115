"""The session cookie. It is patient with clocks, and holds the key of a browser from the first form on.

A cookie that was signed "in the future" is one of ours: the clock has been set back, or another server's is ahead. To refuse it would sign people
out, and the new cookie in its place would put a draft out of reach for good.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from app.clock import now
from app.models.keys import new_key

KEY = "key"
CSRF = "csrf_token"
LASTS = timedelta(days=60)


class PatientSigner(TimestampSigner):
    """Takes what was signed a while ahead of this clock for what has just been signed."""

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        """The value that was signed. Raises BadSignature as ever, and SignatureExpired for what is too old or absurdly far ahead."""
        try:
            return super().unsign(signed_value, max_age=max_age, return_timestamp=return_timestamp)  # type: ignore[call-overload]
        except SignatureExpired as problem:
            if not _is_ahead(problem.date_signed):
                raise
            return (problem.payload, problem.date_signed) if return_timestamp else problem.payload


def _is_ahead(signed_at: datetime | None) -> bool:
    return signed_at is not None and now() < signed_at <= now() + LASTS


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions, with the patient signer."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads cookies."""
        serializer = super().get_signing_serializer(app)
        if serializer:
            serializer.signer = PatientSigner
        return serializer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where it has changed. With the token of the first form goes the key: two forms sent at once are one browser's.

        What is the same for everybody has nothing to do with any cookie.
        """
        if response.cache_control.public:
            return
        if CSRF in session and KEY not in session:
            session[KEY] = new_key()
        super().save_session(app, session, response)
