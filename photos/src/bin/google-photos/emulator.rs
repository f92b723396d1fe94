//! `google-photos emulator`.

use photos_emulator::{DEVELOPER_TOKEN, Emulator, Program};
use serde_json::json;

use crate::account::Shared;
use crate::end::End;
use crate::output::Output;

pub(crate) async fn run(program: &Program, shared: &Shared) -> anyhow::Result<End> {
    let output = Output::new(shared);
    let announce = |emulator: &Emulator| {
        let url = emulator.url();
        let text = format!(
            "{}\ngoogle-photos --server {url} albums list\n\nCtrl-C ends it, and everything in it is gone.",
            emulator.instructions()
        );
        output.print(&text, &json!({"url": url, "token": DEVELOPER_TOKEN}))
    };
    program.run(announce).await?;
    Ok(End::Done)
}
