"""Papers of the conference, each a function from frozen facts to the content model."""
