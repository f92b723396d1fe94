//! Uploads some photos and videos, and says what became of each.
//!
//! `cargo run -p examples --example upload_files -- PHOTO...` uploads them to an emulator of its own.

use std::path::PathBuf;

use clap::Parser;
use examples::Server;
use google_photos::Photos;

#[derive(Parser)]
#[command(about = "Uploads photos and videos to Google Photos")]
struct Arguments {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    server: Server,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (client, _emulator) = arguments.server.connect().await?;

    let report = Photos::new(client)
        .upload_files(arguments.files)
        .send()
        .await?;
    for file in report.files() {
        println!("{}: {}", file.path().display(), file.outcome());
    }
    Ok(())
}
