//! The names that an emitted crate may have: a short list, so that no document can choose another.
//!
//! Everything here is ASCII, so that equality and case folding mean the same on every disk.

use super::Error;

/// The longest name of a folder or file, in bytes: what every file system can hold.
const LONGEST_PART: usize = 255;
/// The longest path inside a crate's folder, in bytes.
const LONGEST_PATH: usize = 1_024;

/// Accepts the name of a crate's folder, such as `photoslibrary-v1`.
pub(super) fn check_folder(name: &str) -> Result<(), Error> {
    const HELP: &str =
        "a crate's folder is named `<name>-<version>` in letters, digits, `-`, `_` and `.`";
    part_fault(name, true).map_or(Ok(()), |fault| Err(refuse(name, &fault, HELP)))
}

/// Accepts the files that crates consist of, and nothing else: no `build.rs`, no dot files, no way
/// up or out.
pub(super) fn check_file(path: &str) -> Result<(), Error> {
    const HELP: &str = "an emitted crate holds `Cargo.toml`, `API.txt`, `README.md`, `CHANGELOG.md`, \
                        `LICENSE*`, and `.rs` files under `src`, `examples`, `tests` and `benches`";
    file_fault(path).map_or(Ok(()), |fault| Err(refuse(path, &fault, HELP)))
}

fn refuse(name: &str, fault: &str, help: &str) -> Error {
    let shown: String = name.chars().take(100).collect();
    Error::new(
        format!("the name `{}` {fault}", shown.escape_default()),
        help,
    )
}

fn file_fault(path: &str) -> Option<String> {
    if path.len() > LONGEST_PATH {
        return Some(format!("is longer than {LONGEST_PATH} bytes"));
    }
    let (folders, file) = match path.rsplit_once('/') {
        Some((folders, file)) => (Some(folders), file),
        None => (None, path),
    };
    let folder_fault =
        folders.and_then(|folders| folders.split('/').find_map(|part| part_fault(part, false)));
    if let Some(fault) = folder_fault.or_else(|| part_fault(file, true)) {
        return Some(fault);
    }
    let is_known = match folders.and_then(|folders| folders.split('/').next()) {
        None => {
            matches!(
                file,
                "Cargo.toml" | "API.txt" | "README.md" | "CHANGELOG.md"
            ) || is_license(file)
        }
        Some(top) => {
            let stem = file.strip_suffix(".rs").unwrap_or_default();
            matches!(top, "src" | "examples" | "tests" | "benches")
                && !stem.is_empty()
                && !stem.contains('.')
        }
    };
    (!is_known).then(|| "is not a file of an emitted crate".to_owned())
}

fn is_license(file: &str) -> bool {
    file.strip_prefix("LICENSE")
        .is_some_and(|rest| rest.is_empty() || (rest.starts_with('-') && !rest.contains('.')))
}

/// What is wrong with one step of a path.
fn part_fault(part: &str, dots: bool) -> Option<String> {
    let is_allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || (dots && c == '.');
    if part.is_empty() {
        return Some("has an empty part".to_owned());
    }
    if part.len() > LONGEST_PART {
        return Some(format!("has a part longer than {LONGEST_PART} bytes"));
    }
    if let Some(c) = part.chars().find(|c| !is_allowed(*c)) {
        return Some(format!("has the character `{}`", c.escape_default()));
    }
    if part.starts_with(['.', '-']) || part.ends_with('.') {
        return Some("has a part that starts with `.` or `-` or ends with `.`".to_owned());
    }
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let is_numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul");
    (is_device || is_numbered("com") || is_numbered("lpt"))
        .then(|| format!("has the part `{part}`, which is a device on Windows"))
}

#[cfg(test)]
mod tests {
    use super::{check_file, check_folder};

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
            assert!(check_file(path).is_ok(), "{path}");
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
            assert!(check_file(path).is_err(), "{path:?}");
        }
        assert!(check_file(&format!("src/{}.rs", "x".repeat(253))).is_err());
        assert!(check_file(&format!("src/{}x.rs", "x/".repeat(600))).is_err());
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
}
