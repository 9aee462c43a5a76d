"""A training session: what to say, show and save at each moment. Pure; its clock is the frames' time."""
