"""Public registers that the app asks, when an operator has said where they are."""
