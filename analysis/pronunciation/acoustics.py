"""What every distribution of the acoustic model makes of every hundredth of a second of a sound.

pocketsphinx gives the features and the scores; what is searched in them is up to alignment.py.
"""

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Decoder

from analysis.pronunciation.phones import MODEL

FRAME_SECONDS = 0.01
# Costs come as whole numbers of 1,024 steps of the logarithm to base 1.0001.
NATS = 1024 * float(np.log(1.0001))

# The decoder scores only while it searches: it searches for the least that there is.
_WORD = "sound SIL\n"
_GRAMMAR = "#JSGF V1.0; grammar any; public <any> = sound+;"
_ORDER_MARK = b"\x44\x33\x22\x11"


def senone_costs(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """A row a frame: what each senone costs there, in nats, 0 for the best of the frame.

    `samples`: mono, 16 kHz. Half a minute takes 62 MB while it is read. Raises ValueError where
    the decoder writes its scores in an order that is not known here.
    """
    with tempfile.TemporaryDirectory(prefix="pronunciation-") as folder:
        dictionary = Path(folder, "words.dict")
        dictionary.write_text(_WORD, encoding="ascii")
        decoder = Decoder(
            lm=None,
            hmm=str(MODEL / "en-us"),
            dict=str(dictionary),
            senlogdir=folder,
            compallsen=True,
            loglevel="FATAL",
        )
        decoder.add_jsgf_string("any", _GRAMMAR)
        decoder.activate_search("any")
        decoder.start_utt()
        decoder.process_raw(np.ascontiguousarray(samples).tobytes(), full_utt=True)
        decoder.end_utt()
        data = next(Path(folder).glob("*.sen")).read_bytes()
    at = data.index(b"endhdr\n") + len(b"endhdr\n")
    if data[at : at + 4] != _ORDER_MARK:
        message = "the scores are in another byte order"
        raise ValueError(message)
    rows = np.frombuffer(data, "<i2", offset=at + 4)
    if not len(rows):
        return np.zeros((0, 0), np.float32)
    return rows.reshape(-1, int(rows[0]) + 1)[:, 1:] * np.float32(NATS)
