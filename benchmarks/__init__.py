"""Measurements of timeline against other programs; no part of the package."""
