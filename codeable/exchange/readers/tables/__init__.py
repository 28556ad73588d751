"""Codes in tables: CSV files and workbooks."""
