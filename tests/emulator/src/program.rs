//! The emulator as a program: its command line, for `photos-emulator` and for programs that have it as a command.

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::pin::pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Args;

use crate::config::{Config, Consent, Log, LogLine, Quirks};
use crate::emulator::Emulator;
use crate::quota::Quotas;

// A doc comment would become the help of whatever command has these.
#[allow(missing_docs, reason = "see above")]
#[derive(Debug, Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub struct Program {
    /// Address to listen on, such as 0.0.0.0 in a container; everyone who reaches it can read and change everything
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: IpAddr,

    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 8085)]
    port: u16,

    /// Reply with the service's odd habits: short, empty and repeating pages, trailing page tokens, status 207
    #[arg(long)]
    quirks: bool,

    /// Open the sharing methods and scopes that were removed on 2025-03-31
    #[arg(long)]
    legacy_sharing: bool,

    /// Start with demo photos, a video and two albums
    #[arg(long)]
    seed_demo: bool,

    /// Enforce the service's limits: 10,000 requests a day, 30 writes a minute and user
    #[arg(long)]
    quotas: bool,

    /// Accept only tokens and OAuth clients that the emulator knows
    #[arg(long)]
    strict_tokens: bool,

    /// Show a consent page in place of granting every sign-in
    #[arg(long)]
    consent: bool,

    /// Lifetime of access tokens that sign-in gives, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 3599)]
    token_lifetime: u64,

    /// How many reads of a new video say PROCESSING before it is READY
    #[arg(long, value_name = "N", default_value_t = 1)]
    processing_reads: u32,
}

impl Program {
    /// Serves until Ctrl-C, with a line on standard error for each request. `ready` is called when clients can connect.
    ///
    /// # Errors
    /// The port cannot be bound, or `ready` fails.
    pub async fn run(&self, ready: impl FnOnce(&Emulator) -> io::Result<()>) -> io::Result<()> {
        let emulator = Emulator::start_with(|config| configure(config, self)).await?;
        if self.seed_demo {
            emulator.seed_demo();
        }
        if !self.host.is_loopback() {
            // Nobody may be reading.
            let _ = writeln!(
                io::stderr(),
                "warning: listening on {}: everyone who reaches this machine can read and change everything in the \
                 emulator, without a token of their own",
                self.host
            );
        }
        // Ctrl-C counts from before the program says that it is ready.
        let mut ended = pin!(tokio::signal::ctrl_c());
        tokio::select! {
            biased;
            result = &mut ended => return result,
            () = std::future::ready(()) => {}
        }
        ready(&emulator)?;
        ended.await
    }
}

fn configure(config: &mut Config, arguments: &Program) {
    config.host = arguments.host;
    config.port = arguments.port;
    config.developer_mode = !arguments.strict_tokens;
    config.legacy_sharing = arguments.legacy_sharing;
    config.access_token_lifetime = Duration::from_secs(arguments.token_lifetime);
    config.video_processing_reads = arguments.processing_reads;
    if arguments.quirks {
        config.quirks = Quirks::all();
    }
    if arguments.quotas {
        config.quotas = Quotas::service();
    }
    if arguments.consent {
        config.consent = Consent::Ask;
    }
    // Nobody looks at recorded requests here, and a long run must not keep them.
    config.recorded_requests = 0;
    // Tokens of an earlier run must not work in this one.
    let started = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    config.seed = u64::try_from(started.as_nanos()).unwrap_or_default();
    config.log = Some(Log::new(log));
}

fn log(line: &LogLine<'_>) {
    let note = line
        .note
        .map(|note| format!("  ({note})"))
        .unwrap_or_default();
    let line = format!(
        "{:6} {:28} {}{note}\n",
        line.http_method, line.method_id, line.status
    );
    // In one piece: lines of several connections do not mix. A closed standard error is no reason to stop serving.
    let _ = io::stderr().write_all(line.as_bytes());
}
