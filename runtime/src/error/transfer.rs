//! The errors that only uploads and downloads have.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};

use crate::{BoxError, OneLine};

/// Why an upload or a download failed.
#[derive(Debug)]
pub(crate) enum TransferProblem {
    /// The server does not follow the protocol.
    Protocol(&'static str),
    /// The server has other bytes than it was sent, or other ones came than it has.
    DataLoss(&'static str),
    /// The server gave an address that is not trusted.
    UntrustedUrl {
        host: Option<String>,
        reason: &'static str,
    },
    /// The source of an upload failed.
    Source(BoxError),
    /// The source of an upload is not what it was.
    SourceChanged,
    /// The address does not work any more.
    Expired,
    /// The body ended, and nobody said where its end is.
    LengthUnknown,
    /// The body has another length than it should.
    WrongLength { expected: u64, received: u64 },
    /// What is downloaded changed between two requests.
    Changed,
    /// The part that was asked for begins behind the end of a whole of so many bytes.
    OutOfRange { whole: Option<u64> },
    /// A file could not be written.
    #[cfg_attr(
        not(feature = "fs"),
        allow(dead_code, reason = "nothing else writes files")
    )]
    File {
        what: &'static str,
        path: std::path::PathBuf,
        source: std::io::Error,
    },
}

impl TransferProblem {
    pub(super) fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Source(source) => Some(source.as_ref()),
            Self::File { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl Display for TransferProblem {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Protocol(what) => {
                write!(formatter, "the server does not follow the protocol: {what}")
            }
            Self::DataLoss(what) => write!(formatter, "bytes are lost: {what}"),
            Self::UntrustedUrl { host, reason } => {
                let host = host.as_deref().unwrap_or("a host that can't be read");
                let host = OneLine(host);
                write!(formatter, "an address at {host} is not trusted: {reason}")
            }
            Self::Source(_) => formatter.write_str("the source of the upload failed"),
            Self::SourceChanged => {
                formatter.write_str("the source of the upload changed since the upload began")
            }
            Self::Expired => formatter.write_str("the address of the media has expired"),
            Self::LengthUnknown => formatter.write_str(
                "the body ended without a sign that it is complete, and its size is not known",
            ),
            Self::WrongLength { expected, received } => {
                write!(
                    formatter,
                    "the body has {received} bytes instead of {expected}"
                )
            }
            Self::Changed => formatter.write_str("the media changed while it was downloaded"),
            Self::OutOfRange { whole } => {
                formatter.write_str("the range begins behind the end of the media")?;
                match whole {
                    Some(whole) => write!(formatter, ", which has {whole} bytes"),
                    None => Ok(()),
                }
            }
            Self::File { what, path, source } => {
                write!(formatter, "the file {} can't be {what}: ", path.display())?;
                write_reason(formatter, source)
            }
        }
    }
}

/// Why a file can't be made or written, in words that say what to do; the words of the system are
/// those of the source.
fn write_reason(formatter: &mut Formatter<'_>, source: &std::io::Error) -> fmt::Result {
    use std::io::ErrorKind as Kind;
    formatter.write_str(match source.kind() {
        Kind::NotFound => "its folder does not exist",
        Kind::PermissionDenied => "there is no permission to do that in its folder",
        Kind::AlreadyExists => "something is there already, which only `overwrite` replaces",
        Kind::IsADirectory => "a folder is there",
        Kind::NotADirectory => "a part of its path is no folder",
        Kind::StorageFull => "the disk is full",
        Kind::QuotaExceeded => "the quota of the disk is used up",
        Kind::ReadOnlyFilesystem => "the disk can only be read",
        Kind::FileTooLarge => "the disk takes no file that large",
        Kind::InvalidFilename => "the disk takes no such name",
        _ => return Display::fmt(source, formatter),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_path_and_the_reason() {
        use std::io::ErrorKind as Kind;
        let cases = [
            (Kind::StorageFull, "the disk is full"),
            (Kind::PermissionDenied, "no permission"),
            (Kind::ReadOnlyFilesystem, "can only be read"),
            (Kind::QuotaExceeded, "quota"),
            (Kind::Other, "other error"),
        ];
        for (kind, reason) in cases {
            let problem = TransferProblem::File {
                what: "written",
                path: "photos/lake.jpg".into(),
                source: kind.into(),
            };
            let text = problem.to_string();
            assert!(
                text.starts_with("the file photos/lake.jpg can't be written: "),
                "{text}"
            );
            assert!(
                text.contains(reason) && problem.source().is_some(),
                "{text}"
            );
        }
    }
}
