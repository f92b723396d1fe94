//! Files that hold the secrets of an app: read, never written.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::OAuthError;
use super::json;

/// The most that such a file has, in bytes.
const SIZE_LIMIT: usize = 64 * 1024;

/// Reads a file of JSON. The error names the file and nothing of what it holds.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, OAuthError> {
    let shown = path.display();
    let mut text = Zeroizing::new(Vec::with_capacity(SIZE_LIMIT + 1));
    File::open(path)
        .and_then(|file| file.take(SIZE_LIMIT as u64 + 1).read_to_end(&mut text))
        .map_err(|error| {
            OAuthError::configuration(format!("{shown} can't be read")).with_source(error)
        })?;
    if text.len() > SIZE_LIMIT {
        return Err(OAuthError::configuration(format!(
            "{shown} is too long to be a file of credentials"
        )));
    }
    // Editors of Windows begin files with a byte order mark, and its PowerShell 5 writes UTF-16.
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return Err(OAuthError::configuration(format!(
            "{shown} is in UTF-16: save it in UTF-8"
        )));
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    json::read(text).map_err(|error| OAuthError::configuration(format!("{shown}: {error}")))
}
