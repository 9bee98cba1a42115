"""The forms of accounts: the address, the code of a mail, the profile, and the name of a passkey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.models.people import CODE_DIGITS, NAME_LENGTH
from app.pack.text import clean_text
from app.web.choices import Choice
from app.web.fields import Email, Fault, Line, Looks, Part, Typed
from app.web.forms import Form

PASSKEY_NAME_LENGTH = 64


class AccountForm(Form):
    """A form of accounts, in their looks."""

    class Meta(Form.Meta):
        """The classes."""

        looks = Looks(box="account-field", group="account-field")


class AddressForm(AccountForm):
    """Where a mail for signing in goes; and the passkey, which has no field."""

    email = Email(
        "accounts_email", help="accounts_email_help", missing="accounts_error_email_missing", unfit="accounts_error_email",
        too_long="accounts_error_email_long", render_kw={"autocomplete": "email webauthn"},
    )  # fmt: skip
    passkey = Part("accounts_passkey_use_title")


class Code(Typed):
    """The code of a mail; a slip is told before it is tried."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """The digits, without the space that somebody put between them."""
        self.typed = self.data = "".join(clean_text(str(valuelist[0])).split()) if valuelist else ""
        if not (self.data.isdecimal() and self.data.isascii() and len(self.data) == CODE_DIGITS):
            raise ValueError(Fault("accounts_error_code_form", {"digits": CODE_DIGITS}))


class CodeForm(AccountForm):
    """The code of a mail for signing in."""

    code = Code(
        str, "accounts_code_label", help="accounts_code_help",
        render_kw={"class": "ds-input code", "autocomplete": "one-time-code", "inputmode": "numeric"},
    )  # fmt: skip


class ProfileForm(AccountForm):
    """A name, and the language of letters."""

    name = Line("accounts_me_name", NAME_LENGTH, help="accounts_me_name_help", render_kw={"autocomplete": "name"})
    mail_language = Choice("accounts_me_language", missing="accounts_error_language")


class PasskeyForm(AccountForm):
    """What a new passkey is called."""

    passkey_name = Line(
        "accounts_passkey_add_name", PASSKEY_NAME_LENGTH, help="accounts_passkey_add_name_help", missing="accounts_error_passkey_name"
    )
