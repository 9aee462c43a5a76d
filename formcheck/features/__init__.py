"""What the landmarks say: body axes, scale, camera view, and the signals of `formcheck.spec` as arrays."""
