//! A repository in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;
use xtask::{Failure, Workspace, changes, codegen};

/// A repository with one document and its crate, all committed.
pub(crate) struct Repository {
    folder: TempDir,
    pub(crate) workspace: Workspace,
    /// What the names of the files of the document begin with.
    stem: &'static str,
}

impl Repository {
    /// One with a small document.
    pub(crate) fn minimal() -> Self {
        let repository = Self::empty("minimal-v1");
        let document = fs::read_to_string("../tests/fixtures/minimal.json").unwrap();
        repository.put("minimal-v1.json", &document);
        repository.put(
            "minimal-v1.crate.json",
            "{\"baseline\": \"0.1.0\", \"version\": \"0.1.0\"}",
        );
        repository.put(
            "minimal-v1.changelog.md",
            "# Changelog\n\n## 0.1.0\n\nThe first version.\n",
        );
        repository.committed()
    }

    /// One with the document of Photos, our texts and our overrides.
    pub(crate) fn photos() -> Self {
        let repository = Self::empty("photoslibrary-v1");
        let discovery = Path::new("../discovery");
        for ending in [
            "json",
            "prose.json",
            "overrides.json",
            "crate.json",
            "changelog.md",
        ] {
            let name = format!("photoslibrary-v1.{ending}");
            let text = fs::read_to_string(discovery.join(&name)).unwrap();
            repository.put(&name, &text);
        }
        repository.committed()
    }

    fn empty(stem: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // What the command takes for a checkout.
        for name in ["discovery", "xtask"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("xtask/Cargo.toml"), "").unwrap();
        let manifest = format!(
            "[workspace.dependencies]\n# The client.\n\
             google-{stem} = {{ path = \"generated/{stem}\", version = \"0.1.0\" }}\n"
        );
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        let workspace = Workspace::at(folder.path()).unwrap();
        Self {
            folder,
            workspace,
            stem,
        }
    }

    fn committed(self) -> Self {
        codegen::run(&self.workspace, codegen::Options::default()).unwrap();
        self.git(&["init", "--quiet"]);
        self.commit("First");
        self
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        fs::write(self.path(&format!("discovery/{name}")), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// What git prints.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let done = Command::new("git")
            .args(["-c", "user.name=T", "-c", "user.email=t@example.com"])
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "git {arguments:?}: {done:?}");
        String::from_utf8(done.stdout).unwrap()
    }

    /// What `cargo xtask` prints, and the status it exits with.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> (i32, String) {
        let done = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = [done.stdout, done.stderr].concat();
        (
            done.status.code().unwrap(),
            String::from_utf8(text).unwrap(),
        )
    }

    pub(crate) fn edit(&self, edit: impl FnOnce(&mut Value)) {
        self.edit_file("json", edit);
    }

    /// Edits a file of the document, such as that of its `prose.json`.
    pub(crate) fn edit_file(&self, ending: &str, edit: impl FnOnce(&mut Value)) {
        let path = self.path(&format!("discovery/{}.{ending}", self.stem));
        let mut document = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        edit(&mut document);
        fs::write(&path, serde_json::to_string_pretty(&document).unwrap()).unwrap();
    }

    pub(crate) fn changes(&self, markdown: bool) -> String {
        let options = changes::Options {
            documents: None,
            markdown,
        };
        changes::run(&self.workspace, &options).unwrap().join("\n")
    }

    pub(crate) fn check(&self) -> String {
        let failure = codegen::check(&self.workspace).unwrap_err();
        assert!(matches!(failure, Failure::Outdated(_)), "{failure}");
        failure.to_string()
    }
}
