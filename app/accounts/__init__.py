"""Accounts: signing in by e-mail or passkey, and what a person may see and delete of herself."""
