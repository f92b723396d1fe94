//! Files that only their owner reads, and that another process or a stranger's archive may have put
//! something in the place of: the token file of a sign-in and the journal of an upload.
//!
//! A file is written whole or not at all, one process at a time, and no link is followed to it.

#[cfg(test)]
#[cfg(unix)]
mod crash_tests;
#[cfg(not(unix))]
mod portable;
#[cfg(unix)]
mod unix;

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::Path;

#[cfg(not(unix))]
pub use self::portable::{Folder, Lock};
#[cfg(unix)]
pub use self::unix::{Folder, Lock};

impl Folder {
    /// Puts `content` in the place of the file, as [`replace_with`](Self::replace_with) does.
    pub fn replace(&self, content: &[u8], lock: &Lock) -> io::Result<()> {
        self.replace_with(lock, |file| file.write_all(content))
    }
}

/// The longest name, in bytes, that the names of a lock and of a temporary file repeat. File systems
/// take 255 bytes, encrypted ones about 140.
const REPEATED: usize = 100;

/// The folder and the name of a file.
fn split(path: &Path) -> io::Result<(&Path, &OsStr)> {
    let name = path.file_name().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "the path has no name of a file",
        )
    })?;
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    Ok((parent.unwrap_or(Path::new(".")), name))
}

/// The name of a file that belongs to another. It is the same in every process, and a name that any
/// file system takes which takes the other one.
fn beside(name: &OsStr, extension: &str) -> OsString {
    let mut beside = OsString::from(".");
    if name.len() <= REPEATED {
        beside.push(name);
    } else {
        beside.push(format!("{:016x}", fnv1a(name.as_encoded_bytes())));
    }
    beside.push(".");
    beside.push(extension);
    beside
}

/// FNV-1a, as the hasher of the standard library may change with its version.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn rejected(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, message)
}

/// Where the tests let the process die while a file is written.
#[cfg(unix)]
fn crash_point(name: &str) {
    #[cfg(test)]
    crash_tests::crash_at(name);
    #[cfg(not(test))]
    let _ = name;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beside_a_long_name_are_short() {
        let short = OsStr::new("google.json");
        assert_eq!(beside(short, "lock"), ".google.json.lock");
        for length in [101, 250, 255] {
            let name = OsString::from("x".repeat(length));
            assert!(beside(&name, "lock").len() <= length, "{length}");
        }
        // The reference value of FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/.
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
