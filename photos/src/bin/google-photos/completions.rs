//! `google-photos completions`.

use std::io::{self, Write as _};

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::arguments::Arguments;
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
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let mut script = Vec::new();
        let mut command = Arguments::command();
        clap_complete::generate(self.shell, &mut command, "google-photos", &mut script);
        io::stdout().write_all(&script)?;
        Ok(End::Done)
    }
}
