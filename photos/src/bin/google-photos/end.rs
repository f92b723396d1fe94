//! How a command ended: its exit code, and what is said about an error.

use std::error::Error as StdError;
use std::io;
use std::process::ExitCode;

use discovery_runtime::oauth::OAuthError;
use discovery_runtime::{Error, OneLine};
use google_photos::StopReason;

use crate::account::NoClient;

/// The exit codes, as the help has them.
pub(crate) const HELP: &str = "\
Exit codes:
  0    everything was done
  1    it failed; standard error says why
  2    the command line is wrong
  3    some files or items failed or were rejected, and the rest was done
  4    nobody is signed in, or access was not allowed: run `google-photos login`
  5    it stopped early, such as for a quota or the network: run it again for what is left
  130  it was interrupted with Ctrl-C: run it again for what is left";

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    Failed,
    Partly,
    SignIn,
    Stopped,
    Interrupted,
}

impl End {
    /// Says on standard error what went wrong, and what to do. `server` is the one in place of
    /// Google's.
    pub(crate) fn report(error: &anyhow::Error, server: Option<&str>) -> Self {
        if is_closed_pipe(error) {
            // Whoever read the output has enough of it, as `head` has.
            return Self::Done;
        }
        let mut lines = Vec::new();
        for cause in error.chain() {
            let text = cause.to_string();
            let shown: Vec<_> = text.lines().map(|line| OneLine(line).to_string()).collect();
            let line = shown.join("\n  ");
            // Many errors repeat their cause.
            if !lines.iter().any(|said: &String| said.contains(&line)) {
                lines.push(line);
            }
        }
        eprintln!("error: {}", lines.join("\n  because: "));
        let end = if needs_sign_in(error) {
            Self::SignIn
        } else {
            Self::Failed
        };
        if end == Self::SignIn && !lacks_client(error) {
            eprintln!("run `google-photos login` to sign in");
        }
        if let Some(server) = server.filter(|_| is_unreachable(error)) {
            let server = OneLine(server);
            eprintln!("is there a server at {server}? `google-photos emulator` starts one");
        }
        end
    }

    /// How a run ended that stopped before its end.
    pub(crate) fn of_stop(reason: StopReason) -> Self {
        match reason {
            StopReason::Requested => Self::Interrupted,
            StopReason::Access => Self::SignIn,
            StopReason::Album | StopReason::Journal => Self::Failed,
            _ => Self::Stopped,
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Partly => 3,
            Self::SignIn => 4,
            Self::Stopped => 5,
            Self::Interrupted => 130,
        }
    }
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(end.code())
    }
}

/// All causes of an error on one line, as they are said about a file.
pub(crate) fn causes(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let cause = error.to_string();
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
        source = error.source();
    }
    OneLine(&text).to_string()
}

/// Whether the error itself says how to sign in for the first time.
fn lacks_client(error: &anyhow::Error) -> bool {
    error.chain().any(<dyn StdError>::is::<NoClient>)
}

fn needs_sign_in(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let call = cause.downcast_ref::<Error>();
        let sign_in = cause.downcast_ref::<OAuthError>();
        cause.is::<NoClient>()
            || call.is_some_and(|error| error.needs_sign_in() || error.is_unauthenticated())
            || sign_in.is_some_and(|error| error.needs_sign_in() || error.is_access_denied())
    })
}

fn is_unreachable(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<Error>().is_some_and(Error::is_connect))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
