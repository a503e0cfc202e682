"""Recurrence rules (RFC 5545 3.3.10): parts, constraints and expansion."""
