"""Versions: the workflow of a policy, freezing, stamping, verification."""
