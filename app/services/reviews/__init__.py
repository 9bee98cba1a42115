"""Reviews: sending, reminding, closing, and what was said."""
