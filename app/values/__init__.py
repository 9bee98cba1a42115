"""What people type and files bring, read into the form in which it is stored. Imports nothing of the app."""
