"""The worker that hears loads its engines when it starts, not while the first learner waits."""

import logging
import threading
from typing import Any

import numpy as np
from celery.signals import celeryd_after_setup, worker_process_init
from django.conf import settings

from analysis.vad import detect_speech
from engines.transcribers import TranscriberError, make

logger = logging.getLogger(__name__)

QUEUE = "tutor"
_hears = threading.Event()


@celeryd_after_setup.connect
def note_queues(sender: str, instance: Any, **_: Any) -> None:
    """Only the worker of that queue hears; its children inherit this."""
    if QUEUE in instance.app.amqp.queues.consume_from:
        _hears.set()


@worker_process_init.connect
def warm_up(**_: Any) -> None:
    """Beside everything else: a child that takes seconds to start is taken for a broken one."""
    if _hears.is_set():
        threading.Thread(target=load_engines, daemon=True).start()


def load_engines() -> None:
    """Make every engine that may be asked; a task that comes meanwhile waits for its own.

    They are made, not used: a model keeps notes of the one recording that it hears.
    """
    detect_speech(np.zeros(16_000, dtype=np.int16))
    for options in settings.SPEECH_TRANSCRIBERS:
        try:
            make(options)
        except TranscriberError as error:
            logger.warning("%s cannot be had: %s", options.provider, error.detail)
