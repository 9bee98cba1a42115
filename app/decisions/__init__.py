"""Decisions: frozen versions, and the way from a draft to a policy in force."""
