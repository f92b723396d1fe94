//! The documents in `fixtures/`, each written for one idea that its `description` states, and how
//! tests generate from them.

use std::fs;
use std::path::{Path, PathBuf};

use discovery_generator::{File, Input, Options, RuntimeDependency, Source, generate};
use serde_json::{Value, json};

/// A document, with the corrections to it if it has any.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The file name without its ending, which is also the `name` of the API.
    pub name: String,
    /// The document.
    pub document: Source,
    /// What stands in `NAME.overrides.json`.
    pub overrides: Option<Source>,
}

impl Fixture {
    /// Reads one fixture.
    ///
    /// # Panics
    ///
    /// There is no such fixture.
    pub fn load(name: &str) -> Self {
        let overrides = folder().join(format!("{name}.overrides.json"));
        Self {
            name: name.to_owned(),
            document: source(&folder().join(format!("{name}.json"))),
            overrides: overrides.exists().then(|| source(&overrides)),
        }
    }

    /// Reads all fixtures, in the order of their names.
    ///
    /// # Panics
    ///
    /// The folder cannot be read, or has too few documents to be the one that is meant.
    pub fn all() -> Vec<Self> {
        let entries = fs::read_dir(folder())
            .unwrap_or_else(|error| panic!("{}: {error}", folder().display()));
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|file| file.strip_suffix(".json").map(str::to_owned))
            .filter(|name| !name.ends_with(".overrides"))
            .collect();
        names.sort();
        assert!(names.len() > 10, "only {names:?} in {}", folder().display());
        names.iter().map(|name| Self::load(name)).collect()
    }

    /// The files of the crate.
    ///
    /// # Panics
    ///
    /// The generator refuses the fixture; the message is what it says.
    pub fn generate(&self) -> Vec<File> {
        generate(&self.input(), &options())
            .unwrap_or_else(|errors| panic!("{}: {errors}", self.name))
    }

    /// What the crate is made from.
    pub fn input(&self) -> Input {
        Input {
            overrides: self.overrides.clone(),
            ..Input::new(self.document.clone())
        }
    }

    /// The same fixture with another text of its document.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        Self {
            document: Source {
                name: self.document.name.clone(),
                text,
            },
            ..self.clone()
        }
    }
}

/// The options that all tests generate with.
pub fn options() -> Options {
    Options::new(
        RuntimeDependency::Path("../../runtime".to_owned()),
        "cargo xtask codegen",
    )
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    manifest_folder().join("..")
}

fn folder() -> PathBuf {
    manifest_folder().join("fixtures")
}

/// The folder of this package in the checkout that is tested. It is asked for when a test runs: one
/// target folder can serve several checkouts.
fn manifest_folder() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

fn source(path: &Path) -> Source {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Source { name, text }
}

/// The fixture's document as a tree.
pub fn document(name: &str) -> Value {
    serde_json::from_str(&Fixture::load(name).document.text).expect("the fixture is JSON")
}

/// A schema with these properties.
pub fn object(name: &str, properties: &Value) -> Value {
    json!({ "id": name, "type": "object", "properties": properties })
}

/// A method with a request and a response.
pub fn method(id: &str, request: &str, response: &str) -> Value {
    json!({
        "id": id, "path": "v1/x", "httpMethod": "POST",
        "request": { "$ref": request }, "response": { "$ref": response },
    })
}

/// Each method uses the whole of a tree of schemas.
pub fn users_of_a_tree(size: usize, resources: usize) -> Value {
    let mut api = document("minimal");
    for index in 0..size {
        let name = format!("Link{index}");
        let mut properties = json!({ "name": { "type": "string" } });
        for child in [2 * index + 1, 2 * index + 2] {
            if child < size {
                properties[format!("p{child}")] = json!({ "$ref": format!("Link{child}") });
            }
        }
        api["schemas"][&name] = object(&name, &properties);
    }
    for index in 0..size {
        let resource = format!("r{}", index % resources);
        let name = format!("m{index}");
        api["resources"][&resource]["methods"][&name] =
            method(&format!("{resource}.{name}"), "Link0", "Link0");
    }
    api
}
