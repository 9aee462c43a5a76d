"""Measurements, run by hand; none of them asserts an absolute time."""
