"""The networks of encoders.py, and how they are checked."""
