"""Which exercise is this: told from posture, contacts and motion, with the evidence for it."""

from formcheck.recognise.model import Guess, Model, load
from formcheck.recognise.segments import Stretch, now, stretches

__all__ = ["Guess", "Model", "Stretch", "load", "now", "stretches"]
