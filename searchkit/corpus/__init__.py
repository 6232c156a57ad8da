"""Finds and reads the documents of a corpus: seed texts, plain text, Markdown, JSON Lines.

Nothing that lies in a corpus folder is trusted: links are not followed, pipes and devices not
opened, sizes bounded, and whatever cannot be read is reported with its place while the rest is.
"""
