//! What emitted crates cost the compiler: the processor time of one `cargo check` over all of them,
//! after everything that they depend on has been built.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::Row;
use super::check;
use crate::{Failure, Workspace};

/// Checks all crates that came out; the lines say what that took.
pub(super) fn measure(
    workspace: &Workspace,
    rows: &[Row],
    out: &Path,
    jobs: usize,
) -> Result<Vec<String>, Failure> {
    check::manifest(workspace, rows, out)?;
    // Nothing of an earlier run may be taken for up to date.
    let target = workspace.target().join("corpus-cpu");
    if target.exists() {
        std::fs::remove_dir_all(&target).map_err(|error| {
            Failure::failed(format!("cannot remove `{}`: {error}", target.display()))
        })?;
    }
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(out).arg("check").args(arguments);
        command.args(["--quiet", "--jobs", &jobs.to_string()]);
        command.env("CARGO_TARGET_DIR", &target);
        // As cargo builds what comes from a registry, from which users have the crates.
        command.env("CARGO_INCREMENTAL", "0");
        cpu(&mut command)
    };
    let dependencies = cargo(&["--package", "discovery-runtime"])?;
    let crates = cargo(&["--workspace", "--keep-going"])?;
    let lines: usize = rows.iter().map(|row| row.lines).sum();
    #[allow(clippy::cast_precision_loss)]
    let rate = crates.as_secs_f64() / (lines as f64 / 1000.0);
    Ok(vec![
        format!(
            "checking the crates took {:.1} CPU seconds, {:.1} ms for 1,000 lines",
            crates.as_secs_f64(),
            rate * 1000.0
        ),
        format!(
            "checking what they depend on took {:.1} more",
            dependencies.as_secs_f64()
        ),
    ])
}

/// Runs a command to its end: the processor time of it and of all that it started.
#[cfg(unix)]
fn cpu(command: &mut Command) -> Result<Duration, Failure> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    let used = || match getrusage(UsageWho::RUSAGE_CHILDREN) {
        Ok(usage) => Ok((usage.user_time() + usage.system_time()).num_microseconds()),
        Err(error) => Err(Failure::failed(format!(
            "the system does not say the processor time: {error}"
        ))),
    };
    let before = used()?;
    match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => {
            return Err(Failure::failed(format!(
                "`cargo check` ended with {status}"
            )));
        }
        Err(error) => return Err(Failure::failed(format!("cargo cannot be run: {error}"))),
    }
    Ok(Duration::from_micros((used()? - before).unsigned_abs()))
}

#[cfg(not(unix))]
fn cpu(_: &mut Command) -> Result<Duration, Failure> {
    Err(Failure::failed(
        "the processor time of other programs is measured on Unix only",
    ))
}
