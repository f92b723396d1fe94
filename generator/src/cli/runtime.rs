//! What `--runtime` says: a version of the runtime, or the folder that it is in.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use discovery_generator::RuntimeDependency;

/// Reads the argument; a crate that is emitted into `out` is to depend on the result.
///
/// A path is relative to the current folder, as paths on a command line are. In the manifest it is
/// relative to the crate, so that the output says nothing about the machine.
pub(super) fn dependency(argument: &str, out: &Path) -> Result<RuntimeDependency, String> {
    if looks_like_version(argument) {
        return Ok(RuntimeDependency::Version(argument.to_owned()));
    }
    let runtime = Path::new(argument);
    if !runtime.join("Cargo.toml").is_file() {
        return Err(format!(
            "`{argument}` is neither a version nor a folder with a `Cargo.toml`\n  \
             help: give `--runtime` a version such as `0.1`, or the folder of `discovery-runtime`"
        ));
    }
    let failed =
        |error| format!("`{argument}` cannot be resolved: {error}\n  help: check `--runtime`");
    let runtime = runtime.canonicalize().map_err(failed)?;
    let out = resolve(out).map_err(failed)?;
    // The crate's folder is one level below the output folder, whatever its name.
    let path = relative(&runtime, &out.join("crate"));
    path.to_str()
        .map(|path| RuntimeDependency::Path(path.to_owned()))
        .ok_or_else(|| format!("`{argument}` is not UTF-8\n  help: give `--runtime` a plain path"))
}

fn looks_like_version(argument: &str) -> bool {
    argument.starts_with(|c: char| c.is_ascii_digit() || "^~=<>*".contains(c))
        && !argument.contains(['/', '\\'])
}

/// The real path of a folder that may not exist yet.
fn resolve(path: &Path) -> std::io::Result<PathBuf> {
    match (path.canonicalize(), path.parent(), path.file_name()) {
        (Ok(real), ..) => Ok(real),
        (Err(_), Some(parent), Some(name)) => {
            let parent = if parent == OsStr::new("") {
                Path::new(".")
            } else {
                parent
            };
            Ok(resolve(parent)?.join(name))
        }
        (Err(error), ..) => Err(error),
    }
}

/// How to get to `to` from the folder `from`; both are real and absolute.
fn relative(to: &Path, from: &Path) -> PathBuf {
    let common = to
        .components()
        .zip(from.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{looks_like_version, relative};

    #[test]
    fn paths_are_relative_to_the_crate() {
        for (runtime, krate, expected) in [
            ("/a/runtime", "/a/generated/crate", "../../runtime"),
            ("/a/generated/runtime", "/a/generated/crate", "../runtime"),
            ("/b/c", "/a/crate", "../../b/c"),
            ("/", "/a/crate", "../.."),
        ] {
            assert_eq!(
                relative(Path::new(runtime), Path::new(krate)),
                Path::new(expected)
            );
        }
    }

    #[test]
    fn versions_are_told_from_paths() {
        for version in ["0.1", "1.2.3", "^1", "=0.1.0", ">=1, <2", "~1.2", "*"] {
            assert!(looks_like_version(version), "{version}");
        }
        for path in [
            "../runtime",
            "./0.1",
            "runtime",
            "/runtime",
            "0.1/runtime",
            ".",
        ] {
            assert!(!looks_like_version(path), "{path}");
        }
    }
}
