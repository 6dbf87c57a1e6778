"""What is found in a sentence, as a worker stores it."""

JUDGED = {
    "language": "en",
    "judged": "sounds",
    "overall": 62,
    "completeness": 0.5,
    "heard": "Good evening.",
    "added": [],
    "formula_version": 1,
    "words": [
        {
            "text": "Good",
            "verdict": "said",
            "score": 84,
            "heard": None,
            "start": 0.31,
            "end": 0.52,
            "phones": [
                {"name": "G", "score": 81, "heard": None, "start": 0.31, "end": 0.37},
                {"name": "UH", "score": 30, "heard": "UW", "start": 0.37, "end": 0.46},
                {"name": "D", "score": 80, "heard": None, "start": 0.46, "end": 0.52},
            ],
        },
        {
            "text": "morning.",
            "verdict": "other",
            "score": None,
            "heard": "evening",
            "start": 0.52,
            "end": 0.98,
            "phones": [],
        },
    ],
    "fluency": {
        "speech_rate": 89.6,
        "articulation_rate": 1.49,
        "pauses": 0,
        "seconds": 0.67,
        "pause_seconds": 0.0,
        "longest_pause": 0.0,
    },
    "pitch": [0.0, 110.0, 116.5, 123.5, 0.0, 110.0, 104.0, 0.0],
    "pitch_step": 0.032,
    "duration_seconds": 1.2,
    "model": None,
}
