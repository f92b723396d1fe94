//! What transfers cost beside a bare loop on the same HTTP library, and what a folder of any size takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use benches::sink;
use benches::transfer::{Cost, peak};
use photos_emulator::{Emulator, sample_photo, sample_video, scopes};

use super::builds::{Programs, cargo};
use super::folder;
use super::table::{Table, median, ratio};

/// What the table shows.
pub(crate) const TEXT: &str = "\
Bytes on loopback, as ratios to a bare loop on the same HTTP library (`benches/src/bin/transfer_bare.rs`)
that does the same requests without journal, checksums, retries or limits, four files at a time. Speed
is the median of rounds that each run both, and above 1 is faster than the loop. Files become items at
the emulator, with a journal; it runs on the same cores, so that what ours does more (the SHA-1 of each
file, a journal) shows as time. A service that takes 10 ms for a request, which is little, hides it.
Other bytes go to and come from a server that does nothing else. `items()` is beside a loop of calls of the
generated crate: its 100 pages cost what 100 calls do.";

/// Measures transfers of several kinds.
pub(crate) fn measure(programs: &Programs, quick: bool) -> Result<Table> {
    let runs = Runs {
        programs,
        sink: format!("http://{}", sink::start()?),
        scratch: tempfile::tempdir()?,
    };
    let mut table = Table::new(&[
        "transfer",
        "speed, ours / bare",
        "CPU, ours / bare",
        "memory, MiB",
        "bare",
    ]);
    let files = if quick { &FILES[..1] } else { &FILES };
    for files in files {
        let rounds = if files.latency == 0 { 5 } else { 3 };
        table.push(runs.row(&files.name(), rounds, |program| runs.folder(program, files))?);
    }
    let sizes: &[u64] = if quick { &[64] } else { &[64, 1024] };
    for &mib in sizes {
        let path = runs.file(mib << 20)?;
        let path = path.to_string_lossy();
        let name = format!("upload of {mib} MiB");
        let arguments = ["upload", "--path", &path];
        table.push(runs.row(&name, ROUNDS, |program| runs.at_sink(program, &arguments))?);
        let name = format!("download of {mib} MiB");
        let bytes = (mib << 20).to_string();
        let arguments = ["download", "--bytes", &bytes, "--path", "."];
        table.push(runs.row(&name, ROUNDS, |program| runs.at_sink(program, &arguments))?);
    }
    table.push(runs.row("100 pages of 50 albums", 5, |program| {
        runs.at_sink(program, &["pages", "--path", "."])
    })?);
    Ok(table)
}

/// Files that become items.
struct Files {
    count: u32,
    /// In bytes.
    size: usize,
    /// How long each request is in flight at the emulator, in milliseconds.
    latency: u64,
}

const FILES: [Files; 4] = [
    Files::new(200, 4000, 0),
    Files::new(200, 4000, 10),
    Files::new(2000, 200_000, 0),
    Files::new(2000, 200_000, 10),
];

impl Files {
    const fn new(count: u32, size: usize, latency: u64) -> Self {
        Self {
            count,
            size,
            latency,
        }
    }

    fn name(&self) -> String {
        let (count, size) = (self.count, self.size / 1000);
        match self.latency {
            0 => format!("{count} files of {size} KB"),
            latency => format!("{count} files of {size} KB, {latency} ms a request"),
        }
    }
}

/// A gigabyte takes a third of a second here, or half of that: it depends on which cores they get.
const ROUNDS: usize = 21;

struct Runs<'a> {
    programs: &'a Programs,
    /// Where the server listens.
    sink: String,
    scratch: tempfile::TempDir,
}

impl Runs<'_> {
    /// A row of medians over rounds.
    fn row(
        &self,
        name: &str,
        rounds: usize,
        run: impl Fn(&Path) -> Result<Cost>,
    ) -> Result<Vec<String>> {
        let (mut speed, mut cpu) = (Vec::new(), Vec::new());
        let mut peaks = [0, 0];
        for round in 0..rounds {
            // Who is first changes: caches are warm for the second.
            let (ours, bare) = if round % 2 == 0 {
                let ours = run(&self.programs.transfer_ours)?;
                (ours, run(&self.programs.transfer_bare)?)
            } else {
                let bare = run(&self.programs.transfer_bare)?;
                (run(&self.programs.transfer_ours)?, bare)
            };
            speed.push(bare.seconds / ours.seconds);
            cpu.push(ours.cpu / bare.cpu);
            peaks = [peaks[0].max(ours.peak), peaks[1].max(bare.peak)];
        }
        let [ours, bare] = peaks.map(|kib| (kib / 1024).to_string());
        let (speed, cpu) = (ratio(median(speed)), ratio(median(cpu)));
        Ok(vec![name.to_owned(), speed, cpu, ours, bare])
    }

    /// Uploads files to an emulator in which nothing is yet.
    fn folder(&self, program: &Path, files: &Files) -> Result<Cost> {
        let server = Server::start()?;
        let latency = Duration::from_millis(files.latency);
        server
            .emulator
            .configure(|config| config.write_latency = latency);
        let folder = tempfile::tempdir_in(&self.scratch)?;
        for seed in 1..=files.count {
            let mut bytes = sample_photo(40, 30, seed).to_vec();
            bytes.extend(sample_video(files.size.saturating_sub(bytes.len()), seed));
            fs::write(folder.path().join(format!("{seed:05}.png")), bytes)?;
        }
        let path = folder.path().to_string_lossy();
        let token = server.emulator.token(&scopes::LIVE);
        let arguments = ["folder", "--path", &path, "--token", &token];
        run(program, &server.emulator.url(), &arguments)
    }

    fn at_sink(&self, program: &Path, arguments: &[&str]) -> Result<Cost> {
        run(program, &self.sink, arguments)
    }

    /// A file of so many bytes, most of which take no place on the disk.
    fn file(&self, bytes: u64) -> Result<PathBuf> {
        let path = self.scratch.path().join(format!("{bytes}.png"));
        fs::write(&path, sample_photo(40, 30, 1))?;
        fs::File::options()
            .write(true)
            .open(&path)?
            .set_len(bytes)?;
        Ok(path)
    }
}

