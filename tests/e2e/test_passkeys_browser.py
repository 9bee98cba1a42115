"""Passkeys in a real browser, with the authenticator that it has for tests: the key of a telephone or a computer, and one on a stick."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.wizard import Wizard

KEYS: dict[str, dict[str, Any]] = {
    "platform": {"protocol": "ctap2", "transport": "internal"},
    "stick": {"protocol": "ctap2", "transport": "usb"},
}
SIGNED_IN = re.compile(r"/me(\?|#|$)")


NO_OFFER = "if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false;"


@pytest.fixture
def at_localhost(open_browser: Open, site: str) -> Callable[..., Wizard]:
    """Opens a tab under the name localhost: passkeys are bound to a name, not to a number.

    The authenticator for tests takes an offer beside a field at once, without anybody who chooses: so there is none unless the test `offers`.
    """

    def start(language: str = "nb", offers: bool = False, **settings: Any) -> Wizard:
        wizard = open_browser(language, at=site.replace("127.0.0.1", "localhost"), **settings)
        if not offers:
            wizard.page.context.add_init_script(NO_OFFER)
        return wizard

    return start


class Keys:
    """The authenticator of one tab."""

    def __init__(self, wizard: Wizard, **kind: Any) -> None:
        self.protocol = wizard.page.context.new_cdp_session(wizard.page)
        self.protocol.send("WebAuthn.enable", {"enableUI": False})
        options = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True, **kind}
        self.id = self.protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def all(self) -> list[dict[str, Any]]:
        return list(self.protocol.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"])

    def verify(self, is_her: bool) -> None:
        self.protocol.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": is_her})

    def copy(self, key: dict[str, Any]) -> None:
        """Put an older copy of a key in the place of the key."""
        self.protocol.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})
        self.protocol.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": key})


def sign_in_by_mail(wizard: Wizard, email: str) -> None:
    wizard.go("sign-in")
    wizard.page.locator("#f-email").fill(email)
    wizard.press("accounts_sign_in_button")
    expect(wizard.page.locator("h1")).to_have_text(wizard.say("accounts_code_title"))
    outbox = wizard.page.context.new_page()
    letter = outbox.locator(".letter", has_text=email).first
    for _ in range(50):
        outbox.goto(f"{wizard.site}/{wizard.language}/outbox")
        if letter.count():
            break
        outbox.wait_for_timeout(100)
    code = re.search(r": (\d{8})\b", letter.inner_text())
    outbox.close()
    assert code
    wizard.page.locator("#f-code").fill(code[1])
    wizard.press("accounts_code_button")
    wizard.page.wait_for_url(SIGNED_IN)


def make_key(wizard: Wizard, name: str = "Nøkkelen min") -> None:
    wizard.page.locator("#f-passkey_name").fill(name)
    wizard.press("accounts_passkey_add")


def sign_out(wizard: Wizard) -> None:
    wizard.press("accounts_sign_out")
    expect(wizard.page.get_by_role("status").first).to_have_text(wizard.say("accounts_out"))


@pytest.mark.parametrize(("kind", "language"), [("platform", "nb"), ("stick", "nn")])
def test_a_passkey_is_made_used_deleted_and_then_refused(at_localhost, kind: str, language: str) -> None:
    wizard = at_localhost(language, expects=(422,))
    email = f"{kind}@example.no"
    sign_in_by_mail(wizard, email)
    keys = Keys(wizard, **KEYS[kind])
    make_key(wizard)
    expect(wizard.page.get_by_role("status").first).to_have_text(wizard.say("accounts_me_done_passkey"))
    expect(wizard.page.locator(".account-key")).to_have_text("Nøkkelen min")
    assert len(keys.all()) == 1

    sign_out(wizard)
    use_key(wizard)
    wizard.page.wait_for_url(SIGNED_IN)
    expect(wizard.page.locator(".lead").first).to_contain_text(email)

    wizard.press("accounts_passkey_delete")
    expect(wizard.page.get_by_role("status").first).to_have_text(wizard.say("accounts_me_done_passkey_gone"))
    sign_out(wizard)
    use_key(wizard)
    expect(wizard.page.locator("#error-passkey")).to_contain_text(wizard.say("accounts_passkey_unknown"))
    expect(wizard.page).to_have_title(re.compile("^Feil: "))


def use_key(wizard: Wizard) -> None:
    wizard.press("accounts_passkey_use")


def test_the_browser_offers_the_passkey_in_the_field_for_the_address(at_localhost) -> None:
    wizard = at_localhost(offers=True)
    sign_in_by_mail(wizard, "offered@example.no")
    Keys(wizard, **KEYS["platform"])
    make_key(wizard)
    expect(wizard.page.locator(".account-key")).to_have_count(1)
    wizard.press("accounts_sign_out")
    wizard.page.wait_for_url("**/me")
    expect(wizard.page.locator(".lead").first).to_contain_text("offered@example.no")


def test_whoever_does_not_show_who_she_is_does_not_come_in(at_localhost) -> None:
    wizard = at_localhost()
    sign_in_by_mail(wizard, "unverified@example.no")
    keys = Keys(wizard, **KEYS["platform"])
    make_key(wizard)
    expect(wizard.page.locator(".account-key")).to_have_count(1)
    sign_out(wizard)
    keys.verify(False)
    use_key(wizard)
    expect(wizard.page.locator("form[data-passkey] [role=status]")).to_have_text(wizard.say("accounts_passkey_cancelled"))


def test_a_key_made_twice_says_so(at_localhost) -> None:
    wizard = at_localhost()
    sign_in_by_mail(wizard, "twice@example.no")
    Keys(wizard, **KEYS["platform"])
    make_key(wizard)
    expect(wizard.page.locator(".account-key")).to_have_count(1)
    make_key(wizard, "En til")
    expect(wizard.page.locator("form[data-passkey] [role=status]")).to_have_text(wizard.say("accounts_passkey_known"))


def test_a_copy_of_a_key_is_refused(at_localhost) -> None:
    wizard = at_localhost(expects=(422,))
    sign_in_by_mail(wizard, "copied@example.no")
    keys = Keys(wizard, **KEYS["stick"])
    make_key(wizard)
    expect(wizard.page.locator(".account-key")).to_have_count(1)
    [before] = keys.all()
    sign_out(wizard)
    use_key(wizard)
    wizard.page.wait_for_url(SIGNED_IN)
    sign_out(wizard)
    keys.copy(before)
    use_key(wizard)
    expect(wizard.page.locator("#error-passkey")).to_contain_text(wizard.say("accounts_passkey_wrong"))


def test_a_passkey_without_a_name_is_asked_for_one(at_localhost) -> None:
    wizard = at_localhost(expects=(422,))
    sign_in_by_mail(wizard, "unnamed@example.no")
    Keys(wizard, **KEYS["platform"])
    make_key(wizard, "")
    expect(wizard.page.locator("#error-passkey_name")).to_contain_text(wizard.say("accounts_error_passkey_name"))
    expect(wizard.page.locator("#errors")).to_be_focused()


def test_without_a_script_mail_is_all_there_is(at_localhost) -> None:
    wizard = at_localhost(java_script_enabled=False).go("sign-in")
    expect(wizard.page.locator("#f-email")).to_be_visible()
    expect(wizard.page.locator("[data-passkey-part]").first).to_be_hidden()
    sign_in_by_mail(wizard, "noscript@example.no")
    expect(wizard.page.locator("form[data-passkey]")).to_be_hidden()


def test_under_a_number_the_page_offers_the_name(wizard: Wizard) -> None:
    wizard.go("sign-in")
    expect(wizard.page.get_by_role("link", name=wizard.say("accounts_passkey_number_link"))).to_have_attribute(
        "href", re.compile("^http://localhost:")
    )
