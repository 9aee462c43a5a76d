"""Where pictures and landmarks come from: video files, cameras, recordings."""
