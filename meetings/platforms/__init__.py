"""The platforms a council meets on. `port` says what the house uses of any of them; each package is one platform."""
