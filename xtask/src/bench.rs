//! Runs the measurements, which are a workspace of their own: they build peers that nothing else needs.

use std::process::Command;

use crate::{Failure, Workspace};

/// Builds and runs `benches/` with these arguments; it prints its tables by itself.
///
/// # Errors
///
/// It does not build, a measurement failed, or a recorded figure has grown.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--release", "--locked", "--quiet", "--manifest-path"]);
    command.arg(workspace.benches().join("Cargo.toml"));
    command
        .arg("--target-dir")
        .arg(workspace.target().join("bench"));
    match command.arg("--").args(arguments).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::failed(format!(
            "the measurements ended with {status}"
        ))),
        Err(error) => Err(Failure::failed(format!("cargo cannot be run: {error}"))),
    }
}
