//! How the programs run their cases and say what came of each.

use std::error::Error;
use std::fmt::Debug;
use std::process::ExitCode;
use std::time::Duration;

/// How long a case may take, its retries included.
const CASE: Duration = Duration::from_secs(60);

/// What came of a case, or of a step of one.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// The outcomes of the cases that ran.
pub struct Report {
    server: String,
    rows: Vec<(String, Result<(), String>)>,
}

impl Report {
    /// A report without cases, and the address of the server: both from the command line.
    pub fn from_arguments() -> (Self, String) {
        let mut arguments = std::env::args().skip(1);
        let server = arguments.next().expect("the first argument is the name of the server");
        let address = arguments.next().expect("the second argument is the address of the server");
        println!("{server} at {address}");
        (Self { server, rows: Vec::new() }, address)
    }

    /// The name of the server.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Runs a case and prints what came of it.
    pub async fn case(&mut self, name: impl Into<String>, run: impl Future<Output = Outcome>) {
        let name = name.into();
        let outcome = match tokio::time::timeout(CASE, run).await {
            Ok(outcome) => outcome.map_err(|error| error.to_string()),
            Err(_) => Err(format!("it did not end within {} s", CASE.as_secs())),
        };
        match &outcome {
            Ok(()) => println!("ok: {name}"),
            Err(error) => println!("FAILED: {name}: {error}"),
        }
        self.rows.push((name, outcome));
    }

    /// Prints the table of all cases. It is a failure if one of them failed.
    pub fn finish(self) -> ExitCode {
        let failed = self.rows.iter().filter(|(_, outcome)| outcome.is_err()).count();
        let width = self.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        println!("\n{}: {} of {} cases failed", self.server, failed, self.rows.len());
        for (name, outcome) in &self.rows {
            println!("  {name:width$}  {}", if outcome.is_ok() { "ok" } else { "FAILED" });
        }
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// That what was found is what was expected.
pub fn equal<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Outcome {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what} is {found:?}, expected {expected:?}").into())
}

/// That something holds.
pub fn holds(what: &str, condition: bool) -> Outcome {
    if condition { Ok(()) } else { Err(format!("it does not hold that {what}").into()) }
}

/// The error of a call that has to fail.
pub fn failure<T: Debug, E>(result: Result<T, E>) -> Outcome<E> {
    match result {
        Ok(value) => Err(format!("expected an error, but the response is {value:?}").into()),
        Err(error) => Ok(error),
    }
}

/// Bytes that do not repeat within a chunk, so that a lost or doubled piece is seen.
pub fn content(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}
