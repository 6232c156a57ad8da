"""Engines: what stores terms, matches plans and scores documents, behind one port."""
