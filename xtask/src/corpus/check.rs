//! Compiles, lints and documents emitted crates, one after another in one target folder, so that
//! memory stays bounded and what they share is built once.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::Row;
use crate::{Failure, Workspace};

/// Checks every crate that came out.
pub(super) fn all(
    workspace: &Workspace,
    rows: &mut [Row],
    out: &Path,
    jobs: usize,
) -> Result<(), Failure> {
    manifest(workspace, rows, out)?;
    let bar = super::table::bar(rows.len(), "checking");
    for row in rows.iter_mut() {
        bar.set_message(row.name.clone());
        if row.failure.is_none()
            && let Some(folder) = row.folder.clone()
        {
            let started = Instant::now();
            row.failure = one(workspace, out, &folder, row.methods, jobs).err();
            row.time += started.elapsed();
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// A workspace around the crates, with the versions that the repository is tested with.
pub(super) fn manifest(workspace: &Workspace, rows: &[Row], out: &Path) -> Result<(), Failure> {
    let members: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            row.folder
                .as_ref()
                .map(|folder| format!("    \"{folder}\",\n"))
        })
        .collect();
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n",
        members.concat()
    );
    let write = |name: &str, text: &str| {
        std::fs::write(out.join(name), text).map_err(|error| {
            Failure::failed(format!(
                "cannot write `{}`: {error}",
                out.join(name).display()
            ))
        })
    };
    write("Cargo.toml", &text)?;
    let lock = workspace.lock_file();
    match std::fs::read_to_string(&lock) {
        Ok(lock) => write("Cargo.lock", &lock),
        Err(error) => Err(Failure::failed(format!(
            "cannot read `{}`: {error}",
            lock.display()
        ))),
    }
}

fn one(
    workspace: &Workspace,
    out: &Path,
    folder: &str,
    methods: usize,
    jobs: usize,
) -> Result<(), (&'static str, String)> {
    let package = format!("google-{folder}");
    let cargo = |step: &'static str, arguments: &[&str], environment: &[(&str, &str)]| {
        let output = Command::new(env!("CARGO"))
            .current_dir(out)
            .args(arguments)
            .args(["--package", &package, "--jobs", &jobs.to_string()])
            .args(if step == "lint" {
                &["--", "-D", "warnings"][..]
            } else {
                &[]
            })
            .envs(environment.iter().copied())
            .env("CARGO_TARGET_DIR", workspace.target().join("corpus-target"))
            // Each crate is built once, and would leave what only a second build could use.
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .map_err(|error| (step, error.to_string()))?;
        let text = String::from_utf8_lossy(if step == "examples" {
            &output.stdout
        } else {
            &output.stderr
        });
        if output.status.success() {
            Ok(text.into_owned())
        } else {
            Err((step, tail(&output.stderr, &output.stdout)))
        }
    };
    cargo(
        "lint",
        &["clippy", "--quiet", "--all-targets", "--all-features"],
        &[],
    )?;
    cargo(
        "document",
        &["doc", "--quiet", "--no-deps", "--all-features"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    )?;
    let examples = cargo("examples", &["test", "--doc", "--all-features"], &[])?;
    // Each method has one example, and the front page has one: any other is text that became code.
    let expected = methods + 1;
    let found: usize = examples
        .lines()
        .filter_map(|line| {
            line.strip_prefix("running ")?
                .split(' ')
                .next()?
                .parse::<usize>()
                .ok()
        })
        .sum();
    if found == expected {
        Ok(())
    } else {
        Err((
            "examples",
            format!("{found} examples ran; {expected} were expected"),
        ))
    }
}

/// The end of what a command said.
fn tail(stderr: &[u8], stdout: &[u8]) -> String {
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(stdout),
        String::from_utf8_lossy(stderr)
    );
    let lines: Vec<&str> = text.lines().collect();
    lines
        .get(lines.len().saturating_sub(60)..)
        .unwrap_or_default()
        .join("\n")
}
