"""The wizard: one page view for every page of every step."""
