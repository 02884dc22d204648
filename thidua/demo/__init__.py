"""Demo data: the five founding cases at their true end, and one practice bloc of this year.

Facts come from press articles named in each case file; everything else is made up, marked
``synthetic`` and shown with °. No invented failing is pinned on a real agency.
"""
