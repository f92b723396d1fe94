//! Laws that hold for any text, tried on random mixtures of everything that has a meaning.

use proptest::prelude::*;

use super::super::{blocks, escape, first_sentence, note, plain, rustdoc, write};
use super::{meant, seen};
use crate::text::is_hidden;

/// Pieces of Markdown whose letters are all shown.
const MARKDOWN: &[&str] = &[
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "  \n",
    "\\\n",
    "Key: ",
    "    ",
    "\t",
    "a",
    "B",
    "word",
    "Two words.",
    "foo_bar",
    "pageToken",
    "UserEvent",
    "a::b",
    "f()",
    "é",
    "日本",
    "“q”",
    "`",
    "``",
    "```",
    "`code`",
    "``a`b``",
    "`a b`",
    "* ",
    "- ",
    "+ ",
    "• ",
    "1. ",
    "2) ",
    "10. ",
    "\n* ",
    "\n  - ",
    "\n    * ",
    "\n1. ",
    "\n2. ",
    ": * ",
    ". - ",
    ": - ",
    ": 1. ",
    " 2. ",
    "# ",
    "\n# ",
    "\n## ",
    " # Title Case Text ",
    "===",
    "---",
    "***",
    "\n---\n",
    "\n===\n",
    "> ",
    "\n> ",
    ">",
    "*",
    "**",
    "***",
    "_",
    "__",
    "*em*",
    "**strong**",
    "_it is_",
    "~",
    "~~",
    "~~del~~",
    "\\",
    "\\*",
    "\\`",
    "\\\\",
    "&",
    "&amp;",
    "&#x6a;",
    "&lt;",
    "|",
    "\n| a | b |\n|---|---|\n| c | d |\n",
    "---|---",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "[Foo]",
    "[0,1]",
    "[a](Foo)",
    "[a](https://example.com/p)",
    "[`a`](https://example.com/p?q=1&amp;r=(2))",
    "[a][b]",
    "[a]: https://example.com",
    "[^1]",
    "[^1]: note",
    "![",
    "![a](https://example.com/i.png)",
    "[ ] ",
    "[x] ",
    "- [x] ",
    "https://example.com/a_b*c.",
    "(https://example.com/a_(b))",
    "http://localhost",
    "https://",
    "https://user@example.com",
    "https://example.com/{id}",
    "<https://example.com>",
    "javascript:alert(1)",
    "[a](javascript:alert(1))",
    "<javascript:alert(1)>",
    "data:text/html,x",
    "[a](data:text/html;base64,x)",
    "[a](//example.com)",
    "*/",
    "/*",
    "//!",
    "\"",
    "'",
    "--",
    "...",
    "$",
    "$x$",
    "$$",
    "!",
    "?",
    ".",
    ",",
    ":",
    ";",
    "=",
    "%",
    "@",
    "^",
    "+",
    "{ \"a\": [ 1, 2 ], \"b\": { } }",
    "``` { \"a\": 1 } ```",
    "<script>",
    "</script>",
    "<package name>",
    "<img src=x onerror=alert(1)>",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "<?php",
    "<a",
    "</",
    "<x/>",
    "<",
    "\"] pub fn injected() {} #[doc = \"",
    "*/ fn x(){} /*",
    "\"#\"##",
    "{0}",
    "{evil}",
    "#![evil]",
    "\r",
    "\r\n",
    "\0",
    "\u{7}",
    "\u{1b}]8;;x\u{7}",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\u{200b}",
    "\u{202e}",
    "\u{2066}",
    "\u{e0041}",
    "\u{feff}",
    "\u{a0}",
    "std::fs::write(\"c\", \"\").unwrap();",
];

/// Pieces of which some letters are markup.
const MARKUP: &[&str] = &[
    "\n```rust\n",
    "\n```\n",
    "\n````\n",
    "\n~~~\n",
    "\n~~~rust,no_run\n",
    "```rust,should_panic",
    "```json ",
    "\n    panic!();\n",
    "\n\tpanic!();\n",
    "\n\n        panic!();\n",
    "> ```\n> panic!();\n> ```\n",
    "- ```\n  panic!();\n  ```\n",
    "\n>     panic!();\n",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<em>x</em>",
    "<strong>x</strong>",
    "<code>",
    "</code>",
    "<code>a`b</code>",
    "<code>x</code>",
    "<br>",
    "<br/>",
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<ul><li>a</li><li>b</li></ul>",
    "<a href=\"https://example.com/x\">",
    "</a>",
    "<a href='javascript:x()'>",
    "<a href=\"data:x\" onclick=\"y\">",
    "{@link Foo}",
    "{@link Foo#bar the bar}",
    "{@code a_b}",
    "{@link ",
    "{@",
    "<b onclick=\"x\">",
    "<B>",
    "</B >",
    "[a](https://example.com/x \"title\")",
    "[a](https://example.com \"",
    "<http:",
    "&#0;",
    "\n[Foo]: https://example.com\n",
];

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => proptest::sample::select(MARKDOWN).prop_map(str::to_owned), 1 => "[^<]{0,3}"];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => proptest::sample::select(MARKDOWN).prop_map(str::to_owned),
        4 => proptest::sample::select(MARKUP).prop_map(str::to_owned),
        1 => ".{0,3}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// The writer alone is safe: the guard is a second line of defence, and never needed.
    #[test]
    fn the_writer_never_needs_the_guard(text in anything(), width in 8usize..120) {
        let lines = write::lines(&blocks(&escape::clean(&text)), width).join("\n");
        prop_assert!(escape::is_harmless(&lines), "{lines}");
    }

    #[test]
    fn what_is_meant_is_seen(text in anything(), width in 8usize..120) {
        let blocks = blocks(&escape::clean(&text));
        prop_assert_eq!(seen(&write::lines(&blocks, width).join("\n")), meant(&blocks));
    }

    #[test]
    fn no_letter_is_lost(text in markdown()) {
        let clean = escape::clean(&text);
        let shown = seen(&rustdoc(&text, 80).join("\n"));
        prop_assert_eq!(letters(&shown), letters(&clean));
    }

    #[test]
    fn lines_are_fit_for_a_doc_comment(text in anything(), width in 8usize..120) {
        let lines = rustdoc(&text, width);
        for line in &lines {
            prop_assert_eq!(line.trim_end(), line);
            prop_assert!(!line.chars().any(is_hidden), "{line:?}");
        }
        for end in [lines.first(), lines.last()].into_iter().flatten() {
            prop_assert!(!end.is_empty());
        }
        // Only code may have more than one blank line in a row.
        let has_code = lines.iter().any(|line| line.contains("```"));
        prop_assert!(has_code || !lines.windows(2).any(|pair| pair.concat().is_empty()));
    }

    #[test]
    fn one_line_is_one_safe_line(text in anything()) {
        for line in [first_sentence(&text), note(&text)] {
            prop_assert!(escape::is_harmless(&line), "{line}");
            prop_assert!(!line.contains('\n') && line.trim() == line);
        }
        // In an entry of a list it starts nothing else and loses no text.
        let summary = first_sentence(&text);
        let entry = format!("* [`a`](https://example.com): {summary}");
        prop_assert_eq!(seen(&entry), format!("{}{}", seen("[`a`](https://example.com):"), seen(&summary)));
        let plain = plain(&text);
        prop_assert!(!plain.chars().any(is_hidden) && !plain.contains("  "), "{plain:?}");
    }
}
