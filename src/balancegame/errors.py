"""The one exception that a person sees: a sentence with the place and the remedy."""


class GameError(ValueError):
    """What a person wrote cannot be used as it stands.

    The message is one sentence for that person: what was wrong, where, and what to do.
    Whatever raised the error has changed nothing.
    """
