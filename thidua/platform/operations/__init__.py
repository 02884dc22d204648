"""Keeping an installation alive: backup, restore, the doctor's checks."""
