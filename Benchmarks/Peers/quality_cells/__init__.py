"""The networks, tools and measures of quality.py."""
