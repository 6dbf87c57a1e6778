"""Who people are, what proves it, which devices may speak for them, and what happened."""

from accounts.models.backup_codes import BackupCode, BackupCodeDevice, backup_salt
from accounts.models.identities import ExternalIdentity
from accounts.models.learning_profiles import LearningProfile
from accounts.models.passkeys import PasskeyChallenge
from accounts.models.personal_data import DataExport, Erasure
from accounts.models.security_events import SecurityEvent
from accounts.models.tokens import BrowserSession, DeviceToken, RefreshFamily
from accounts.models.users import LowerCaseEmailField, User, UserManager, normal_email

__all__ = [
    "BackupCode",
    "BackupCodeDevice",
    "BrowserSession",
    "DataExport",
    "DeviceToken",
    "Erasure",
    "ExternalIdentity",
    "LearningProfile",
    "LowerCaseEmailField",
    "PasskeyChallenge",
    "RefreshFamily",
    "SecurityEvent",
    "User",
    "UserManager",
    "backup_salt",
    "normal_email",
]
