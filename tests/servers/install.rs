//! Servers and clients of others: installed in pinned versions into a folder of the target folder,
//! once, or found on the machine.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder for what is installed for `name`.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("servers/installed")
        .join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Whether `packages` are installed there; otherwise `install` does it.
fn installed(folder: &Path, packages: &[&str], install: impl FnOnce() -> bool) -> bool {
    let (note, wanted) = (folder.join("installed.txt"), packages.join("\n"));
    if fs::read_to_string(&note).is_ok_and(|packages| packages == wanted) {
        return true;
    }
    let done = install();
    if done {
        fs::write(note, wanted).unwrap();
    } else {
        println!("skipped: {packages:?} cannot be installed here");
    }
    done
}

/// Whether a program runs and says that it succeeded.
fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether a program is there; if not, the test says that it is skipped.
fn is_there(program: &str) -> bool {
    let there = succeeds(Command::new(program).arg("--version").stderr(Stdio::null()));
    if !there {
        println!("skipped: there is no `{program}` here");
    }
    there
}

/// A Python with packages.
pub(crate) struct Python(PathBuf);

/// A virtual environment with `packages`; none if there is no Python.
pub(crate) fn python(name: &str, packages: &[&str]) -> Option<Python> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    if !is_there(python) {
        return None;
    }
    let folder = folder(name);
    let own = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    installed(&folder, packages, || {
        succeeds(Command::new(python).args(["-m", "venv"]).arg(&folder))
            && succeeds(
                Command::new(&own)
                    .args(["-m", "pip", "install", "--quiet"])
                    .args(packages),
            )
    })
    .then_some(Python(own))
}

impl Python {
    /// Runs a module.
    pub(crate) fn module(&self, name: &str, arguments: &[&str]) -> Command {
        self.command(["-m", name], arguments)
    }

    /// Runs the text of a program.
    pub(crate) fn program(&self, text: &str, arguments: &[&str]) -> Command {
        self.command(["-c", text], arguments)
    }

    fn command(&self, first: [&str; 2], arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(first).args(arguments);
        command
    }
}

/// A Node with packages.
pub(crate) struct Node(PathBuf);

/// A folder with `packages`; none if there is no Node.
pub(crate) fn node_packages(name: &str, packages: &[&str]) -> Option<Node> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if !is_there("node") || !is_there(npm) {
        return None;
    }
    let folder = folder(name);
    let options = [
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
    ];
    installed(&folder, packages, || {
        succeeds(Command::new(npm).args(options).arg(&folder).args(packages))
    })
    .then_some(Node(folder))
}

impl Node {
    /// Runs the text of a program.
    pub(crate) fn program(&self, text: &str) -> Command {
        let mut command = Command::new("node");
        command.args(["-e", text]).current_dir(&self.0);
        command
    }
}

/// A jar, and a Java for it.
pub(crate) struct Java(PathBuf);

/// A jar of the Google Cloud CLI; none if it or Java is not installed.
pub(crate) fn google_cloud_jar(folder: &str, name: &str) -> Option<Java> {
    google_cloud_file(&format!("platform/{folder}"), name)
        .filter(|_| is_there("java"))
        .map(Java)
}

/// The file of the Google Cloud CLI whose name begins like that; none if it is not installed. Its
/// packages are in no public registry.
pub(crate) fn google_cloud_file(folder: &str, name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("CLOUDSDK_ROOT_DIR");
    let root = root.unwrap_or_else(|| "/usr/lib/google-cloud-sdk".into());
    let folder = Path::new(&root).join(folder);
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let begins = |file: &OsStr| file.to_str().is_some_and(|file| file.starts_with(name));
    // Beside a jar there is a folder or a script with the same beginning in some versions.
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| begins(&entry.file_name()))
        .map(|entry| entry.path())
        .collect();
    found.sort_by_key(|path| path.extension() != Some(OsStr::new("jar")));
    if found.is_empty() {
        let folder = folder.display();
        println!("skipped: the Google Cloud CLI has no {name} in {folder}");
    }
    found.into_iter().next()
}

impl Java {
    /// Runs a class of the jar.
    pub(crate) fn class(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new("java");
        command.arg("-cp").arg(&self.0).arg(name).args(arguments);
        command
    }
}
