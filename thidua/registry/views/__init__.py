"""Pages of the registry: units, people, invitations."""
