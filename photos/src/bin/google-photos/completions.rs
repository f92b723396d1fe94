//! `google-photos completions`.

use std::io::{self, Write as _};

use clap_complete::Shell;

use crate::end::End;

/// Print what completes these commands in a shell
///
/// Such as: google-photos completions bash > ~/.local/share/bash-completion/completions/google-photos
#[derive(clap::Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, mut command: clap::Command) -> anyhow::Result<End> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "google-photos", &mut script);
        io::stdout().write_all(&script)?;
        Ok(End::Done)
    }
}
