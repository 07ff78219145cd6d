"""Measurements, each a table beside a limit or a peer from the same run."""
