"""How fast the product is, each figure beside a peer's from the same run. Never a timed test."""
