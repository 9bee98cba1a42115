"""Reviews: inviting readers, their workspace, and the answers that they get."""
