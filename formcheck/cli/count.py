"""``formcheck count``: nothing but a big number and a voice."""

from __future__ import annotations

from formcheck.cli import live
from formcheck.cli.options import Debug
from formcheck.cli.train import Wishes, train
from formcheck.cli.training import Training


def command(
    exercise: live.Which = None,
    *,
    camera: live.Source = "0",
    reps: live.Reps = 0,
    sets: live.Sets = 3,
    rest: live.Rest = 45.0,
    side: live.Side = "auto",
    model: live.Model = "auto",
    no_voice: live.NoVoice = False,
    voice_only: live.VoiceOnly = False,
    rate: live.Rate = 175,
    volume: live.Volume = 80,
    fullscreen: live.Full = False,
    log: live.Log = None,
    debug: Debug = False,  # noqa: ARG001 - `run` looks for it
) -> None:
    """Count reps in front of the camera: a big number and a voice, no coaching."""
    training = Training(exercise, None, sets, reps, rest, side, coach=False)
    wishes = Wishes(
        camera,
        model,
        not no_voice,
        not voice_only,
        rate,
        volume,
        fullscreen=fullscreen,
        resume=False,
        log=log,
    )
    train(training, wishes, style="count")
