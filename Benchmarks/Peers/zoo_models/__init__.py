"""The networks that zoo.py checks: where each comes from, and what it is fed with."""
