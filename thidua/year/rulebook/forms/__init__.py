"""Forms of the rulebook: the shape of what is sent, nothing more."""
