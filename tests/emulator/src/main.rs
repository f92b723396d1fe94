//! `photos-emulator`: the emulator as a program, for developing a client without a Google account.

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::pin::pin;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Parser;
use photos_emulator::{Config, Consent, Emulator, Log, LogLine, Quirks, Quotas};

/// A server of the Photos Library and Picker APIs on 127.0.0.1 that keeps albums and items in memory until it ends.
///
/// Point a client at the printed root URL in place of the service's, and use the printed
/// access token, or sign in at the printed OAuth endpoints. Every request is logged on standard error as one line:
/// the HTTP method, what was called, the status, and why where the reply does not say it.
#[derive(Debug, Parser)]
#[command(version)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
struct Arguments {
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

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> io::Result<()> {
    let emulator = Emulator::start_with(|config| configure(config, arguments)).await?;
    if arguments.seed_demo {
        emulator.seed_demo();
    }
    if !arguments.host.is_loopback() {
        // Nobody may be reading.
        let _ = writeln!(
            io::stderr(),
            "warning: listening on {}: everyone who reaches this machine can read and change everything in the \
             emulator, without a token of their own",
            arguments.host
        );
    }
    // Ctrl-C counts from before the program says that it is ready.
    let mut ended = pin!(tokio::signal::ctrl_c());
    tokio::select! {
        biased;
        result = &mut ended => return result,
        () = std::future::ready(()) => {}
    }
    // Written at once, since a program that reads it may be waiting.
    let mut out = io::stdout();
    writeln!(
        out,
        "{}\nCtrl-C ends it, and everything in it is gone.",
        emulator.instructions()
    )?;
    out.flush()?;
    ended.await
}

fn configure(config: &mut Config, arguments: &Arguments) {
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
    // A closed standard error is no reason to stop serving.
    let _ = writeln!(
        io::stderr(),
        "{:6} {:28} {}{note}",
        line.http_method,
        line.method_id,
        line.status
    );
}
