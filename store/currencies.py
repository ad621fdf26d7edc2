"""The currencies of ISO 4217: codes, decimals, and the signs people write for them.

Metals, test codes and units of account that nobody is paid in are left out. Some codes that were withdrawn a
short while ago are kept, because files from before still hold them.
"""

from __future__ import annotations

from typing import Final

_WITHDRAWN: Final = "ANG BGN CUC HRK SLL ZWL"

CODES: Final = frozenset(
    (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD "
        "CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP "
        "GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
        "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
        "MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
        "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
        f"USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG {_WITHDRAWN}"
    ).split()
)

_DIGITS: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
DIGITS: Final = {code: count for count, codes in _DIGITS.items() for code in codes.split()}
"""Decimals of the currencies that have not two."""

SYMBOLS: Final = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CNY": "CN¥",
    "INR": "₹",
    "KRW": "₩",
    "ILS": "₪",
    "VND": "₫",
    "PHP": "₱",
    "NGN": "₦",
    "RUB": "₽",
    "TRY": "₺",
    "UAH": "₴",
    "KZT": "₸",
    "GEL": "₾",
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "CA$",
    "HKD": "HK$",
    "MXN": "MX$",
    "NZD": "NZ$",
    "SGD": "S$",
    "TWD": "NT$",
}
"""Signs that are written before an amount and mean one currency. The others are shown by their code."""

_DOLLARS: Final = (
    "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD "
    "ARS CLP COP CUP DOP MXN UYU"
)
_SIGNS: Final = {
    "$": _DOLLARS,
    "£": "GBP EGP FKP GIP LBP SDG SHP SSP SYP",
    "¥": "JPY CNY",
    "￥": "JPY CNY",
    "₨": "? INR LKR MUR NPR PKR SCR",
    "rs": "? INR LKR MUR NPR PKR SCR",
    "kr": "? DKK ISK NOK SEK",
    "fr": "CHF",
    "sfr": "CHF",
    "lei": "RON MDL",
    "元": "CNY TWD",
    "円": "JPY",
    "원": "KRW",
    "euro": "EUR",
    "euros": "EUR",
    "us$": "USD",
    "au$": "AUD",
    "c$": "CAD",
    "nt$": "TWD",
    "r": "ZAR",
    "rm": "MYR",
    "rp": "IDR",
    "s/": "PEN",
    "zł": "PLN",
    "zl": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "лв": "BGN",
    "руб": "RUB",
    "грн": "UAH",
    "฿": "THB",
    "₵": "GHS",
    "₡": "CRC",
    "₲": "PYG",
    "₼": "AZN",
    "֏": "AMD",
    "៛": "KHR",
    "₭": "LAK",
    "₮": "MNT",
    "৳": "BDT",
    "﷼": "IRR",
}

SIGNS: Final = {
    **{symbol.casefold(): (code,) for code, symbol in SYMBOLS.items()},
    **{sign: tuple(codes.split()) for sign, codes in _SIGNS.items()},
    **{code.casefold(): (code,) for code in CODES},
}
"""What people write (casefolded) → the currencies it can mean.

The first is meant unless the currency at hand is another of them; `?` first: none is meant by itself.
"""
