"""A Discord on 127.0.0.1: REST v10, gateway v10, interactions and voice, over real sockets, for rehearsals and tests.

Unmodified clients talk to it; only their base addresses and the trusted CA are set. It is faithful to Discord's
documentation where it answers at all; what it does not know it refuses with Discord's 404 and logs.
"""
