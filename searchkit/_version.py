"""The one place that states the version of searchkit."""

__version__ = "0.1.0"
