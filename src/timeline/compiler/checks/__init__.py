"""What must be true of a file as a whole, and what is worth a warning: one function a rule."""
