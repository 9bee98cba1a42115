"""The workspace of somebody who is invited to read a draft: she needs no account."""
