"""Counting and judging: poses in, events out; causal, whatever the poses come from."""
