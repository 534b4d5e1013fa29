"""Several people on one map at once: a shared document for each map, kept as it changes, saved as versions."""
