//! Replaces the text of one file, in one step; for files that are not part of a crate.

use std::path::Path;

use crate::content::Attributes;
use crate::dir::Dir;
use crate::error::{Error, ErrorKind, shown};
use crate::options::Probe;

/// Gives an existing file another text, and says whether that was necessary.
///
/// At every moment the file has its old or its new text, whole. Its permissions stay. A link is
/// followed, and the file that it leads to is replaced.
///
/// # Errors
///
/// Where the file does not exist, is no regular file, or cannot be replaced; it then keeps its text.
pub fn rewrite(path: &Path, text: &str) -> Result<bool, Error> {
    let real = path
        .canonicalize()
        .map_err(|error| Error::io("read", path, error))?;
    let missing = || {
        let message = format!("`{}` is not a file", shown(path));
        Error::new(ErrorKind::InTheWay, message, "name a file")
    };
    let (Some(parent), Some(name)) = (real.parent(), real.file_name().and_then(|n| n.to_str()))
    else {
        return Err(missing());
    };
    let dir = Dir::start(parent, Probe::default())?;
    let content = dir.read(name)?.ok_or_else(missing)?;
    if content.bytes == text.as_bytes() {
        return Ok(false);
    }
    let draft = format!(".{name}.{}.draft", std::process::id());
    let attributes = Attributes {
        mode: content.attributes.mode,
        modified: None,
    };
    let replaced = dir
        .write_new(&draft, text.as_bytes(), Some(attributes))
        .and_then(|()| dir.rename(&draft, &dir, name));
    if let Err(error) = replaced {
        let _ = dir.remove_file(&draft);
        return Err(error);
    }
    dir.sync()?;
    Ok(true)
}
