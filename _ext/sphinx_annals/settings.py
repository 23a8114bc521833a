"""Settings: each is registered with what it can be, and one that is something else is its default.

Sphinx warns of some types that do not fit, is silent of others, and leaves the value.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal, NamedTuple

from sphinx.application import Sphinx
from sphinx.config import ENUM, Config

from sphinx_annals.fences.sphinx import is_given
from sphinx_annals.messages import warn
from sphinx_annals.text import held_by_no_output, without_controls

Types = type | tuple[type, ...] | ENUM
"""What a setting can be: of a type, of one of several, or one of some words."""
_BEFORE_SPHINX = 400
WHEN_THOSE_ARE_REPAIRED = _BEFORE_SPHINX + 1


class Setting(NamedTuple):
    """A setting: its default, what a change makes stale, what it can be, what it means."""

    default: Any
    rebuild: Literal["", "env", "html"]
    types: Types
    about: str


def add_settings(app: Sphinx, settings: Mapping[str, Setting]) -> None:
    """Register all settings of a table."""
    for name, setting in settings.items():
        add_setting(app, name, *setting)


def add_setting(
    app: Sphinx, name: str, default: Any, rebuild: Any, types: Types, about: str
) -> None:
    """Register a setting, and see to it that it has a value that fits when anything asks for it."""
    several = types if isinstance(types, tuple | ENUM) else (types,)
    app.add_config_value(name, default, rebuild, several, about)
    repair = partial(_repair, name=name, default=default, types=several)
    app.connect("config-inited", repair, priority=_BEFORE_SPHINX)


def _repair(
    _app: Sphinx, config: Config, *, name: str, default: Any, types: tuple[type, ...] | ENUM
) -> None:
    value = config[name]
    if isinstance(types, ENUM):
        fits = isinstance(value, str) and types.match(value)
        wanted = " or ".join(sorted(map(repr, types._candidates)))
    else:
        # a switch is on or off: of other numbers nobody knows what they mean
        fits = type(value) in types or (bool in types and value in (0, 1) and type(value) is int)
        wanted = " or ".join(_NAMES.get(known, known.__name__) for known in types)
    if fits and not can_be_written(value):
        fits, wanted = False, "without control characters"
    if not fits:
        message = f"{name}: {value!r} is not {wanted}; {default!r} is taken"
        warn((name.partition("_")[0], "config"), message)
        setattr(config, name, default)


def leave_out_controls(_app: Sphinx, config: Config) -> None:
    """Leave out of the texts that `conf.py` gives what no output can hold (``config-inited``)."""
    for name, setting in config.values.items():
        told = config[name] if is_given(config, name) else ""
        is_text = type(told) is str and not isinstance(setting.default, dict)
        if is_text and (held := next(held_by_no_output(told), None)):
            message = f"{name}: U+{ord(held[1]):04X} is left out, which no output can hold"
            warn(("source", "character"), f"{message}; delete it")
            setattr(config, name, without_controls(told))


def can_be_written(value: Any) -> bool:
    """Tell whether outputs, and names of files, can hold the texts that a value is made of."""
    if isinstance(value, str):
        return not any(held_by_no_output(value))
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return not isinstance(value, list | tuple) or all(map(can_be_written, value))


_NAMES = {
    bool: "True or False",
    dict: "a table",
    int: "a whole number",
    list: "a list",
    str: "a text",
    tuple: "a tuple",
}
"""What readers call types."""
