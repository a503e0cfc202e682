"""The timeline as a picture: SVG 1.1 that suits light and dark, print, phones and desks.

The way from a calendar to it: ``extent`` (when, in seconds, and how well that is known),
``panels`` (what shares an axis), ``layout`` (where everything lies), ``paint`` (markup).
"""
