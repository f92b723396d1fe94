//! Blocks as they occur, or as somebody hostile would write them, and what becomes of them.

use super::super::{first_sentence, note, plain, rustdoc};
use super::check;

#[test]
fn fenced_code_is_text() {
    let lines = ["Code:", "", "```text", "panic!();", "```", "", "Done."];
    check("Code:\n```\npanic!();\n```\nDone.", lines);
    check("Code:\n```rust,no_run\npanic!();\n```\nDone.", lines);
    check("Code: ``` panic!(); ``` Done.", lines);
    check("```\nnever closed", ["```text", "never closed", "```"]);
    check(
        "`````\n```\n````\n`````",
        ["`````text", "```", "````", "`````"],
    );
    check("~~~\npanic!();\n~~~", [r"\~\~\~ `panic!()`; \~\~\~"]);
    check("```let x = 1;\n```", ["```text", "let x = 1;", "```"]);
}

#[test]
fn indented_code_is_text() {
    check(
        "See:\n\n    {\n      1\n    }\n\nEnd.",
        ["See:", "", "```text", "{", "  1", "}", "```", "", "End."],
    );
    check(
        "See:\n\tpanic!();",
        ["See:", "", "```text", "panic!();", "```"],
    );
    check(
        "> a\n>\n>     panic!();\n\nb",
        [r"\> a > > `panic!()`;", "", "b"],
    );
    check(
        "- a\n\n      panic!();\n- ```\n  panic!();\n  ```",
        [
            "- a",
            "",
            "  ```text",
            "  panic!();",
            "  ```",
            "",
            "- ```text",
            "  panic!();",
            "  ```",
        ],
    );
    check(
        "    not after anything\n    so it is text",
        ["not after anything so it is text"],
    );
}

