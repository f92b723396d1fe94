//! What people look at: a bar while it runs, a table when it is done.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Row;

/// A progress bar on standard error; nothing where that is no terminal.
pub(super) fn bar(length: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length as u64).with_prefix(what);
    if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} {elapsed} {msg}")
    {
        bar.set_style(style);
    }
    bar
}

/// The table, and a line with its sums.
pub(super) fn lines(rows: &[Row]) -> Vec<String> {
    let width = rows
        .iter()
        .map(|row| row.name.len())
        .max()
        .unwrap_or(0)
        .max("document".len());
    let mut lines = vec![format!(
        "{:width$}  {:>7}  {:>7}  {:>8}  {:>8}  result",
        "document", "methods", "schemas", "lines", "time"
    )];
    lines.extend(rows.iter().map(|row| {
        let result = row.failure.as_ref().map_or("ok", |(step, _)| step);
        format!(
            "{:width$}  {:>7}  {:>7}  {:>8}  {:>8}  {result}",
            row.name,
            row.methods,
            row.schemas,
            row.lines,
            seconds(row.time)
        )
    }));
    let sum = |field: fn(&Row) -> usize| rows.iter().map(field).sum::<usize>();
    lines.push(format!(
        "{:width$}  {:>7}  {:>7}  {:>8}  {:>8}",
        format!("{} in all", rows.len()),
        sum(|row| row.methods),
        sum(|row| row.schemas),
        sum(|row| row.lines),
        seconds(rows.iter().map(|row| row.time).sum())
    ));
    lines
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
