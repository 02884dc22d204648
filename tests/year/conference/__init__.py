"""Tests of the conference."""
