"""Mutation testing of the modules that users must be able to trust: `python -m tests.mutation`."""
