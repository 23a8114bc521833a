project = "The Specimen Book"
author = "A. N. Author"
copyright = "2026 the authors, CC BY-SA 4.0"
release = "1.0"
extensions = ["sphinx_annals.pdf"]
numfig = True
typst_documents = [("index", "specimen", project, author)]
typst_subtitle = "Every node, four scripts"
typst_keywords = ["typesetting", "test"]


def setup(app):
    from docutils.parsers.rst import roles

    for tag in ("zh-Hans", "zh-Hant", "ru"):
        classes = {"classes": [f"language-{tag}"]}
        app.add_role(
            f"lang-{tag.lower()}", roles.CustomRole("x", roles.generic_custom_role, classes)
        )
    classes = {"classes": ["language-zh-Latn-pinyin"]}
    app.add_role("lang-pinyin", roles.CustomRole("x", roles.generic_custom_role, classes))
