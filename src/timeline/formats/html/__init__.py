"""HTML: a page to read and to subscribe from, in one file that is right without a script."""
