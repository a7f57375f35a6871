"""A budget and roadmap calculator for a town's multi-year investment plan."""

__version__ = "0.1.0"
