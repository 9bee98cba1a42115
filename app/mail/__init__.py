"""Mail: letters are written into an outbox with what they tell of, and a worker sends them."""
