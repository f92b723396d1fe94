//! A document with its prose and overrides, separated by lines of `===`.

use discovery_generator::{Input, Options, RuntimeDependency, Source, generate};

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "document",
    holds: "files that are code, or messages with a place",
    tokens: &[
        "\"$ref\": \"Book\"",
        "\"type\": \"object\"",
        "\"type\": \"array\"",
        "\"properties\"",
        "\"items\"",
        "\"repeated\": true",
        "\"enum\": [\"A\"]",
        "\"pattern\": \"^a/[^/]+$\"",
        "{+name}",
        "\"description\": \"`x` <b>\"",
        "\"deprecated\": true",
        "\"format\": \"int64\"",
        "\"resources\": {}",
        "\"mediaUpload\": {}",
        "\"limitItems\"",
        "\n===\n",
        "fn",
        "self",
        "crate",
    ],
    run,
};

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\n===\n");
    let mut source = |name: &str| {
        let text = parts.next()?.to_owned();
        let name = name.to_owned();
        Some(Source { name, text }).filter(|source| !source.text.trim().is_empty())
    };
    let Some(document) = source("api.json") else {
        return;
    };
    let input = Input {
        prose: source("api.prose.json"),
        overrides: source("api.overrides.json"),
        ..Input::new(document)
    };
    let options = Options::new(RuntimeDependency::Version("1".to_owned()), "fuzz");
    match generate(&input, &options) {
        Ok(files) => {
            for file in files {
                assert!(!file.text.contains("compile_error"), "{}", file.text);
                let is_plain = |part: &str| !matches!(part, "" | "." | "..");
                assert!(file.path.split('/').all(is_plain), "{}", file.path);
            }
        }
        Err(errors) => {
            assert!(!errors.messages().is_empty(), "an error without a message");
            for message in errors.messages() {
                let place = message.split(": ").next().unwrap_or_default();
                assert_eq!(place.split(':').count(), 3, "{message}");
            }
        }
    }
}
