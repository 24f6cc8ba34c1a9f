"""Dateline: a spreadsheet of events and a folder of texts become a timeline that quotes its sources."""

__version__ = "0.1.0"
