"""First words where a situation has none in the language of the talk; a language model goes on."""

GREETINGS = {
    "ar": "مرحبًا! كيف حالك اليوم؟",
    "cs": "Dobrý den! Jak se dnes máte?",
    "da": "Hej! Hvordan går det i dag?",
    "de": "Hallo! Wie geht es Ihnen heute?",
    "el": "Γεια σας! Πώς είστε σήμερα;",
    "en": "Hello. How are you today?",
    "es": "Hola. ¿Cómo está hoy?",
    "fi": "Hei! Mitä sinulle kuuluu tänään?",
    "fr": "Bonjour ! Comment allez-vous aujourd’hui ?",
    "he": "שלום! מה שלומך היום?",
    "hi": "नमस्ते! आज आप कैसे हैं?",
    "hu": "Jó napot! Hogy van ma?",
    "id": "Halo! Apa kabar hari ini?",
    "it": "Buongiorno! Come sta oggi?",
    "ja": "こんにちは。今日はお元気ですか。",
    "ko": "안녕하세요. 오늘 어떻게 지내세요?",
    "nb": "Hei! Hvordan går det i dag?",
    "nl": "Hallo! Hoe gaat het vandaag met u?",
    "pl": "Dzień dobry! Co dziś słychać?",
    "pt": "Olá! Como está hoje?",
    "ro": "Bună ziua! Ce mai faceți astăzi?",
    "ru": "Здравствуйте! Как у вас дела сегодня?",
    "sv": "Hej! Hur mår du i dag?",
    "tr": "Merhaba! Bugün nasılsınız?",
    "uk": "Добрий день! Як у вас справи сьогодні?",
    "vi": "Xin chào! Hôm nay bạn thế nào?",
    "zh": "你好！你今天怎么样？",
}


def greeting(language: str) -> str:
    """In the language, by its code without a region; else in English."""
    return GREETINGS.get(language, GREETINGS["en"])
