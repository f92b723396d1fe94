//! What a call costs the process of a client: instructions, allocations, CPU time.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use benches::client::Cost;
use benches::{Case, server};

use super::builds::Programs;
use super::recorded::Recorded;
use super::table::{Table, median, ratio};

/// What the table shows.
pub(crate) const TEXT: &str = "\
A call against canned pages on loopback: 50 albums, 100 items, 50 creations, indented as the service
sends them unless a client asks otherwise. Instructions are counted by callgrind in the client's
process, allocations by its allocator; CPU time is the median of rounds that each run all clients.";

/// CPU time scatters by a twentieth from round to round.
const ROUNDS: usize = 21;

const CLIENTS: [&str; 3] = ["ours", "published", "by_hand"];

/// Runs every client through every case.
pub(crate) fn measure(programs: &Programs, quick: bool, recorded: &mut Recorded) -> Result<Table> {
    let server = format!("http://{}/", server::start()?);
    let callgrind = has_callgrind();
    if !callgrind {
        eprintln!("valgrind is not installed: instructions are not counted");
    }
    let mut table = Table::new(&[
        "call",
        "instructions, ours / by hand",
        "ours / published",
        "allocations, ours / by hand",
        "ours / published",
        "CPU, ours / by hand",
        "ours / published",
        "32 at once, ours / by hand",
        "ours / published",
    ]);
    for case in Case::ALL {
        let run = Run {
            programs,
            server: &server,
            case,
            entries: case.entries(),
        };
        let mut row = vec![case.method().to_owned()];
        let mut pair = |name: &str, [ours, published, by_hand]: [f64; 3], record: bool| {
            row.extend([ratio(ours / by_hand), ratio(ours / published)]);
            if record {
                recorded.add(
                    format!("{} {name}, ours / by hand", case.method()),
                    ours / by_hand,
                );
            }
        };
        if callgrind {
            pair(
                "instructions",
                run.each(|client| run.instructions(client, 50))?,
                true,
            );
        } else {
            pair("instructions", [f64::NAN; 3], false);
        }
        pair(
            "allocations",
            run.each(|client| run.allocations(client))?,
            true,
        );
        for at_once in [1, 32] {
            let costs = if quick {
                [f64::NAN; 3]
            } else {
                run.cpu(at_once)?
            };
            pair("CPU", costs, false);
        }
        table.push(
            row.into_iter()
                .map(|cell| cell.replace("NaN", "-"))
                .collect(),
        );
    }
    Ok(table)
}

/// A case in which all clients are compared.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) programs: &'a Programs,
    pub(super) server: &'a str,
    pub(super) case: Case,
    pub(super) entries: usize,
}

impl Run<'_> {
    /// Ours, the published one, the one by hand.
    pub(super) fn each(&self, measure: impl Fn(&str) -> Result<f64>) -> Result<[f64; 3]> {
        let [ours, published, by_hand] = CLIENTS.map(measure);
        Ok([ours?, published?, by_hand?])
    }

    /// Instructions a call: those of so many calls more than a few, which leaves the start out.
    pub(super) fn instructions(&self, client: &str, calls: usize) -> Result<f64> {
        let few = calls / 5;
        let count = |calls| {
            let command = callgrind(self.programs.path(client));
            collected(self.arguments(command, calls, 1))
        };
        #[allow(clippy::cast_precision_loss)]
        Ok((count(few + calls)? - count(few)?) / calls as f64)
    }

    #[allow(clippy::cast_precision_loss)]
    pub(super) fn allocations(&self, client: &str) -> Result<f64> {
        Ok(self.cost(client, 100, 1)?.allocations as f64 / 100.0)
    }

    /// CPU time relative to the client by hand, as medians of the rounds' own ratios.
    #[allow(clippy::cast_precision_loss)]
    fn cpu(&self, at_once: usize) -> Result<[f64; 3]> {
        let mut ratios = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            let costs = self.each(|client| Ok(self.cost(client, 2000, at_once)?.cpu as f64))?;
            for (ratios, cost) in ratios.iter_mut().zip(costs) {
                ratios.push(cost / costs[2]);
            }
        }
        Ok(ratios.map(median))
    }

    fn cost(&self, client: &str, calls: usize, at_once: usize) -> Result<Cost> {
        let command = Command::new(self.programs.path(client));
        let output = self.arguments(command, calls, at_once).output()?;
        if !output.status.success() {
            bail!("{client}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    fn arguments(&self, mut command: Command, calls: usize, at_once: usize) -> Command {
        let case = match self.case {
            Case::AlbumsList => "albums-list",
            Case::Search => "search",
            Case::BatchCreate => "batch-create",
        };
        command.args(["--server", self.server, "--case", case]);
        command.args(["--entries", &self.entries.to_string()]);
        command.args([
            "--calls",
            &calls.to_string(),
            "--at-once",
            &at_once.to_string(),
        ]);
        command
    }
}

/// Whether instructions can be counted.
pub(super) fn has_callgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}

/// A program whose instructions are counted.
pub(super) fn callgrind(program: &Path) -> Command {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(program);
    command
}

/// How many instructions it took.
pub(super) fn collected(mut command: Command) -> Result<f64> {
    let output = command.output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find_map(|line| line.split_once("Collected :"));
    let (_, figure) = line.with_context(|| format!("callgrind gave no count: {text}"))?;
    Ok(figure.trim().parse()?)
}

impl Programs {
    fn path(&self, client: &str) -> &Path {
        match client {
            "ours" => &self.ours,
            "published" => &self.published,
            _ => &self.by_hand,
        }
    }
}
