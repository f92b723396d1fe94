//! The emulator, as the reference client sees it: every method of both APIs.

use std::fs;
use std::path::Path;
use std::process::Command;

use photos_emulator::{DEVELOPER_TOKEN, Emulator, sample_photo};

use super::install::Python;
use super::program::folder;

/// The methods of the Library API and of the Picker API.
const METHODS: usize = 19 + 4;

/// Has the reference client call every method, and fails if one did not do what it should.
pub(crate) async fn drive(python: &Python) {
    let emulator = Emulator::start_with(|config| config.legacy_sharing = true);
    let emulator = emulator.await.unwrap();
    let address = format!("{}/", emulator.url());
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("servers/pictures");
    fs::create_dir_all(&pictures).unwrap();
    for seed in 0..50 {
        let picture = pictures.join(format!("{seed}.png"));
        fs::write(picture, sample_photo(8, 8, seed)).unwrap();
    }
    let program = fs::read_to_string(folder().join("photos.py")).unwrap();
    let arguments = [
        address.as_str(),
        DEVELOPER_TOKEN,
        pictures.to_str().unwrap(),
    ];
    let mut command: Command = python.program(&program, &arguments);
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(
        said.lines().filter(|line| line.starts_with("ok: ")).count(),
        METHODS
    );
    let sent = emulator.requests_of("mediaItems.batchGet");
    assert_eq!(sent[0].http_method, "POST", "the address was short enough");
}
