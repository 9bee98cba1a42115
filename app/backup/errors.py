"""What may go wrong with a backup."""


class BackupError(Exception):
    """A backup cannot be made or put back. The message is one sentence; nothing has been changed, unless it says so."""
