"""The one exception a person meets: a sentence that names the place and the remedy."""


class GameError(ValueError):
    """Something a person wrote cannot be used as it stands.

    The message is one sentence for that person: what was wrong, where, and what to do.
    Whatever raised it changed nothing.
    """
