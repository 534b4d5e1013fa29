"""Asking a question of a workspace: one module for each, with a function of its name."""
