"""Council meetings rehearsed on this machine: a Discord on loopback, and a cast of members who meet there."""
