"""Documents into an index: what changed since last time, and the change itself."""
