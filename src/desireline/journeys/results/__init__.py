"""What analyses answer: one module for each, beside those in ``journeys/model.py``."""
