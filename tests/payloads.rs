//! Texts that try to be more than text: code, markup, layout, or the end of what surrounds them.

/// Each payload with what it tries.
pub const PAYLOADS: &[(&str, &str)] = &[
    (
        "a fenced block of code",
        "Before.\n```rust\nstd::fs::write(\"canary\", \"x\").unwrap();\n```\nAfter.",
    ),
    (
        "a fenced block without a language",
        "```\npanic!(\"from the document\")\n```",
    ),
    (
        "an indented block of code",
        "Before.\n\n    std::process::exit(1);\n\n\tpanic!();\n\nAfter.",
    ),
    (
        "indented code in a list and a quote",
        "* item\n\n      assert!(false);\n\n> quote\n>\n>     assert!(false);",
    ),
    (
        "fences in fences",
        "````\n```\nassert!(false);\n```\n````\n~~~should_panic\npanic!()\n~~~",
    ),
    (
        "a fence without an end",
        "Before.\n\n```ignore\nassert!(false);",
    ),
    (
        "a fence in the middle of a line",
        "Before ``` { \"a\": 1 } ``` after ```no_run fn main() {}",
    ),
    (
        "the end of an attribute",
        "\"] pub fn injected() {} #[doc = \"",
    ),
    ("the end of a comment", "*/ pub fn injected() {} /*"),
    (
        "an end of a line",
        "x\npub fn injected() {}\r\npub fn injected() {}\rpub fn injected() {}",
    ),
    (
        "the end of a raw string",
        "\"# \"## \"### pub fn injected() {}",
    ),
    ("a backslash at the end", "x\\"),
    ("braces", "{ } {0} {evil} {{}} ${evil} $crate"),
    (
        "a table of a manifest",
        "x\"\n[dependencies]\nevil = \"*\"\n'''\n\"\"\"\n",
    ),
    ("an expression", "0; std::process::exit(1)"),
    ("an odd number", "1e999"),
    (
        "HTML",
        "<script>alert(1)</script><img src=x onerror=alert(1)><b>",
    ),
    (
        "links",
        "[foo] [bar][baz] [x](javascript:alert(1)) <javascript:alert(1)> http://example.com/a_b?c=[d]",
    ),
    (
        "link definitions",
        "[foo]: http://example.com/ \"title\"\n\n[^1]: note\n\n[foo] [^1]",
    ),
    ("ticks without a partner", "a `b ``c `d` ``` e"),
    ("emphasis without a partner", "*a **b _c __d ~~e"),
    (
        "headings and rules",
        "# One\n\nTwo\n===\n\n---\n\n| a | b |\n|---|---|\n| `|` | \\| |",
    ),
    (
        "control characters",
        "a\u{0}b\u{7}c\u{1b}]8;;http://example.com\u{7}d\u{7f}e\u{85}f\u{2028}g\u{2029}h",
    ),
    (
        "characters without a width",
        "a\u{200b}b\u{200d}c\u{feff}d\u{ad}e\u{e0041}f",
    ),
    (
        "characters that turn the direction",
        "\u{202e}evil\u{202c} \u{2066}evil\u{2069} \u{200f}x",
    ),
    (
        "letters that look like others",
        "\u{430}lbum \u{ff41}lbum e\u{301} \u{212a}",
    ),
    ("nothing", ""),
    ("only white space", " \n\t \r\n "),
];
