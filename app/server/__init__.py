"""The server: starting, listening, and the hourly work."""
