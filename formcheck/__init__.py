"""formcheck: form feedback for exercise, rep by rep, from one ordinary camera."""

__version__ = "0.1.0"