#[test]
fn json_on_one_line_gets_its_lines_back() {
    let lines = [
        "As in:",
        "",
        "```text",
        "{",
        "  \"a\": [1, 2],",
        "  \"b\": {",
        "    \"c\": \"d, {}\"",
        "  }",
        "}",
        "```",
    ];
    check(r#"As in: { "a": [1, 2], "b": { "c": "d, {}" } }"#, lines);
    check(
        r#"As in: ```json { "a": [1, 2], "b": { "c": "d, {}" } } ```"#,
        lines,
    );
    check(
        r#"Inline `{ "a": 1 }` stays."#,
        [r#"Inline `{ "a": 1 }` stays."#],
    );
}

#[test]
fn lists_keep_their_structure() {
    check(
        "1. a\n2. b\n   - c\n     goes on\n   - d\n3. e",
        ["1. a", "2. b", "   - c goes on", "   - d", "3. e"],
    );
    check(
        "Values:\n\n    - `A`: one\n      more\n    - `B`: two",
        ["Values:", "", "- `A`: one more", "- `B`: two"],
    );
    check(
        "Values:\n\n    - a\n\n    The default is a.",
        ["Values:", "", "- a", "", "The default is a."],
    );
    check("1. a\n3. b\n- c", ["1. a", "", r"3\. b", "", "- c"]);
    check("a\n2024. was a year\n+ b", ["a 2024. was a year + b"]);
    check("- [ ] a\n- [x] b", [r"- \[ ] a", r"- \[x] b"]);
}

#[test]
fn lists_on_one_line_are_lists() {
    check("One of: * `a` * `b`", ["One of:", "", "- `a`", "- `b`"]);
    check(
        "One of: * A * B If not set, A.",
        ["One of:", "", "- A", "- B", "", "If not set, A."],
    );
    check(
        "Needs: - x.get on x. - x.list on x - or y.",
        ["Needs:", "", "- x.get on x.", "- x.list on x - or y."],
    );
    check(
        "It must be: 1. Short. 2. New.",
        ["It must be:", "", "1. Short.", "2. New."],
    );
    check(
        "4 * 1024 * 1024 bytes - not 1. more.",
        ["4 * 1024 * 1024 bytes - not 1. more."],
    );
}

#[test]
fn line_breaks_are_kept_where_they_mean_something() {
    check(
        "A text that somebody wrapped, so that\nits lines are short. Then\nit ends.\nNote: new",
        [
            "A text that somebody wrapped, so that its lines are short.",
            "",
            "Then it ends.",
            "",
            "Note: new",
        ],
    );
    let long = "long ".repeat(30);
    let text = format!("Two:\n- a\n- b  Then text.\n{long}\nNew");
    let lines = rustdoc(&text, 160);
    assert_eq!(
        lines,
        [
            "Two:",
            "",
            "- a",
            "- b",
            "",
            "Then text.",
            "",
            long.trim(),
            "",
            "New"
        ]
    );
}

/// Groups settings and Calendar end lines with two spaces where their source has `<br>`; the
/// backslash is Markdown's, and `<br>` is HTML's.
#[test]
fn explicit_line_breaks_stay() {
    let lines = ["Where it is.", "", "Street 1\\", "Town"];
    check("Where it is.\n\nStreet 1  \nTown", lines);
    check("Where it is.\n\nStreet 1\\\nTown", lines);
    check("Where it is.\n\nStreet 1<br>Town", lines);
    check("Where it is.\n\nStreet 1<BR />Town", lines);
    check("One<br>two<br><br>three", ["One", "", "two", "", "three"]);
    check(
        "x\n- a  \n  b\n- c  \nd",
        ["x", "", "- a\\", "  b", "- c", "", "d"],
    );
    check("a\n\nends with  ", ["a", "", "ends with"]);
    check("a\n\nC:\\", ["a", "", r"C:\\"]);
    check(
        "a\n\n`b`  \n```\nc\n```",
        ["a", "", "`b`", "", "```text", "c", "```"],
    );
    // The summary that rustdoc shows in lists is not more than the first line.
    assert_eq!(first_sentence("Short name  \nlong name"), "Short name");
    assert_eq!(note("a\n\nb  \nc"), "a b c");
}

/// Forms of Compute Engine: descriptions of maps, of enums, of filters and of packet headers.
#[test]
fn lines_of_their_own_stay_lines() {
    check(
        "Map of zones\nKey: name of the zone\nValue: ZoneStatus",
        [
            "Map of zones",
            "",
            "Key: name of the zone\\",
            "Value: `ZoneStatus`",
        ],
    );
    check(
        "It can be:\nLOW - no rules. (default)\nHIGH - all rules.\nLocked\nby owners.",
        [
            "It can be:",
            "",
            "LOW - no rules. (default)\\",
            "HIGH - all rules.",
            "",
            "Locked by owners.",
        ],
    );
    check(
        "Examples:\n\n`name eq 'a b'`\n`name ne \"c\"`\nor\n`none`",
        [
            "Examples:",
            "",
            "`name eq 'a b'`\\",
            "`name ne \"c\"` or `none`",
        ],
    );
    check(
        "a\n\nhttps://example.com/a/long/path/of/a/page/with/words\nhttps://example.com/b\n",
        [
            "a",
            "",
            "<https://example.com/a/long/path/of/a/page/with/words>\\",
            "<https://example.com/b>",
        ],
    );
    check(
        "Fields:\n - name: a\n   base: IPV4\n   offset: 6",
        [
            "Fields:",
            "",
            "- name: a\\",
            "  base: IPV4\\",
            "  offset: 6",
        ],
    );
    check("Of disks\nNote: new", ["Of disks", "", "Note: new"]);
    // Wrapped in the middle of a sentence, wherever that is; links that were removed leave room.
    check(
        "For more, read\nHandling of responses.\nIt is a `name` or\n`number`, see Health\nchecks: all",
        [
            "For more, read Handling of responses.",
            "",
            "It is a `name` or `number`, see Health checks: all",
        ],
    );
}

#[test]
fn headings_are_strong_text() {
    check(
        "# Title\nText\n\nOther\n===\n# Safety",
        ["**Title**", "", "Text", "", r"Other ===", "", "**Safety**"],
    );
    check(
        "Gets it. # IAM Permissions Requires x.",
        ["Gets it.", "", "**IAM Permissions**", "", "Requires x."],
    );
    check("Issue #1 is # not a title.", ["Issue #1 is # not a title."]);
}

#[test]
fn rows_of_tables_stay_lines() {
    check(
        "Of:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.",
        [
            "Of:",
            "",
            r"\| a | b |\",
            r"|\-\-\-|\-\-\-|\",
            r"\| 1 | 2 |",
            "",
            "End.",
        ],
    );
    check("a | b", ["a | b"]);
}

#[test]
fn words_that_would_start_a_block_are_escaped_at_the_start_of_a_line() {
    let filler = "x".repeat(59);
    for (word, escaped) in [
        ("-", r"\-"),
        ("1.", r"1\."),
        ("#", r"\#"),
        (">", r"\>"),
        ("+", r"\+"),
        ("===", r"\==="),
    ] {
        check(
            &format!("{filler} {word} y"),
            [filler.as_str(), &format!("{escaped} y")],
        );
    }
}

#[test]
fn the_first_sentence_is_the_summary() {
    let text = "Output only. The state, e.g. of a disk, of [it](https://example.com). Set by U.S. servers. No more.";
    check(
        text,
        [
            "Output only. The state, e.g. of a disk, of",
            "[it](https://example.com).",
            "",
            "Set by U.S. servers. No more.",
        ],
    );
    assert_eq!(
        first_sentence(text),
        "Output only. The state, e.g. of a disk, of [it](https://example.com)."
    );
    assert_eq!(first_sentence("Short. And short."), "Short.");
    assert_eq!(first_sentence("Is it? `a|b` | c"), "Is it?");
    assert_eq!(first_sentence("```\ncode\n```"), "");
}

#[test]
fn one_line_holds_everything() {
    let text = "Use [this](https://example.com) or:\n- `a`\n- **b**\n```\nc\n  d\n```";
    assert_eq!(
        note(text),
        "Use [this](https://example.com) or: - `a` - **b** `c d`"
    );
    assert_eq!(
        plain(text),
        "Use this (https://example.com) or: - `a` - b c d"
    );
    assert_eq!(note("- [Foo]"), r"\- \[Foo]");
    assert_eq!(plain("- [Foo]\u{202e}"), r"- [Foo]\u{202e}");
}
