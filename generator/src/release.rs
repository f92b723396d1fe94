//! `NAME.crate.json`: the version of an emitted crate, the version that its users have, and where its
//! document came from. It stands beside the document, since the document says none of this.

use semver::Version;

use crate::diagnostic::{Diagnostics, Pointer, Sink};
use crate::reader::Object;
use crate::{Source, json};

/// What `NAME.crate.json` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Release {
    /// The version of the emitted crate; 0.1.0 if the file does not say.
    pub version: Option<Version>,
    /// The version that users have. An incompatible change needs a `version` that says so; without
    /// a baseline nobody depends on the crate, and everything may change.
    pub baseline: Option<Version>,
    /// Where the document came from.
    pub origin: Option<Origin>,
}

/// Where a document came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The address, or the name of the file.
    pub from: String,
    /// The `revision` that the document gives, a date such as `20251221`.
    pub revision: String,
    /// The SHA-256 of the document as it stands in its file, in hex.
    pub sha256: String,
}

impl Release {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// It is not JSON, has a member that is not known, or a version that is none (`1.2.3`).
    pub fn read(source: &Source) -> Result<Self, Diagnostics> {
        let mut sink = Sink::default();
        let tree = json::parse(source)?;
        let top = Pointer::default();
        let mut object = Object::open(&tree, &top, "the file of a crate", &mut sink);
        let release = Self {
            version: version(&mut object, "version", &mut sink),
            baseline: version(&mut object, "baseline", &mut sink),
            origin: object.object("origin", &mut sink, |json, at, sink| {
                let mut object = Object::open(json, at, "the origin", sink);
                let origin = Origin {
                    from: object.required_string("from", sink),
                    revision: object.required_string("revision", sink),
                    sha256: object.required_string("sha256", sink),
                };
                object.finish(sink);
                origin
            }),
        };
        object.finish(&mut sink);
        sink.finish(source)?;
        Ok(release)
    }

    /// The text of the file, in canonical form.
    pub fn text(&self) -> String {
        let mut members = serde_json::Map::new();
        for (key, version) in [("baseline", &self.baseline), ("version", &self.version)] {
            if let Some(version) = version {
                members.insert(key.to_owned(), version.to_string().into());
            }
        }
        if let Some(origin) = &self.origin {
            let origin = serde_json::json!({
                "from": origin.from,
                "revision": origin.revision,
                "sha256": origin.sha256,
            });
            members.insert("origin".to_owned(), origin);
        }
        // Another crate of a build may have the members of a map keep the order of insertion.
        members.sort_keys();
        let mut text = serde_json::to_string_pretty(&members).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The version of the emitted crate.
    pub fn version(&self) -> Version {
        self.version.clone().unwrap_or(Version::new(0, 1, 0))
    }
}

fn version(object: &mut Object<'_>, key: &'static str, sink: &mut Sink) -> Option<Version> {
    let at = object.pointer().key(key);
    let text: &str = object.string(key, sink)?;
    match Version::parse(text) {
        Ok(version) => Some(version),
        Err(error) => {
            sink.error(
                &at,
                format!("`{text}` is not a version: {error}"),
                "write three numbers, such as `0.2.0` (https://semver.org)",
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Release;
    use crate::Source;

    fn read(text: &str) -> Result<Release, String> {
        let source = Source {
            name: "things-v1.crate.json".to_owned(),
            text: text.to_owned(),
        };
        Release::read(&source).map_err(|diagnostics| diagnostics.to_string())
    }

    #[test]
    fn crate_file_is_read_and_written_the_same() {
        let text = "{\n  \"baseline\": \"0.1.0\",\n  \"origin\": {\n    \"from\": \"https://x/\",\n    \
                    \"revision\": \"20260101\",\n    \"sha256\": \"ab\"\n  },\n  \"version\": \"0.2.0\"\n}\n";
        assert_eq!(read(text).unwrap().text(), text);
        assert_eq!(read("{}").unwrap().version().to_string(), "0.1.0");
    }

    #[test]
    fn crate_file_with_a_fault_is_refused_with_its_place() {
        let message = read("{\"version\": \"1.2\"}").unwrap_err();
        assert!(
            message.starts_with("things-v1.crate.json:1:2: error: `1.2` is not a version"),
            "{message}"
        );
        let message = read("{\"versoin\": \"1.2.0\"}").unwrap_err();
        assert!(message.contains("did you mean `version`?"), "{message}");
    }
}
