//! The first line of a journal: its format, and whose uploads it records.

use std::io;

use serde::{Deserialize, Serialize};

use super::error::Problem;

/// The version of the format. A file of another one is left alone.
const VERSION: u64 = 2;

/// What every journal begins with, of whatever version.
const MAGIC: &[u8] = b"{\"google-photos-upload-journal\":";

/// The most bytes in which the first line ends.
pub(super) const HEADER_LIMIT: u64 = 4096;

/// The first line: whose uploads these are. A file that begins with something else is not ours to
/// write to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::upload) struct Header {
    #[serde(rename = "google-photos-upload-journal")]
    version: u64,
    /// Where the uploads went, such as `https://photoslibrary.googleapis.com/`.
    endpoint: String,
    /// What the caller calls the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<String>,
}

impl Header {
    pub(in crate::upload) fn new(endpoint: &str, account: Option<&str>) -> Self {
        Self {
            version: VERSION,
            endpoint: endpoint.to_owned(),
            account: account.map(str::to_owned),
        }
    }

    /// Rejects a journal of other uploads than these.
    pub(super) fn check(&self, journal: &Self) -> Result<(), Problem> {
        if self.endpoint != journal.endpoint {
            return Err(Problem::OtherEndpoint {
                journal: journal.endpoint.clone(),
                client: self.endpoint.clone(),
            });
        }
        journal.check_account(self.account.as_deref())
    }

    /// Rejects a run for another account than that of this journal.
    pub(super) fn check_account(&self, run: Option<&str>) -> Result<(), Problem> {
        match (&self.account, run) {
            (Some(journal), Some(run)) if journal != run => Err(Problem::OtherName {
                journal: journal.clone(),
                run: run.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Whether it names this account.
    pub(super) fn names(&self, account: Option<&str>) -> bool {
        self.account.is_some() && self.account.as_deref() == account
    }

    /// The same for an account that has a name now; `None` if there is nothing to add.
    pub(super) fn named(&self, account: Option<&str>) -> Option<Self> {
        let account = account.filter(|_| self.account.is_none())?;
        Some(Self {
            account: Some(account.to_owned()),
            ..self.clone()
        })
    }

    /// The first line.
    pub(super) fn text(&self) -> io::Result<String> {
        let text = serde_json::to_string(self)? + "\n";
        if text.len() as u64 > HEADER_LIMIT {
            let message =
                "the name of the account is too long; up to 1,000 characters are accepted";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        Ok(text)
    }
}

/// Reads the first line from the first bytes of a file, and in how many bytes it ends; `None` if
/// nothing is in it, or not all of that line.
pub(super) fn read_header(bytes: &[u8]) -> Result<Option<(Header, u64)>, Problem> {
    let Some(end) = bytes.iter().position(|&byte| byte == b'\n') else {
        let is_torn = MAGIC.starts_with(bytes) || bytes.starts_with(MAGIC);
        let is_all = (bytes.len() as u64) < HEADER_LIMIT;
        return if is_torn && is_all {
            Ok(None)
        } else {
            Err(Problem::NoJournal)
        };
    };
    let line = bytes.get(..end).unwrap_or_default();
    let rest = line.strip_prefix(MAGIC).ok_or(Problem::NoJournal)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = rest.get(..digits).unwrap_or_default();
    match std::str::from_utf8(digits).unwrap_or_default().parse() {
        Ok(VERSION) => serde_json::from_slice(line)
            .map(|header| Some((header, end as u64 + 1)))
            .map_err(|_| Problem::NoJournal),
        Ok(other) => Err(Problem::Version(other)),
        Err(_) => Err(Problem::NoJournal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_is_written_can_be_read() {
        for (length, is_written) in [(0, true), (1000, true), (10_000, false)] {
            let header = Header::new("https://a.example/", Some(&"ä".repeat(length)));
            let text = header.text().ok();
            assert_eq!(text.is_some(), is_written, "{length}");
            if let Some(text) = text {
                let read = read_header(text.as_bytes()).unwrap();
                assert_eq!(read, Some((header, text.len() as u64)));
            }
        }
    }

    #[test]
    fn other_files_are_not_ours() {
        let long = "{\"google-photos-upload-journal\":2".repeat(1000);
        for bytes in [
            "x",
            "\n",
            "\u{89}PNG",
            "{\"google-photos-upload-journal\":2}\n",
            "{\"google-photos-upload-journal\":\"2\"}\n",
            &long,
        ] {
            let error = read_header(bytes.as_bytes()).unwrap_err();
            assert!(matches!(error, Problem::NoJournal), "{bytes:?}");
        }
        for (version, expected) in [("1}", 1), ("3,\"endpoint\":{}}", 3)] {
            let text = format!("{{\"google-photos-upload-journal\":{version}\n");
            let error = read_header(text.as_bytes()).unwrap_err();
            assert!(matches!(error, Problem::Version(version) if version == expected));
        }
    }
}