fn run(program: &Path, server: &str, arguments: &[&str]) -> Result<Cost> {
    let mut command = Command::new(program);
    command.args(["--server", server, "--job"]).args(arguments);
    let output = command.output()?;
    if !output.status.success() {
        bail!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The emulator on a thread of its own.
struct Server {
    emulator: Emulator,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    fn start() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let emulator = runtime.block_on(Emulator::start())?;
        Ok(Self {
            emulator,
            _runtime: runtime,
        })
    }
}

/// What the table shows.
pub(crate) const FOLDERS: &str = "\
The most memory that the command `google-photos upload` has with a folder of 100,000 files: a dry run,
and a run that finds all of them in its journal. The limit is 64 MiB.";

/// How many files the folder has.
const IN_FOLDER: usize = 100_000;

/// Runs the command over a large folder.
pub(crate) fn folders() -> Result<Table> {
    let command = build_command()?;
    let server = Server::start()?;
    let scratch = tempfile::tempdir()?;
    let (photos, journal) = (
        scratch.path().join("photos"),
        scratch.path().join("journal"),
    );
    fs::create_dir(&photos)?;
    // Links to one file have its times and its number, so that a line of the journal for one of them
    // holds for all.
    let name = |index: usize| format!("IMG_{index:06}.png");
    let first = photos.join(name(0));
    fs::write(&first, sample_photo(40, 30, 1))?;
    for index in 1..IN_FOLDER {
        // A file has up to 65,000 names in common file systems.
        if index % 50_000 == 0 {
            fs::copy(&first, photos.join(name(index)))?;
        } else {
            fs::hard_link(
                photos.join(name(index / 50_000 * 50_000)),
                photos.join(name(index)),
            )?;
        }
    }
    // A file that was changed a moment ago has no time that could be relied on.
    std::thread::sleep(Duration::from_secs(3));
    let run = |paths: &[PathBuf], more: &[&str]| {
        let mut command = Command::new(&command);
        command.env("HOME", scratch.path());
        command.env("XDG_CONFIG_HOME", scratch.path().join("config"));
        command.args(["--server", &server.emulator.url(), "upload", "--json"]);
        watch(command.args(more).args(paths))
    };
    let dry = run(std::slice::from_ref(&photos), &["--dry-run"])?;
    let at = journal.to_string_lossy();
    let known = ["--journal", &at, "--account", "me"];
    let firsts = [0, 50_000].map(|index| photos.join(name(index)));
    run(&firsts, &known)?;
    spread(&journal, &firsts, name)?;
    let uploads = server.emulator.calls("uploads");
    let resumed = run(&[photos], &known)?;
    ensure!(
        server.emulator.calls("uploads") == uploads,
        "a file was sent"
    );
    let mut table = Table::new(&["run", "memory, MiB"]);
    for (name, kib) in [("dry", dry), ("resumed", resumed)] {
        table.push(vec![name.to_owned(), (kib / 1024).to_string()]);
    }
    Ok(table)
}

/// Writes lines for all files after the pattern of those of the first ones.
fn spread(journal: &Path, firsts: &[PathBuf], name: impl Fn(usize) -> String) -> Result<()> {
    let text = fs::read_to_string(journal)?;
    let mut new = text.clone();
    for (part, first) in firsts.iter().enumerate() {
        let kept = first.file_name().context("the path has no name")?;
        let kept = kept.to_string_lossy();
        let mut lines = text.lines().filter(|line| line.contains(&*kept));
        let line = lines
            .next_back()
            .context("the journal does not have the first file")?;
        let (_, id) = line.split_once("\"id\":\"").context("there is no item")?;
        let id = id.split('"').next().unwrap_or_default();
        let (_, digest) = line.split_once(":sha1:").context("there is no digest")?;
        let digest = digest.get(..40).context("the digest is short")?;
        for index in part * 50_000 + 1..(part + 1) * 50_000 {
            let other_digest = format!("{index:040x}");
            let line = line
                .replace(&*kept, &name(index))
                .replace(id, &format!("{id}{index}"))
                .replace(digest, &other_digest);
            new.push_str(&line);
            new.push('\n');
        }
    }
    Ok(fs::write(journal, new)?)
}

/// Runs a command to its end, and says how much memory it had at most, in KiB.
fn watch(command: &mut Command) -> Result<u64> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let mut most = 0;
    loop {
        most = peak(&child.id().to_string()).unwrap_or(most);
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "the command ended with {status}");
            return Ok(most);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Builds the command beside this program, from the workspace that it is in.
fn build_command() -> Result<PathBuf> {
    let target = std::env::current_exe()?;
    let target = target.ancestors().nth(2).context("no target folder")?;
    let mut build = cargo(&folder().join(".."));
    build.args([
        "build",
        "--release",
        "--locked",
        "--package",
        "google-photos",
    ]);
    build
        .args(["--features", "cli", "--target-dir"])
        .arg(target);
    ensure!(build.status()?.success(), "the command does not build");
    let name = format!("google-photos{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(name))
}
