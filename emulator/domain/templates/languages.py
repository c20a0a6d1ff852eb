"""The languages a template can be written in, and their names in the editor's sentences.

The list is D/templates/supported-languages of 2025-11-04.
"""

from __future__ import annotations

_CODES = """
    af sq ar ar_EG ar_AE ar_LB ar_MA ar_QA az be_BY bn bn_IN bg ca zh_CN zh_HK zh_TW hr cs da prs_AF nl nl_BE
    en en_GB en_US en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA
    et fil fi fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de de_AT de_CH el gu ha he hi hu id ga it ja kn kk rw_RW ko
    ky_KG lo lv lt mk ms ml mr nb ps_AF fa pl pt_BR pt_PT pa ro ru sr si_LK sk sl
    es es_AR es_CL es_CO es_CR es_DO es_EC es_HN es_MX es_PA es_PE es_ES es_UY sw sv ta te th tr uk ur uz
    vi zu
"""

LANGUAGES: tuple[str, ...] = tuple(_CODES.split())

_NAMES = {
    "af": "Afrikaans",
    "ar": "Arabic",
    "bn": "Bengali",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "zh_CN": "Chinese (CHN)",
    "zh_HK": "Chinese (HKG)",
    "zh_TW": "Chinese (TAI)",
    "hr": "Croatian",
    "cs": "Czech",
    "da": "Danish",
    "nl": "Dutch",
    "en": "English",
    "en_GB": "English (UK)",
    "en_US": "English (US)",
    "fil": "Filipino",
    "fi": "Finnish",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "ms": "Malay",
    "nb": "Norwegian",
    "fa": "Persian",
    "pl": "Polish",
    "pt_BR": "Portuguese (BR)",
    "pt_PT": "Portuguese (POR)",
    "ro": "Romanian",
    "ru": "Russian",
    "es": "Spanish",
    "es_AR": "Spanish (ARG)",
    "es_ES": "Spanish (SPA)",
    "es_MX": "Spanish (MEX)",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
}


def language_name(code: str) -> str:
    """Find the editor's name of a language: ``English (US)`` of ``en_US``; the code itself of rarer ones."""
    return _NAMES.get(code, code)
