"""Make the pictures in ``docs/pictures``: ``python -m tools.pictures``, with Chromium."""
