"""How good are the answers? Topics, judgements, measures, and whether a difference is chance."""
