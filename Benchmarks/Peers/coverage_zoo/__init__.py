"""The networks that coverage.py tries: where each comes from, how it is exported, and what is measured of it.

A source is a module with NETWORKS, a dictionary of names, and write(path, name), which writes the network as ONNX and returns
inputs for it as {name: array}.
"""
