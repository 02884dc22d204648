"""Spreadsheets out and in; the only place that knows XlsxWriter and calamine. No Django."""
