"""Data as a classic script: what a page loads when it is asked for, on `file://` as well."""

from __future__ import annotations

import json
from typing import Any


def data_script(event: str, detail: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Return the script that hands `detail` over to the page, as that of an event of its document.

    As part of a script, JSON may hold neither the end of the element nor what ended a line before ECMAScript 2019.
    """
    text = json.dumps(detail, ensure_ascii=False, separators=(",", ":"))
    for character in "<\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'document.dispatchEvent(new CustomEvent("{event}",{{detail:{text}}}));\n'
