"""Thirteen strings that have broken other programs. Every field and every screen meets each of them."""

HOSTILE = {
    "bold": "Jo [bold]Smith[/bold]",
    "unclosed": "Jo [b + Smith",
    "close tag": "Smith [/] Jones [/red]",
    "link": "[@click=app.quit()]Click[/]",
    "square note": "Anne [née Brown] [00]",
    "ansi": "Jo\x1b[2J\x1b[31mRED\x1b[0m",
    "osc52": "x\x1b]52;c;ZXZpbA==\x07y",
    "osc title": "x\x1b]0;owned\x07y",
    "c1": "x\x9b31mred\x9b0m",
    "bidi": "abc\u202egnp.exe\u202c",
    "nul": "a\x00b",
    "zero width": "A\u200bB",
    "combining": "Z" + "\u0301" * 50,
}
"""Name of the trick -> the string, as Python holds it."""
