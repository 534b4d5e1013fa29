"""The answers of questions as their JSON has them, one module for each: what the description of the server says."""
