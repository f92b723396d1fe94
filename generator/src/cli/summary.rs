//! The table at the end of a run: one row for each document.

use std::fmt;

/// What became of each document.
#[derive(Debug, Default)]
pub(super) struct Summary {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: String,
    files: Option<usize>,
    result: String,
}

impl Summary {
    /// A crate with so many files.
    pub(super) fn add(&mut self, folder: &str, files: usize, result: String) {
        self.rows.push(Row {
            name: folder.to_owned(),
            files: Some(files),
            result,
        });
    }

    /// A document that made no crate.
    pub(super) fn add_failed(&mut self, document: &str) {
        let result = "failed".to_owned();
        self.rows.push(Row {
            name: document.to_owned(),
            files: None,
            result,
        });
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.rows.iter().map(|row| row.name.chars().count());
        let width = names.chain(["crate".len()]).max().unwrap_or_default();
        write!(f, "{:width$}  files  result", "crate")?;
        for row in &self.rows {
            let files = row
                .files
                .map_or_else(|| "-".to_owned(), |files| files.to_string());
            write!(f, "\n{:width$}  {files:>5}  {}", row.name, row.result)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        let mut summary = Summary::default();
        summary.add("photoslibrary-v1", 14, "up to date".to_owned());
        summary.add_failed("x.json");
        let expected = "\
crate             files  result
photoslibrary-v1     14  up to date
x.json                -  failed";
        assert_eq!(summary.to_string(), expected);
    }
}
