//! The names that an emitted crate may have: a short list, so that no document can choose another.
//!
//! Everything here is ASCII, so that equality and case folding mean the same on every disk.

/// The files beside the folders of a crate.
const TOP: [&str; 6] = [
    "Cargo.toml",
    "API.txt",
    "README.md",
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];
/// The longest name of a folder or file, in bytes: what every file system can hold.
const LONGEST_PART: usize = 255;
/// The longest path inside a crate's folder, in bytes.
const LONGEST_PATH: usize = 1_024;

/// Whether this is the path of a file that crates consist of: no `build.rs`, no dot file, no way up
/// or out.
pub(super) fn is_file(path: &str) -> bool {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let is_known = match folders.split('/').next() {
        Some("src" | "examples" | "tests" | "benches") => file
            .strip_suffix(".rs")
            .is_some_and(|stem| !stem.contains('.')),
        Some("") => TOP.contains(&file),
        _ => false,
    };
    is_known && path.len() <= LONGEST_PATH && path.split('/').all(is_part)
}

/// Whether one step of a path, such as the name of a crate's folder, is plain, and can be created on
/// Windows too.
pub(super) fn is_part(part: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (1..=LONGEST_PART).contains(&part.len())
        && part.chars().all(is_plain)
        && !part.starts_with(['.', '-'])
        && !part.ends_with('.')
        && !is_device(part)
}

/// Windows takes these for devices, whatever the case and the ending:
/// <https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions>.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let number = ["com", "lpt"]
        .iter()
        .find_map(|port| stem.strip_prefix(port));
    matches!(&*stem, "con" | "prn" | "aux" | "nul")
        || matches!(number.map(str::as_bytes), Some([b'0'..=b'9']))
}

#[cfg(test)]
mod tests {
    use super::{is_file, is_part};

    #[test]
    fn files_of_a_crate_are_accepted() {
        for path in [
            "Cargo.toml",
            "README.md",
            "LICENSE-MIT",
            "src/lib.rs",
            "src/projects/locations/r_2-x.rs",
            "examples/albums.rs",
            "src/build.rs",
            "src/console.rs",
            "src/com10.rs",
        ] {
            assert!(is_file(path), "{path}");
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
            "LICENSE",
            "LICENSEX",
            "LICENSE-a.sh",
            "target/x.rs",
        ] {
            assert!(!is_file(path), "{path:?}");
        }
        assert!(!is_file(&format!("src/{}.rs", "x".repeat(253))));
        assert!(!is_file(&format!("src/{}x.rs", "x/".repeat(600))));
    }

    #[test]
    fn folder_names_are_single_and_plain() {
        for name in ["photoslibrary-v1", "chromewebstore-v1.1", "x_y"] {
            assert!(is_part(name), "{name}");
        }
        for name in [
            "", ".", "..", ".git", "a/b", "/", "a\\b", "con", "x.", "-x", "x y", "a\0",
        ] {
            assert!(!is_part(name), "{name:?}");
        }
    }
}
