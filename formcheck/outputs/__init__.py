"""Where results go: videos, reports, files."""
