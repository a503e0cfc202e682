"""The model of a diagram: what is drawn where, without markup; the SVG and the page render it."""
