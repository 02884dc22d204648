"""Who exists: jurisdictions, units with their names through time, people, positions."""
