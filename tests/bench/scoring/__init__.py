"""Verdicts of the engine against the truth of recordings: who was right, how often, and how sure that is.

``truth`` reads what was commanded, ``replay`` runs the engine, ``matching`` brings both together,
``readings`` holds one line per rep and fault, ``measures`` and ``headline`` make figures of them,
``text`` and ``page`` show them.
"""
