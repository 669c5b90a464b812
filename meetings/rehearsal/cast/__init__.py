"""The cast: scripted members, clients of the loopback server as a member's phone is of Discord."""
