"""The device tables of the configuration as models, and how a configuration is read.

A program calls ``load(path, ScannerTables)`` (or PrinterTables, TerminalTables, the kiosk's own) and prints
``str(error)`` of a `ConfigError`, one sentence a line, to standard error, exit 2.
"""

from devices.settings.address import Address, AddressError, File, Serial, Tcp, Usblp, parse_address
from devices.settings.link import LinkSettings, StoreSettings
from devices.settings.load import load
from devices.settings.printer import PrinterSettings, PrinterTables
from devices.settings.problems import ConfigError, Problem
from devices.settings.scanner import ReaderSettings, ScannerSettings, ScannerTables
from devices.settings.section import Section, Tables
from devices.settings.terminal import ChannelSettings, TerminalSettings, TerminalTables

__all__ = [
    "Address",
    "AddressError",
    "ChannelSettings",
    "ConfigError",
    "File",
    "LinkSettings",
    "PrinterSettings",
    "PrinterTables",
    "Problem",
    "ReaderSettings",
    "ScannerSettings",
    "ScannerTables",
    "Section",
    "Serial",
    "StoreSettings",
    "Tables",
    "Tcp",
    "TerminalSettings",
    "TerminalTables",
    "Usblp",
    "load",
    "parse_address",
]
