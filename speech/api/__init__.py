"""`speech/…`: what was said, and text as sound."""

from speech.api.hearing import TranscribeView
from speech.api.speaking import SynthesizeStreamView, SynthesizeView, VoicesView

__all__ = ["SynthesizeStreamView", "SynthesizeView", "TranscribeView", "VoicesView"]
