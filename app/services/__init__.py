"""What more than one feature does or asks: transactions over models, documents and mail."""
