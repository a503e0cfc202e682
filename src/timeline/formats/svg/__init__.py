"""The timeline as a diagram: SVG 1.1 for light and dark schemes, print, phones and desktops.

A calendar is rendered in four steps: ``extents`` (when each event is, in seconds, and how well that
is known), ``panels`` (which events share an axis), ``layout`` (the place of each shape), ``markup``
(the SVG).
"""
