"""What every kind of engine raises when it gives no answer."""


class EngineError(Exception):
    """No answer. `permanent` says that asking the same again cannot help.

    Codes that all kinds share: `engine_unavailable` (no answer in time, too busy, broken, not set
    up), `engine_resting` (it failed so often that it is left alone for a while), `engine_refused`
    (key, account or model are not accepted), `request_refused` (this request is not).
    `retry_after`: seconds that the service asks to wait.
    """

    def __init__(
        self, code: str, *, permanent: bool, detail: str, retry_after: float | None = None
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.permanent = permanent
        self.detail = detail
        self.retry_after = retry_after
