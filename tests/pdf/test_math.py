"""Formulas: what the converter is told of them, and what comes of them in a book."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable

import pytest
from harness import Built
from hypothesis import given
from hypothesis import strategies as st
from sphinx_annals.pdf.formulas import (
    MATH,
    Formula,
    Macro,
    TeXError,
    convert,
    definitions,
    of_mathjax,
    prepared,
    words,
)
from sphinx_annals.pdf.typesetting import compiler, load_fonts
from tags import tags

BuildBook = Callable[..., Built]


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        (r"a % remark", "a"),
        (r"\label{x} a \nonumber", "a"),
        ("a \\\\ \\\\\n", "a"),
        ("a \\\n\\text{b\\ }\\ \\", r"a \ \text{b }"),  # the space at the end of a line
        (r"x \cr y", r"\begin{aligned}x \\ y\end{aligned}"),
        (r"\begin{bmatrix} a \cr b \end{bmatrix}", r"\begin{bmatrix} a \\ b \end{bmatrix}"),
        ("a &= b\\\\[2mm]\n&= c", r"\begin{aligned}a &= b\\ &= c\end{aligned}"),
        ("a\n\nb", r"\begin{aligned}a \\ b\end{aligned}"),
        (r"\begin{split}a\end{split}", r"\begin{aligned}a\end{aligned}"),
        (r"\begin{alignat}{2}a\end{alignat}", r"\begin{aligned}a\end{aligned}"),
        (r"\begin{equation}a\end{equation}", "a"),
        (r"{a + 1 \over b}", r"{\frac{a + 1 }{ b}}"),
        (r"a\rm{:} \\ b", r"\begin{aligned}a\mathrm{{:} }\\ b\end{aligned}"),
        (r"a\hskip-.75in b", r"a\, b"),
        (r"\left( a \over b \right) \over c", r"\frac{\left(\frac{ a }{ b }\right) }{ c}"),
        (r"{n \choose k} x", r"{\binom{n }{ k}} x"),
        (r"\root 3 \of x", r"\sqrt[ 3 ] x"),
        (r"\buildrel \rm def \over = x", r"\zzcalllimits\overline{=}^{ \mathrm{ def }} x"),
        (
            r"\left( a \atopwithdelims \{ . b \right)",
            (
                r"\left(\left\{\zzcalltexfrac\overline{\begin{matrix}\text{0pt } & { a } & { b }"
                r"\end{matrix}}\right.\right)"
            ),
        ),
        (
            r"\verb|a_{\b}|",
            r"\zzcallmono\overline{\text{a_}}\{\backslash\zzcallmono\overline{\text{b}}\}",
        ),
        (
            r"\begin{numcases}{x=} a & if $b; c$ \\ d \end{numcases}",
            r"x=\begin{cases} a &\quad\text{if }{b\semi c}\\ d \end{cases}",
        ),
        (
            r"\begin{bmatrix} a \\ \hline b \end{bmatrix}",
            (
                r"\zzcalltexarray\overline{\begin{bmatrix} a \\ \zzcalltexline\overline{\text{-}} b "
                r"\end{bmatrix}}"
            ),
        ),
        (r"\def\at(#1,#2){#1_#2} \at(x,{y,z})", r"x_{y,z}"),
        (r"\newenvironment{two}[1]{[#1}{]} \begin{two}{a} b \end{two}", r"[a b ]"),
        (
            r"\DeclarePairedDelimiterX\set[2]{\{}{\}}{#1 \delimsize| #2} \set[\big]{a}{b}",
            r"\left\{ a \zzcallmid\overline{|} b \right\}",
        ),
        (r"{\rm Prob}(q)", r"{\mathrm{ Prob}}(q)"),
        (r"\textrm{a b}", r"\text{a b}"),
        (r"\text{a $x$ \"b\"}", r"\text{a }{x}\text{ b”}"),
        (r"\text{\{a\} \$5}", r"\{\text{a}\}\text{ }\$\text{5}"),
        (
            r"\begin{array}{*{²}{c}}a\end{array}",
            r"\zzcalltexarray\overline{\text{c}\begin{matrix}a\end{matrix}}",
        ),
        (r"\textbf{a}", r"\zzcallbold\overline{\text{a}}"),
        (r"\operatorname*{arg\,max}_x", r"\operatorname*{arg max}_x"),
        (
            r"\operatorname{\rm \mathrm{a}\arg}(^2)",
            r"\operatorname{ aarg}(\zzcalltexnothing\overline{x}^2)",
        ),
        (r"\stackrel{d}{=}", r"\zzcalllimits\overline{=}^{d}"),
        (r"\check x", r"\zzcallcaron\overline{x}"),
        (r"\Big( \bigl[ x \middle| y \bigr] \Big)", r"( [ x \zzcallmid\overline{|} y ] )"),
        (r"\left\lvert x\right\rvert \lvert y", r"\left| x\right| \zzcalltexopen\overline{|} y"),
        (
            r"\text{na\"{\i}ve, \textbf{a} \ldots}",
            r"\text{naïve, }\zzcallbold\overline{\text{a}}\text{ }\ldots",
        ),
        (r"{}_1 F^{_2}", r"{\zzcalltexnothing\overline{x}}_1 F^{\zzcalltexnothing\overline{x}_2}"),
        (
            r"\mathop{} \frac{}{a}",
            r"\zzcalltexop\overline{\zzcalltexnothing\overline{x}} \frac{\zzcalltexnothing\overline{x}}{a}",
        ),
        (r"\int\limits_0 \ang{1;2}", r"\zzcalllimits\overline{\int}_0 1^\circ2'"),
        (r"\text{`a' -- ``b''}\texttt{--}", r"\text{‘a’ – “b”}\zzcallmono\overline{\text{--}}"),
        (
            r"\left( \rm a \right) \textcolor[HTML]{FF0000}{x}",
            (
                r"\left( \mathrm{ a }\right) \zzcalltexcolor\overline{\begin{matrix}\text{FF0000 }&{x}"
                r"\end{matrix}}"
            ),
        ),
        (r"{\displaystyle a \over b}", r"{\frac{\zzcalldisplay\overline{ a }}{ b}}"),
        (
            r"\begin{array}{cc}a \over b & c\end{array}",
            r"\zzcalltexarray\overline{\text{cc}\begin{matrix}\frac{a }{ b }& c\end{matrix}}",
        ),
        (
            r"\begin{eqnarray} a & = & b \\ & & c \end{eqnarray}",
            r"\begin{aligned} a & =  b \\ &  c \end{aligned}",
        ),
        (r"x@y \text{a \(b\) c}", r"x\text{@}y \text{a }{b}\text{ c}"),
        (r"\sqrt\dfrac{a}{b}", r"\sqrt{\zzcalldisplay\overline{\frac{a}{b}}}"),
        (r"x_\text{a $b$}\text{a $b$}", r"x_{\text{a }{b}}\text{a }{b}"),
        (r"\upbeta \R", r"\mathrm{\beta} ℝ"),
        (r"a \tag{1} \tag*{b}", r"a \qquad(\text{1}) \qquad\text{b}"),
        (r"\let\a=\b \a \DeclarePairedDelimiter\c{(}{)} \c*x", r"\b  \left( x \right)"),
        (
            r"\begin{array}{@{}l*{2}{r}p{1cm}} a \end{array}",
            r"\zzcalltexarray\overline{\text{lrrl}\begin{matrix} a \end{matrix}}",
        ),
        (r"\begin{cases} a & b \end{cases}", r"\begin{cases} a &\quad b \end{cases}"),
        (r"\ce{H2O + SO4^2- + 2 Na+}", r"\mathrm{H_{2}O + SO_{4}^{2-} + 2\,Na^{+}}"),
        (
            r"\ce{BaSO4 v + [X]^. * 2.5 CO2 ^ ->[I-] A-B#C}",
            (
                r"\mathrm{BaSO_{4} \downarrow + [X]^{\bullet} \cdot 2.5\,CO_{2} \uparrow "
                r"\zzcalllimits\overline{\zzcallstretch\overline{\rightarrow}}^{\ I^{-}\ }"
                r"_{\zzcalltexnothing\overline{x}} A\text{–}B\text{≡}C}"
            ),
        ),
        (r"\pu{1.2e3 kJ mol-1}", r"1.2 \times 10^{3}\,\mathrm{kJ\,mol^{-1}}"),
        (
            r"\SI{1.5e-3}{\kilo\gram\per\metre\squared}",
            r"1.5 \times 10^{-3}\,\mathrm{kg/m^2}",
        ),
        (r"\not\in \not\ll", r"\not\in \zzcalltexnot\overline{\ll}"),
        (r"\abs{x}\AA", r"\left|x\right|Å"),
        (
            r"\unit{\gram\per\cubic\centi\metre\um} \numlist{1;2}",
            r"\mathrm{g/cm^{3}\,{\mu}m} 1, 2",
        ),
        (r"\num{5} \unit{N.m}", r"5 \mathrm{N\,m}"),
        (
            r"\begin{CD} A @= B \\ @| @VVaV \\ C @. D \end{CD}",
            (
                r"\begin{matrix} A & = & B \\ \zzcalltextall\overline{\|} & & "
                r"\zzcalltextall\overline{\downarrow}\zzcalltexlapright\overline{{\zzcalltexnothing"
                r"\overline{x}}^{a}} & \\ C & & D \end{matrix}"
            ),
        ),
        (r"\N \n2", r"\mathbb{N} n_2"),
        (r"\pair{a}{b c}", r"\langle a,b c\rangle"),
        (r"\E X \E[Q] X", r"E_{P}X E_{Q} X"),
        (r"\newcommand{\z}[1]{z_{#1}}\z{1}\z2", "z_{1}z_{2}"),
        (r"\def\z#1{z_{#1}}\z1", "z_{1}"),
        (
            r"x = \begin{aligned}a\\b\end{aligned}",
            r"x = \zzcalltexaligned\overline{\begin{aligned}a\\b\end{aligned}}",
        ),
    ],
)
def test_what_the_converter_is_told(tex: str, told: str) -> None:
    macros = {
        r"\N": Macro(r"\mathbb{N}"),
        r"\n": Macro("n_"),
        r"\pair": Macro(r"\langle #1,#2\rangle", 2),
        r"\E": Macro("E_{#1}", 1, "P"),
    }
    assert prepared(tex, macros, block=True)[0] == told


TABLE = words()
INTERVALS = (
    r"x \in (0, 1]",
    r"\alpha (0,1]",
    r"\left]0,1\right[",
    r"f[0,1)",
    r"\frac{\beta(0,1]}{2}",
)

ARRAYS = (
    r"\begin{array}{|l:r|} \hline a; b & c, d \\ \cline{1-1} \multicolumn{2}{c|}{e} \\ \hline \end{array}",
    r"\begin{pmatrix} a & b \\ \hdashline c & d \end{pmatrix}",
    r"\begin{array}{rcl} a & = & b \end{array}",
)
FRACTIONS = (r"{a \abovewithdelims \{ . 1pt b}", r"a \above0pt b", r"\genfrac{\{}{\}}{0pt}{}{n}{k}")


def test_words_of_the_table_and_brackets_that_others_close_become_typst() -> None:
    tables = ("pairs", "same", "sizes", "switches", "functions", "texts", "fences", "dropped")
    told = [*(word for table in tables for word in TABLE[table])]
    own = (r"\genfrac", r"\multicolumn", r"\bgroup", r"\egroup", r"\begingroup", r"\endgroup")
    tex = [f"{word} {'{1cm}' * 6}" for word in told if not {"#", "{"} & {*word} and word not in own]
    tex += [*INTERVALS, *ARRAYS, *FRACTIONS]
    wanted = [Formula("d", text, True) for text in tex]
    made = convert(wanted, {}, load_fonts([]))
    assert [(f.tex, made[f].reason) for f in wanted if made[f].reason] == []
    page = f"#set page(height: auto)\n{MATH}\n" + "\n\n".join(
        f"$ {made[f].typst} $" for f in wanted
    )
    _, warnings = compiler(load_fonts([]), page.encode()).compile_with_warnings(format="pdf")
    assert [warning.message for warning in warnings] == []  # of words that Typst will drop


SIGNS = r"{ } [ ] a x 1 _ ^ & ' = # * $ % ~ | \\ \left \not \operatorname \def \let \ce \num \unicode \' {x41}"
ENVIRONMENTS = [rf"\{s}{{{n}}}" for n in (*TABLE["environments"], "CD") for s in ("begin", "end")]
PIECES = [*(word for table in TABLE.values() for word in table), *ENVIRONMENTS, *SIGNS.split(), " "]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_whatever_is_written_is_a_formula_or_said_to_be_none(pieces: list[str]) -> None:
    with contextlib.suppress(TeXError):
        prepared("".join(pieces), {}, block=True)


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        ("{a", "{ is not closed"),
        ("a}", "} closes nothing"),
        (r"\check", r"an argument of \check is missing"),
        (r"\unicode{zz}", "zz is no number of a character"),
        (r"\unicode{xD800}", "xD800 is no number of a character"),
        (r"\floor{x}", r"\floor is not known"),  # which Typst would print as a word
        (r"\loop", r"the macro \loop never ends"),
        (r"\pair{a}", "an argument is missing"),
    ],
)
def test_what_is_no_formula(tex: str, said: str) -> None:
    macros = {r"\loop": Macro(r"\loop"), r"\pair": Macro("#1#2", 2)}
    with pytest.raises(TeXError) as caught:
        prepared(tex, macros, block=False)
    assert str(caught.value) == said


def test_macros_of_a_preamble_and_of_mathjax() -> None:
    preamble = r"""\usepackage{x} \newcommand\R{\mathbb{R}} \renewcommand{\E}[2][P]{E_{#1} #2}
        \DeclareMathOperator*{\argm}{arg\,max} \def\two#1#2{#1#2}"""
    assert definitions(preamble) == {
        r"\R": Macro(r"\mathbb{R}"),
        r"\E": Macro("E_{#1} #2", 2, "P"),
        r"\argm": Macro(r"\operatorname*{arg\,max}"),
        r"\two": Macro("#1#2", 2),
    }
    told = {"R": r"\mathbb{R}", "v": [r"\mathbf{#1}", "1"], "o": ["#1", 1, "x"]}
    bad = {"none": [], "no": ["#1", "x"], "nor": ["#1", [1]]}
    assert of_mathjax(told | bad, {"e": [r"[", "]"], "no": 1, "nor": ["["]}) == {
        r"\begin{e}": Macro("["),
        r"\end{e}": Macro("]"),
        r"\R": Macro(r"\mathbb{R}"),
        r"\v": Macro(r"\mathbf{#1}", 1),
        r"\o": Macro("#1", 1, "x"),
    }


BOOK = r"""
T
=

.. toctree::
   :numbered:

   one
   two
"""
ONE = r"""
One
===

Inline :math:`\N \ni \E{x}`, :math:`f''(x) + X'X`.

.. math:: x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}
   :label: quad

.. math::
   :label: system

   A &= \begin{bmatrix} 1 & 0 \cr \gamma + G & 1 \end{bmatrix} \otimes I \\
     &= \left\{\begin{aligned} y &= 1, z \\ z &= 2 \end{aligned}\right.

.. math:: \newcommand{\here}[1]{\langle #1 \rangle} \here{a}, \check{\mu}, \boxed{p, q}, \phantom{x}

By :eq:`quad`, :math:numref:`system` and :math:`\here{b}`.

Bad: :math:`\unheard{x}`.

.. math:: \frac{
"""
CONF = r"""
numfig = math_numfig = True
mathjax3_config = {"tex": {"macros": {"N": r"\mathbb{N}"}}}
latex_elements = {"preamble": r"\newcommand{\E}[1]{\mathbb{E}\left[#1\right]}"}
"""


def test_formulas_are_set_as_formulas(book: BuildBook) -> None:
    files = {"index.rst": BOOK, "one.rst": ONE, "two.rst": "Two\n===\n\n:math:`\\here{c}`\n"}
    unknown = "a formula is printed as TeX: \\{} is not known; define it in mathjax3_config"
    built = book(
        files,
        CONF,
        warnings=[
            f"one.rst:20: WARNING: {unknown.format('unheard')}",
            "one.rst:22: WARNING: a formula is printed as TeX: { is not closed; mend it",
            f"two.rst:4: WARNING: {unknown.format('here')}",
        ],
    )
    shown = built.print
    assert "ℕ∋𝔼[𝑥], 𝑓″(𝑥)+𝑋′𝑋" in shown
    assert shown.count("(1.2)") == 2
    assert "By (1.1), (1.2) and ⟨𝑏⟩" in shown
    assert r"\unheard{x}" in shown
    assert r"\frac{" in shown
    words = [str(tag.element["/Alt"]) for tag in tags(built.pdf) if tag.kind == "/Formula"]
    assert r"\N \ni \E{x}" in words
    assert len(words) >= 6


def test_without_the_converter(book: BuildBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tex2typst", None)
    said = ["formulas are printed as TeX: run pip install 'sphinx-annals[math]'"]
    built = book("T\n=\n\n:math:`a_1`\n\n.. math:: b^2\n   :label: b\n", warnings=said)
    assert "a_1" in built.print
    assert "b^2 (1)" in built.print
