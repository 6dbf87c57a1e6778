"""Handing work to the workers, while their broker may be down."""

import logging
from collections.abc import Callable
from typing import Any

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# What a broker that does not answer raises.
NO_ANSWER = (OperationalError, RedisError, OSError)


def hand_over(send: Callable[[], Any], what: str) -> bool:
    """Call `send`, which gives the work called `what` to the broker.

    False where the broker is down: the row that orders the work stays, and beat sends it again.
    """
    try:
        send()
    except NO_ANSWER as error:
        logger.warning("%s waits: the broker does not answer (%s)", what, error)
        return False
    return True
