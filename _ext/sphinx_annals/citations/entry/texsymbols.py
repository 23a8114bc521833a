"""What the TeX commands of bibliographies stand for."""

from __future__ import annotations

import unicodedata

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308",
    "=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b",
    "c": "\u0327", "k": "\u0328", "d": "\u0323", "b": "\u0331", "r": "\u030a",
    "t": "\u0361", "G": "\u030f", "U": "\u030e", "h": "\u0309",
}  # fmt: skip
SYMBOLS = {
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
    "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶",
    "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€", "texteuro": "€",
    "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "quotedblbase": "„",
    "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textbar": "|", "textless": "<",
    "textgreater": ">", "textunderscore": "_", "textdollar": "$", "textdegree": "°", "degree": "°",
    "textregistered": "®", "texttrademark": "™", "textbullet": "•", "textperiodcentered": "·",
    "textnumero": "№", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "slash": "/",
    "quad": " ", "qquad": " ", "newline": " ", "linebreak": "", "par": " ", "relax": "",
    "noopsort": "", "bibinitperiod": ".", "textprime": "′", "times": "×", "alpha": "α",
    "beta": "β", "gamma": "γ", "delta": "δ", "mu": "μ", "pi": "π", "infty": "∞", "pm": "±",
    "leq": "≤", "geq": "≥", "rightarrow": "→", "to": "→", "hyphen": "-", "lbrace": "{",
    "rbrace": "}", "lq": "‘", "rq": "’", "textquotesingle": "'", "nobreakspace": "\u00a0",
    "-": "", "/": "", ",": "\u202f", ";": " ", ":": " ", "!": "", " ": " ", "@": "", "\\": " ",
    "autocap": "", "mkbibnamegiven": "", "protect": "", "noindent": "", "bibstring": "",
    "textquotestraightdblbase": '"', "textquotedbl": '"', "prime": "′", "cdot": "·",
    "url": "", "nolinkurl": "", "selectfont": "", "upshape": "", "rmfamily": "", "adddot": ".",
    "addcomma": ",", "addsemicolon": ";", "addcolon": ":", "addspace": " ", "space": " ",
    "adddotspace": ". ", "addnbspace": "\u00a0", "addthinspace": "\u202f", "thinspace": "\u202f",
    "addnbthinspace": "\u202f", "addslash": "/", "bibrangedash": "–", "Dash": "—", "emdash": "—",
    "endash": "–", "dash": "—", "backslash": "\\", "textcopyright": "©", "recto": "r", "verso": "v",
    "log": "log", "LaTeXe": "LaTeX2e", "leftarrow": "←", "approx": "≈", "sim": "~", "circ": "°",
    "AmS": "AMS", "textsterling": "£", "textcent": "¢", "textyen": "¥", "textasciiacute": "´",
    "textordmasculine": "º", "textordfeminine": "ª", "textonehalf": "½", "textonequarter": "¼",
    "textsection": "§", "textparagraph": "¶", "textdagger": "†", "textdaggerdbl": "‡",
    "textexclamdown": "¡", "textquestiondown": "¿", "textmu": "µ", "texttimes": "×", "textpm": "±",
    "guilsinglleft": "‹", "guilsinglright": "›", "quotesinglbase": "‚", "textbraceleft": "{",
    "textbraceright": "}", "textasteriskcentered": "*", "langle": "⟨", "rangle": "⟩",
}  # fmt: skip
SWALLOW = frozenset({
    "noopsort", "vphantom", "hphantom", "phantom", "label", "foreignlanguage", "begin", "end",
    "selectlanguage", "textcolor", "color", "hspace", "vspace", "index", "APACSortNoop",
})  # fmt: skip
STYLES = {
    "emph": "italic", "textit": "italic", "mkbibemph": "italic", "it": "italic", "em": "italic",
    "itshape": "italic", "textsl": "italic", "sl": "italic", "slshape": "italic",
    "mkbibitalic": "italic", "textbf": "bold",
    "bf": "bold", "bfseries": "bold", "mkbibbold": "bold", "textsc": "caps", "sc": "caps",
    "scshape": "caps", "textsuperscript": "sup", "mkbibsuperscript": "sup",
    "textsubscript": "sub", "mkbibsubscript": "sub",
}  # fmt: skip
SWITCHES = frozenset({"it", "em", "itshape", "sl", "slshape", "bf", "bfseries", "sc", "scshape"})
QUOTES = frozenset({"enquote", "mkbibquote", "textquote", "mkbibparens", "mkbibbrackets"})
PAIRS = {"mkbibparens": "()", "mkbibbrackets": "[]"}
DELIMITED = frozenset({"path", "verb", "lstinline"})
SIZED = frozenset({"kern", "hskip", "vskip", "raise", "lower", "mkern", "hbadness"})
_CYRILLIC = {
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "yo": "ё", "zh": "ж", "z": "з",
    "i": "и", "ishrt": "й", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р",
    "s": "с", "t": "т", "u": "у", "f": "ф", "h": "х", "c": "ц", "ch": "ч", "sh": "ш",
    "shch": "щ", "hrdsn": "ъ", "ery": "ы", "sftsn": "ь", "erev": "э", "yu": "ю", "ya": "я",
    "ii": "і", "yi": "ї", "ie": "є", "gup": "ґ", "je": "ј", "ushrt": "ў",
}  # fmt: skip


def letter(name: str) -> str:
    """The Greek or Cyrillic letter that a command names (`alpha`, `CYRYA`), or empty."""
    if name[:3].lower() == "cyr":
        found = _CYRILLIC.get(name[3:].lower(), "")
        return found.upper() if name.isupper() else found
    case = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name.upper()}") if len(name) > 1 else ""
    except KeyError:
        return ""
