"""Content as typed, checked values. Knows neither Flask nor the database."""
