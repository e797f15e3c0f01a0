"""Turns what the database holds into what a person reads, in the shop's language."""

import datetime as dt
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal

from kiosk.domain.money import Currency


def locale_of(language: str) -> Locale:
    """Return the locale of a language code such as de or pt-BR, English where Babel knows no such."""
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def money(minor: int, currency: str, locale: Locale) -> str:
    """Return an amount of minor units as people write it, such as 1.234,50 €."""
    amount = Decimal(minor).scaleb(-Currency(currency).exponent)
    return format_currency(amount, currency, locale=locale)


def quantity(milli: int, locale: Locale) -> str:
    """Return thousandths of a unit as a decimal without needless zeros."""
    return format_decimal(Decimal(milli).scaleb(-3), format="#,##0.###", locale=locale)


def percent(thousandths: int, locale: Locale) -> str:
    """Return thousandths of a percent, such as 8,875 %."""
    return f"{format_decimal(Decimal(thousandths).scaleb(-3), format='#,##0.###', locale=locale)} %"


def moment(us: int, locale: Locale) -> str:
    """Return microseconds since 1970 UTC as date and time of this machine's zone."""
    return format_datetime(_local(us), "medium", locale=locale)


def clock(us: int, locale: Locale) -> str:
    """Return the hours and minutes of microseconds since 1970 UTC, in this machine's zone."""
    return format_time(_local(us), "HH:mm", locale=locale)


def _local(us: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(us // 1_000_000, tz=dt.UTC).astimezone().replace(tzinfo=None)


def day(business_day: str, locale: Locale) -> str:
    """Return a business day (YYYY-MM-DD) as people write it, or as it is where it is none."""
    try:
        return format_date(dt.date.fromisoformat(business_day), "medium", locale=locale)
    except ValueError:
        return business_day
