"""Counting and judging: poses in, events out; causal, the same for a camera and for a file."""
