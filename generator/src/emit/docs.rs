//! Documentation: prose of the document, and the facts that the model knows beside it.

use proc_macro2::Literal;

use crate::lower::{DOC_WIDTH, line_start, names};
use crate::model::{Deprecation, Field, LengthLimit, Param, Schema};
use crate::print::{self, Code};

/// `#[deprecated]` with its reason.
pub(super) fn deprecated(deprecation: Option<&Deprecation>) -> Option<Code> {
    let note = Literal::string(&note(deprecation?));
    Some(print::attribute(format!("#[deprecated(note = {note})]")))
}

/// The reason of a deprecation with its day.
pub(super) fn note(deprecation: &Deprecation) -> String {
    let note = crate::lower::note(&deprecation.note);
    match &deprecation.since {
        // A note of ours that says the year says the day, too.
        Some(day) if !day.get(..4).is_some_and(|year| note.contains(year)) => {
            format!("{note} (since {})", crate::lower::note(day))
        }
        _ => note,
    }
}

/// The documentation of a field of a schema.
pub(super) fn field(field: &Field, schema: &Schema) -> Vec<String> {
    let fallback = format!("The field `{}`.", code(&field.wire));
    let mut tags = Vec::new();
    let said = field.docs.join(" ").to_lowercase();
    if field.output_only && !schema.is_output_only() && !said.starts_with("output only") {
        tags.push("Output only.");
    }
    if field.required
        && !["required", "without it"]
            .iter()
            .any(|words| said.contains(words))
    {
        tags.push("Required.");
    }
    let mut facts = Vec::new();
    facts.extend(length(field.length).filter(|_| !says(&field.docs, field.length)));
    facts.extend(exclusion(field, schema));
    facts.extend(bounds(
        &field.docs,
        field.default.as_deref(),
        field.minimum.as_deref(),
        field.maximum.as_deref(),
    ));
    with_facts(&field.docs, &fallback, &tags, &facts)
}

/// The documentation of a parameter's setter.
pub(super) fn param(param: &Param) -> Vec<String> {
    let fallback = format!("The parameter `{}`.", code(&param.wire));
    let mut facts = Vec::new();
    facts.extend(length(param.length).filter(|_| !says(&param.docs, param.length)));
    facts.extend(bounds(
        &param.docs,
        param.default.as_deref(),
        param.minimum.as_deref(),
        param.maximum.as_deref(),
    ));
    with_facts(&param.docs, &fallback, &[], &facts)
}

/// A limit of length in words.
pub(super) fn length(limit: Option<LengthLimit>) -> Option<String> {
    Some(match limit? {
        LengthLimit::Items { min, max } if min == max => format!("Exactly {max} {}.", entries(max)),
        LengthLimit::Items { min: 0, max } => format!("At most {max} {}.", entries(max)),
        LengthLimit::Items { min, max } => format!("{min} to {max} entries."),
        LengthLimit::Characters { max } => format!("At most {max} characters."),
    })
}

/// The properties that a request can't have beside a field, unless the prose names them.
fn exclusion(field: &Field, schema: &Schema) -> Option<String> {
    let others: Vec<String> = schema
        .excluded_by(&field.wire)
        .map(|wire| format!("`{}`", code(&names::snake(wire))))
        .collect();
    let is_named = |other: &String| field.docs.iter().any(|line| line.contains(other));
    let is_said = others.iter().all(is_named);
    (!is_said).then(|| format!("Not together with {}.", others.join(" or ")))
}

/// Whether the prose already names the limit.
fn says(docs: &[String], limit: Option<LengthLimit>) -> bool {
    let max = match limit {
        Some(LengthLimit::Items { max, .. } | LengthLimit::Characters { max }) => max.to_string(),
        None => return false,
    };
    let digits = |word: &str| {
        word.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    docs.iter()
        .flat_map(|line| line.split_whitespace())
        .any(|word| digits(word) == max)
}

fn entries(count: u64) -> &'static str {
    if count == 1 { "entry" } else { "entries" }
}

