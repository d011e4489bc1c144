"""What an exercise is made of: tests, criteria, reading of answers, payoffs of one's own."""

import lazy_loader

# What tests of exercises are written with stands in __init__.pyi.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
