//! The names that an emitted crate may have: a short list, so that no document can choose another.
//!
//! Everything here is ASCII, so that equality and case folding mean the same on every disk.

use std::borrow::Borrow;

use crate::error::{Error, ErrorKind};
use crate::manifest::MANIFEST;

/// The longest name of one folder or file, in bytes; what every file system can hold.
const LONGEST_SEGMENT: usize = 255;
/// The longest path inside a crate's folder, in bytes.
const LONGEST_PATH: usize = 1_024;

const ALLOWED: &str = "an emitted crate holds `Cargo.toml`, `README.md`, `CHANGELOG.md`, `LICENSE*`, \
                       and `.rs` files under `src`, `examples`, `tests` and `benches`";

/// A path of a file relative to its crate's folder, `/`-separated; or the manifest's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FilePath(String);

impl FilePath {
    /// Accepts the files that crates consist of, and nothing else: no `build.rs`, no dot files,
    /// no way up or out.
    pub(crate) fn parse(path: &str) -> Result<Self, Error> {
        match fault(path) {
            Some(fault) => Err(refuse(path, &fault, ALLOWED)),
            None => Ok(Self(path.to_owned())),
        }
    }

    /// The manifest's own path, the one dot file.
    pub(crate) fn manifest() -> Self {
        Self(MANIFEST.to_owned())
    }

    /// As [`FilePath::parse`], for the lists in which the manifest occurs.
    pub(crate) fn parse_or_manifest(path: &str) -> Result<Self, Error> {
        if path == MANIFEST {
            Ok(Self::manifest())
        } else {
            Self::parse(path)
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_manifest(&self) -> bool {
        self.0 == MANIFEST
    }

    /// The name of the file in its folder.
    pub(crate) fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folders that lead to the file, outermost first: `a`, `a/b` for `a/b/c.rs`.
    pub(crate) fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        let ends: Vec<usize> = self.0.match_indices('/').map(|(end, _)| end).collect();
        ends.into_iter().filter_map(|end| self.0.get(..end))
    }
}

/// Paths are looked up by their text, which orders as they do.
impl Borrow<str> for FilePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Accepts the name of a crate's folder, such as `photoslibrary-v1`.
pub(crate) fn check_folder(name: &str) -> Result<(), Error> {
    const HELP: &str =
        "a crate's folder is named `<name>-<version>` in letters, digits, `-`, `_` and `.`";
    match segment_fault(name, true) {
        Some(fault) => Err(refuse(name, &fault, HELP)),
        None => Ok(()),
    }
}

fn refuse(name: &str, fault: &str, help: &str) -> Error {
    let shown: String = name
        .chars()
        .take(100)
        .flat_map(char::escape_default)
        .collect();
    Error::new(ErrorKind::Name, format!("the name `{shown}` {fault}"), help)
}

fn fault(path: &str) -> Option<String> {
    if path.len() > LONGEST_PATH {
        return Some(format!(
            "has {} bytes; the limit is {LONGEST_PATH}",
            path.len()
        ));
    }
    if path.starts_with('/') {
        return Some("is absolute".to_owned());
    }
    let (folders, file) = path
        .rsplit_once('/')
        .map_or((None, path), |(a, b)| (Some(a), b));
    let named = folders.into_iter().flat_map(|folders| folders.split('/'));
    let broken = named
        .filter_map(|segment| segment_fault(segment, false))
        .chain(segment_fault(file, true))
        .next();
    if broken.is_some() {
        return broken;
    }
    let known = match folders {
        None => matches!(file, "Cargo.toml" | "README.md" | "CHANGELOG.md") || is_license(file),
        Some(folders) => {
            let top = folders.split('/').next().unwrap_or_default();
            let stem = file.strip_suffix(".rs").unwrap_or_default();
            matches!(top, "src" | "examples" | "tests" | "benches")
                && !stem.is_empty()
                && !stem.contains('.')
        }
    };
    (!known).then(|| "is not a file of an emitted crate".to_owned())
}

fn is_license(file: &str) -> bool {
    file.strip_prefix("LICENSE")
        .is_some_and(|rest| rest.is_empty() || (rest.starts_with('-') && !rest.contains('.')))
}

/// What is wrong with one step of a path.
fn segment_fault(segment: &str, dots: bool) -> Option<String> {
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || (dots && c == '.');
    if segment.is_empty() {
        return Some("has an empty part".to_owned());
    }
    if segment.len() > LONGEST_SEGMENT {
        return Some(format!("has a part longer than {LONGEST_SEGMENT} bytes"));
    }
    if segment == "." || segment == ".." {
        return Some(format!("has the part `{segment}`"));
    }
    if let Some(c) = segment.chars().find(|c| !allowed(*c)) {
        return Some(format!("has the character `{}`", c.escape_default()));
    }
    if segment.starts_with(['.', '-']) || segment.ends_with('.') {
        return Some("has a part that starts with `.` or `-` or ends with `.`".to_owned());
    }
    let stem = segment
        .split('.')
        .next()
        .unwrap_or(segment)
        .to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul");
    (device || numbered("com") || numbered("lpt"))
        .then(|| format!("has the part `{segment}`, which is a device on Windows"))
}

#[cfg(test)]
mod tests {
    use super::{FilePath, check_folder};

