"""Everything that is stored, in one file: made while the server runs, checked, and put back."""
