"""Opportunities, solutions and tasks: ranked by value and effort, given to departments."""
