//! Spans as they occur, or as somebody hostile would write them, and what becomes of them.

use super::check;

#[test]
fn web_addresses_are_links() {
    check(
        "See https://example.com/a_b(c).",
        ["See <https://example.com/a_b(c)>."],
    );
    check(
        "(https://example.com/a), <http://example.com>",
        ["(<https://example.com/a>), <http://example.com>"],
    );
    check(
        "[it](https://example.com \"t\")",
        ["[it](https://example.com)"],
    );
    check(
        "[it] (http://example.com/f(g))",
        ["[it](<http://example.com/f(g)>)"],
    );
    check(
        "![logo](https://example.com/i.png)!",
        ["[logo](https://example.com/i.png)!"],
    );
    check("https://example.com/{id}", ["`https://example.com/{id}`"]);
    check("http://localhost:80", ["`http://localhost:80`"]);
    check(
        "https://example.com@evil.example",
        ["`https://example.com@evil.example`"],
    );
}

/// Drive links to the pages of its site so: `/workspace/drive/api/guides/search-files`.
#[test]
fn paths_leave_the_label_of_their_link() {
    check(
        "See [the `q` types](/workspace/drive/a-b#c).",
        ["See the `q` types."],
    );
    check("[a-z](/[a-z]*)", [r"\[a-z](/\[a-z]\*)"]);
    check("[a](//b.example/c)", [r"\[a](//b.example/c)"]);
}

#[test]
fn nothing_else_is_a_link() {
    check(
        "[Foo], [0,1], [a](Foo), [b][c]",
        [r"\[Foo], \[0,1], \[a](Foo), \[b]\[c]"],
    );
    check(
        "[a](javascript:b()), [c](data:d)",
        [r"\[a](javascript:b()), \[c](data:d)"],
    );
    check(
        "<javascript:a>, <mailto:b@c.d>",
        [r"\<javascript:a>, \<mailto:b@c.d>"],
    );
    check("[a]: https://example.com", [r"\[a]: <https://example.com>"]);
    check("a[^1]\n\n[^1]: b", [r"a\[^1]", "", r"\[^1]: b"]);
}

/// Google removes tags before it publishes a document: none of 610 has one. What looks like a tag is
/// a placeholder, or hostile.
#[test]
fn tags_are_text() {
    check("<package name> of Vec<T>", [r"\<package name> of Vec\<T>"]);
    check(
        "<script>alert(1)</script>",
        [r"\<script>alert(1)\</script>"],
    );
    check("<img src=x onerror=y>", [r"\<img src=x onerror=y>"]);
    check("<!-- a --> &lt; R&D", [r"\<!\-\- a \-\-> \&lt; R&D"]);
    check("<b onclick=\"x\">a</b>", ["\\<b onclick=\"x\">a\\</b>"]);
    check("<ul><li>a</ul>", [r"\<ul>\<li>a\</ul>"]);
    check(
        "<a href='javascript:x()'>it</a>",
        [r"\<a href='javascript:x()'>it\</a>"],
    );
}

#[test]
fn names_in_javadoc_tags_are_code() {
    check(
        "{@link Foo#a}, {@code a<b>}, {@code {a}}, {@x y}",
        ["`Foo#a`, `a<b>`, {@code {a}}, {@x y}"],
    );
}

#[test]
fn emphasis_needs_words() {
    check(
        "**Note:** *one* and __two words__",
        ["**Note:** *one* and **two words**"],
    );
    check(
        "projects/*/zones/*, \"*\" or \"*\", */*",
        [r#"projects/\*/zones/\*, "\*" or "\*", \*/\*"#],
    );
    check(
        "_id_ and *.example.com, *.example.org",
        [r"`_id_` and \*.example.com, \*.example.org"],
    );
    check("a--b, ~~c~~", [r"a\-\-b, \~\~c\~\~"]);
}

#[test]
fn backticks_are_balanced() {
    check("`a` and `b and `c`", [r"`a` and \`b and `c`"]);
    check(
        "where `` is a, ``b`c`` and `\\`",
        [r"where \`\` is a, ``b`c`` and `\`"],
    );
    check(
        "This is either the `SELECT * FROM a_very_long_name WHERE b = 1` or none",
        [
            "This is either the",
            "`SELECT * FROM a_very_long_name WHERE b = 1` or none",
        ],
    );
}

#[test]
fn backslashes_stay_unless_they_are_markdown() {
    check(
        r"C:\new, `^\d+$`, a\.b, \\, end\",
        [r"C:\new, `^\d+$`, a\\.b, \\\\, end\\"],
    );
    check(r"\*a\_b\[c\]", [r"\*`a_b[c]`"]);
}

#[test]
fn characters_that_hide_are_shown_or_removed() {
    check(
        "a\rb\r\nc\u{2028}d\u{2029}e\u{85}f\u{b}g",
        ["a b c d e f g"],
    );
    check("nul\0bel\u{7}esc\u{1b}", [r"nul\u{0}bel\u{7}esc\u{1b}"]);
    check(
        "rlo\u{202e}tag\u{e0041}mark\u{200f}",
        [r"rlo\u{202e}tag\u{e0041}mark\u{200f}"],
    );
    check("zero\u{200b}width\u{feff}\u{e0101}", ["zerowidth"]);
    check(" \u{a0}\u{200b}\n \n", []);
}

#[test]
fn rust_in_a_text_is_text() {
    check(
        "\"] pub fn injected() {} #[doc = \"",
        ["\"] pub fn `injected()` {} #\\[doc = \""],
    );
    check(
        "*/ fn x(){} /* {0} \"## \\",
        ["\\*/ fn x(){} /\\* {0} \"## \\\\"],
    );
}

#[test]
fn names_are_code() {
    check(
        "Set pageToken (or UserEvent.documents).",
        ["Set `pageToken` (or `UserEvent.documents`)."],
    );
    check(
        "{project_id}, STRUCT_ENCODING, gs://a/b",
        ["`{project_id}`, `STRUCT_ENCODING`, `gs://a/b`"],
    );
    check(
        "GitHub, IDs, macOS, gRPC, e.g. JSON",
        ["GitHub, IDs, macOS, gRPC, e.g. JSON"],
    );
}