    #[test]
    fn files_of_a_crate_are_accepted() {
        for path in [
            "Cargo.toml",
            "README.md",
            "LICENSE",
            "LICENSE-MIT",
            "src/lib.rs",
            "src/projects/locations/r_2-x.rs",
            "examples/albums.rs",
            "src/build.rs",
            "src/console.rs",
            "src/com10.rs",
        ] {
            assert!(FilePath::parse(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for path in [
            "",
            ".",
            "..",
            "/",
            "/etc/passwd",
            "src",
            "src/",
            "src//lib.rs",
            "src/./lib.rs",
            "../x.rs",
            "src/../../x.rs",
            "src\\lib.rs",
            "C:\\x.rs",
            "C:x.rs",
            "src/a\0.rs",
            "src/a\n.rs",
            "src/%2e%2e%2fx.rs",
            "src/~.rs",
            "src/-x.rs",
            "src/.x.rs",
            "src/ä.rs",
            "src/\u{212a}.rs",
            "src/x.rs.",
            "src/x .rs",
            "src/con.rs",
            "src/AUX.rs",
            "src/nul/x.rs",
            "src/Com1.rs",
            "src/lpt9.rs",
            "build.rs",
            ".cargo/config.toml",
            "rust-toolchain",
            "rust-toolchain.toml",
            "clippy.toml",
            "rustfmt.toml",
            "Makefile",
            ".discovery-manifest.json",
            "src/a.b.rs",
            "src/.rs",
            "src/x.txt",
            "LICENSEX",
            "LICENSE-a.sh",
            "target/x.rs",
        ] {
            assert!(FilePath::parse(path).is_err(), "{path:?}");
        }
        assert!(FilePath::parse(&format!("src/{}.rs", "x".repeat(253))).is_err());
        assert!(FilePath::parse(&format!("src/{}x.rs", "x/".repeat(600))).is_err());
    }

    #[test]
    fn folder_names_are_single_and_plain() {
        for name in ["photoslibrary-v1", "chromewebstore-v1.1", "x_y"] {
            assert!(check_folder(name).is_ok(), "{name}");
        }
        for name in [
            "", ".", "..", ".git", "a/b", "/", "a\\b", "con", "x.", "-x", "x y", "a\0",
        ] {
            assert!(check_folder(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn folders_are_listed_outermost_first() {
        let path = FilePath::parse("src/a/b.rs").unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["src", "src/a"]);
        assert_eq!(path.name(), "b.rs");
    }
}
