//! Whatever a document says, the generator gives files or diagnostics; and whatever its
//! prose says, the code is the same.

mod robustness {
    mod limits;
    mod mutations;
    mod sizes;
    mod texts;
}

use std::panic::{AssertUnwindSafe, catch_unwind};

use discovery_generator::{Diagnostics, File, Input, Source, generate};
use tests::fixtures::{document, options};

/// Generates, and says for what input if the generator panics.
fn outcome(what: &str, text: String) -> Result<Vec<File>, Diagnostics> {
    outcome_with(what, text, None)
}

fn outcome_with(
    what: &str,
    text: String,
    overrides: Option<&Source>,
) -> Result<Vec<File>, Diagnostics> {
    let source = Source {
        name: "api.json".to_owned(),
        text,
    };
    outcome_of(
        what,
        &Input {
            overrides: overrides.cloned(),
            ..Input::new(source)
        },
    )
}

fn outcome_of(what: &str, input: &Input) -> Result<Vec<File>, Diagnostics> {
    let outcome = catch_unwind(AssertUnwindSafe(|| generate(input, &options())));
    let outcome = outcome.unwrap_or_else(|_| panic!("{what}: the generator panicked"));
    match &outcome {
        Ok(files) => {
            for file in files {
                // That is what emitted tokens become that are no Rust.
                assert!(
                    !file.text.contains("compile_error"),
                    "{what}: {}:\n{}",
                    file.path,
                    file.text
                );
            }
        }
        Err(errors) => {
            assert!(
                !errors.messages().is_empty(),
                "{what}: an error without a message"
            );
            for message in errors.messages() {
                let is_placed = message
                    .split(": ")
                    .next()
                    .is_some_and(|place| place.split(':').count() == 3);
                assert!(is_placed, "{what}: {message}");
            }
        }
    }
    outcome
}

/// Overrides with these entries.
fn overrides(document: &str, entries: &[serde_json::Value]) -> Source {
    Source {
        name: "api.overrides.json".to_owned(),
        text: serde_json::json!({ "document": document, "entries": entries }).to_string(),
    }
}
