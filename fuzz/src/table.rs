//! What a run found, as a table in Markdown.

use std::time::Duration;

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// What ran.
    pub name: String,
    /// What had to hold.
    pub holds: String,
    /// How many inputs there were.
    pub cases: u64,
    /// How long they took together.
    pub took: Duration,
    /// How long the slowest one took, if that was measured.
    pub slowest: Option<Duration>,
    /// What was found.
    pub found: String,
}

/// The table.
pub fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| what | what holds | inputs | seconds | slowest | found |\n|---|---|--:|--:|--:|---|\n",
    );
    for row in rows {
        let slowest = row
            .slowest
            .map(|slowest| format!("{} ms", slowest.as_millis()));
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            row.name,
            row.holds,
            row.cases,
            row.took.as_secs(),
            slowest.as_deref().unwrap_or("-"),
            row.found,
        ));
    }
    text
}
