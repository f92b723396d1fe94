//! What a journal takes of the memory of its process.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use super::{Header, Identity, Journal, Key, Line, State, line};
use crate::upload::content::Content;

const PATH: &str = "JOURNAL_TEST_MEMORY_OF";

fn header() -> Header {
    Header::new("https://photoslibrary.googleapis.com/", None)
}

fn line(index: usize) -> Line {
    let file = format!("2024/Iceland and the Faroe Islands/IMG_{index:08}.jpg");
    let id = "A".repeat(70);
    let item = format!(
        r#"{{"id": "{id}{index}", "productUrl": "https://photos.google.com/lr/photo/{id}{index}",
        "mimeType": "image/jpeg", "filename": "IMG_{index:08}.jpg", "mediaMetadata":
        {{"creationTime": "2024-07-02T10:00:00Z", "width": "4032", "height": "3024", "photo": {{}}}}}}"#
    );
    Line {
        identity: Identity {
            content: Content::of(file.as_bytes()),
            fingerprint: Some(format!("3145728:1719914400000000000:1719914400.{index:09}")),
        },
        key: Key { file, album: None },
        state: State::Created {
            item: Box::new(serde_json::from_str(&item).unwrap()),
            already: false,
        },
    }
}

/// The most memory that this process had, in KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let mut words = line.unwrap().split_whitespace().skip(1);
    words.next().unwrap().parse().unwrap()
}

/// What a process of the test below does; nothing in a run of all tests.
#[test]
fn child() {
    let Some(path) = env::var_os(PATH) else {
        return;
    };
    let before = peak();
    let journal = Journal::open(Some(Path::new(&path)), &header()).unwrap();
    for index in (0..COUNT).step_by(500) {
        let known = line(index);
        let (key, identity) = (known.key, known.identity);
        let content = journal.content(&key.file, identity.fingerprint.as_ref().unwrap());
        assert_eq!(content.unwrap(), Some(identity.content));
        let state = journal.find(&key, &identity).unwrap().unwrap();
        let id = state.item().unwrap().id.clone().unwrap();
        assert!(id.ends_with(&index.to_string()) && journal.has_item(&id));
    }
    println!("KIB={}", peak() - before);
    std::process::exit(0);
}

/// Enough of them that what one takes can be told from what the process takes.
const COUNT: usize = 10_000;

/// One that was left by a run, and one whose lines were written twice.
#[test]
fn a_long_journal_takes_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("upload.journal");
    drop(Journal::open(Some(&path), &header()).unwrap());
    for runs in [1, 2] {
        let file = fs::File::options().append(true).open(&path).unwrap();
        let mut file = std::io::BufWriter::new(file);
        for index in 0..COUNT {
            let text = line::write(&[line(index)]).unwrap();
            file.write_all(text.as_bytes()).unwrap();
        }
        file.flush().unwrap();
        drop(file);
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "upload::journal::memory::child", "--nocapture"])
            .env(PATH, &path)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let kib = text
            .split_once("KIB=")
            .and_then(|(_, rest)| rest.lines().next());
        let kib: usize = kib.unwrap_or_else(|| panic!("{output:?}")).parse().unwrap();
        // In memory the items themselves would be 5 KB each.
        assert!(kib * 1024 < 500 * COUNT, "{kib} KiB after {runs} runs");
    }
}
