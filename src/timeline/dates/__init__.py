"""Dates: EDTF, times, time zones, relative dates and the grammar that joins them."""
