"""Landmarks put right: left and right, outliers, gaps, jitter. numpy alone while it runs live."""

from __future__ import annotations

from formcheck.smooth.identity import IdentityRepair, repair
from formcheck.smooth.lowpass import zero_phase
from formcheck.smooth.one_euro import OneEuro
from formcheck.smooth.outliers import clean

__all__ = ["IdentityRepair", "OneEuro", "clean", "repair", "zero_phase"]
