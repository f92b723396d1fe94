//! `soak`: hostile input and random faults for minutes. The work is done by the package `fuzz`, which
//! is built for it alone: the other verbs have to run while what it tests does not compile.

use std::ffi::OsString;
use std::process::Command;

use crate::{Failure, Workspace};

/// Runs it with these arguments; it prints its own progress, table and failures.
///
/// # Errors
///
/// It found something, or could not run.
pub fn run(workspace: &Workspace, arguments: &[OsString]) -> Result<(), Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(&workspace.root)
        .args([
            "run",
            "--quiet",
            "--profile",
            "soak",
            "--package",
            "fuzz",
            "--",
        ])
        .args(arguments)
        .status()
        .map_err(|error| Failure::failed(format!("cargo cannot be started: {error}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::failed("the soak has found a failure".to_owned()))
}
