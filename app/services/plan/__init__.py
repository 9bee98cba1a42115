"""The plan of a policy: what is done when, by whom, and who is told of it."""
