"""The web server: one application over one workspace."""
