"""XLSX: a workbook for people, with a sheet for the calendar and one for each feed."""
