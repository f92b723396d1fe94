//! Builds of their own, of what was emitted: files that are written if they differ, and cargo.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Writes what differs, so that nothing is built twice.
///
/// # Panics
///
/// The file cannot be written.
pub fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    let folder = path.parent().expect("a file is in a folder");
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Runs cargo in a folder, with a target folder; without the network if everything is there, as it
/// is where the runtime was built. The command comes first among the arguments.
///
/// # Panics
///
/// Cargo cannot be run.
pub fn cargo(
    folder: &Path,
    target: &Path,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Output {
    let (command, rest) = arguments.split_first().expect("a command is given");
    let run = |offline: bool| -> Output {
        Command::new(env!("CARGO"))
            .arg(command)
            .args(offline.then_some("--offline"))
            .args(rest)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_TERM_COLOR", "never")
            .envs(environment.iter().copied())
            .output()
            .unwrap_or_else(|error| panic!("cargo cannot be run: {error}"))
    };
    let output = run(true);
    if String::from_utf8_lossy(&output.stderr).contains("--offline") {
        return run(false);
    }
    output
}

/// What a command said, on both of its outputs.
///
/// # Panics
///
/// The command failed.
pub fn said(output: &Output) -> String {
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{said}");
    said
}
