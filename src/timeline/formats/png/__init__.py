"""PNG: the diagram as an image, for programs that show no SVG."""