/// Default, minimum and maximum, as far as the prose does not name them already.
fn bounds(
    docs: &[String],
    default: Option<&str>,
    minimum: Option<&str>,
    maximum: Option<&str>,
) -> Option<String> {
    let named = [
        ("Default", default),
        ("Minimum", minimum),
        ("Maximum", maximum),
    ];
    let trim = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')
            .to_owned()
    };
    let said = |value: &str| {
        docs.iter()
            .flat_map(|line| line.split_whitespace())
            .any(|word| trim(word) == value)
    };
    let parts: Vec<String> = named
        .iter()
        .filter_map(|(name, value)| {
            value
                .filter(|value| !value.is_empty() && !said(value))
                .map(|value| (name, value))
        })
        .enumerate()
        .map(|(index, (name, value))| {
            let name = if index == 0 {
                (*name).to_owned()
            } else {
                name.to_lowercase()
            };
            format!("{name} `{}`", code(value))
        })
        .collect();
    (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")))
}

/// The prose with tags after its first paragraph, and facts after its last one.
fn with_facts(docs: &[String], fallback: &str, tags: &[&str], facts: &[String]) -> Vec<String> {
    let mut lines = if docs.iter().all(String::is_empty) {
        vec![fallback.to_owned()]
    } else {
        docs.to_vec()
    };
    let first = lines.iter().take_while(|line| !line.is_empty()).count();
    append(&mut lines, first, &tags.join(" "));
    let all = lines.len();
    append(&mut lines, all, &facts.join(" "));
    lines
}

/// Lets a text follow the paragraph that ends before line `end`, in the same width.
fn append(lines: &mut Vec<String>, end: usize, text: &str) {
    if text.is_empty() {
        return;
    }
    // A sentence can follow a sentence, but neither a list nor a code block.
    let before = lines.get(..end).unwrap_or_default();
    let last = before.rsplit(String::is_empty).next().unwrap_or_default();
    let is_sentence = last.first().is_some_and(|line| !begins_block(line))
        && last.last().is_some_and(|line| line.ends_with('.'));
    if !is_sentence {
        lines.extend([String::new(), text.to_owned()]);
        return;
    }
    let mut line = end.saturating_sub(1);
    for word in words(text) {
        match lines.get_mut(line) {
            Some(text) if text.chars().count() + word.chars().count() < DOC_WIDTH => {
                text.push(' ');
                text.push_str(word);
            }
            _ => {
                line += 1;
                lines.insert(line, word.to_owned());
            }
        }
    }
}

/// An entry of a list, in the width of the prose; lines after the first are indented.
pub(super) fn entry(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words(text) {
        match lines.last_mut() {
            // A marker alone on its line would begin an empty entry.
            Some(line)
                if line == "*" || line.chars().count() + word.chars().count() < DOC_WIDTH =>
            {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("  {}", line_start(word))),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The words of a text; a code span stays whole.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.split(move |c: char| {
        in_code ^= c == '`';
        c == ' ' && !in_code
    })
}

/// Whether a line may begin something else than a paragraph, where one may begin with a code span.
pub(super) fn opens_block(line: &str) -> bool {
    begins_block(line) && (!line.starts_with('`') || line.starts_with("```"))
}

/// Whether a line may begin something else than a paragraph.
fn begins_block(line: &str) -> bool {
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with([' ', '*', '-', '+', '`', '~', '>', '|', '#', '<'])
        || after_number.len() < line.len() && after_number.starts_with(['.', ')'])
}

/// Text that can stand in a code span.
pub(super) fn code(text: &str) -> String {
    text.chars()
        .filter(|c| !crate::text::is_hidden(*c))
        .map(|c| if c == '`' { '\'' } else { c })
        .take(200)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::entry;

    /// The function of `redis.projects.locations.getSharedRegionalCertificateAuthority` fills a line,
    /// and a marker alone on the line above would begin an empty entry.
    #[test]
    fn long_word_stays_beside_its_marker() {
        let link = format!("[`{0}`](Self::{0}):", "f".repeat(42));
        assert_eq!(
            entry(&format!("* {link} Gets it.")),
            [format!("* {link}"), "  Gets it.".to_owned()]
        );
    }
}
