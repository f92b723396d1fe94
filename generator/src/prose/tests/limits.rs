//! Texts that nobody writes: huge ones, ones that are nested as deep as they are long, and
//! Markdown that the writer never writes.

use super::super::{INTERPRETED, escape, first_sentence, note, plain, rustdoc};

/// Patterns that make naive Markdown tools slow.
const PATTERNS: [&str; 24] = [
    "* ",
    "> ",
    "[",
    "[a](",
    "[](https://a.b/",
    "`",
    "``",
    "*a",
    "**a *b",
    "_a ",
    "<",
    "<a ",
    "<code>",
    "<ul><li>",
    "{@link ",
    "(((",
    "1. ",
    "\n- ",
    "\\",
    "~~~\n",
    "a|b\n-|-\n",
    "e.g. A",
    "h http://",
    "a) ",
];

#[test]
fn repeated_patterns_take_linear_time() {
    for pattern in PATTERNS {
        let text = pattern.repeat(INTERPRETED / 4 / pattern.len());
        let start = std::time::Instant::now();
        let lines = rustdoc(&text, 96);
        assert!(escape::is_harmless(&lines.join("\n")), "{pattern}");
        let _ = (first_sentence(&text), note(&text), plain(&text));
        // A quadratic step would take a minute; this leaves room for a slow machine.
        assert!(
            start.elapsed().as_secs() < 10,
            "{pattern}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn a_text_that_is_too_long_is_written_literally() {
    let paragraph = "Use `x` or <b>y</b> [Foo].\n\n";
    let text = paragraph.repeat(INTERPRETED / paragraph.len() + 1);
    let lines = rustdoc(&text, 96);
    assert_eq!(lines[..2], [r"Use \`x\` or \<b\>y\</b\> \[Foo\].", ""]);
    assert!(escape::is_harmless(&lines.join("\n")));
    assert!(plain(&text).starts_with("Use `x` or <b>y</b> [Foo]. Use"));
}

#[test]
fn deep_lists_stay_flat_enough_to_read() {
    let mut text = String::new();
    for depth in 0..50 {
        text += &"  ".repeat(depth);
        text += "- item\n";
    }
    let deepest = rustdoc(&text, 96)
        .into_iter()
        .map(|line| line.find('-').unwrap_or(0))
        .max();
    assert_eq!(deepest, Some(6));
}

#[test]
fn the_guard_refuses_what_rustdoc_would_act_on() {
    let harmful = [
        "```\ncode\n```",
        "```rust\ncode\n```",
        "- a\n\n      code",
        "> ~~~text,ignore\n> code\n> ~~~",
        "a <b>",
        "<!-- a -->",
        "[Foo]",
        "[a][b]",
        "[a](Foo)",
        "[a](javascript:b)",
        "<mailto:a@b.c>",
        "![a](https://example.com/b.png)",
        "https://example.com",
        "# Safety",
        "| a |\n| - |",
        "> a",
        "a\n\n---",
        "<br>",
        "~~a~~",
        "- [ ] a",
        "[^1]\n\n[^1]: a",
    ];
    for markdown in harmful {
        assert!(!escape::is_harmless(markdown), "{markdown}");
    }
    let harmless = "a `b` **c** *d*\n\n- <https://example.com>\n\n```text\nx\n```";
    assert!(escape::is_harmless(harmless));
}
