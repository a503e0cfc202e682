"""The feed of changes (Atom, RFC 4287)."""
