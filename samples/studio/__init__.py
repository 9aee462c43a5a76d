"""The studio: rendered people who exercise in front of a camera, with every joint exactly known."""
