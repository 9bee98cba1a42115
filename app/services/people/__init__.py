"""People: invitations, and what is stored about them."""
