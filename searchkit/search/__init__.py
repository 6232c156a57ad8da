"""The service: an index opened, asked, kept up to date."""
