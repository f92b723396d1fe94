//! In which encoding a body comes, and whether that is the one in which its bytes are stored.

use crate::error::{BodyProblem, ErrorKind};
use crate::transport::Headers;

/// In which encoding a body comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    #[default]
    Identity,
    Gzip,
    /// Another one, in lower case.
    Other(String),
}

impl Encoding {
    /// Reads the headers `Content-Encoding` (RFC 9110, section 8.4): all of them together are a list.
    pub(super) fn read(headers: &Headers) -> Self {
        let codings: Vec<String> = headers
            .get_all("content-encoding")
            .flat_map(|value| value.split(','))
            .map(|coding| coding.trim().to_ascii_lowercase())
            .filter(|coding| !coding.is_empty() && coding != "identity")
            .collect();
        match &codings[..] {
            [] => Self::Identity,
            // "A recipient SHOULD consider "x-gzip" to be equivalent to "gzip"" (section 8.4.1.3).
            [one] if one == "gzip" || one == "x-gzip" => Self::Gzip,
            _ => Self::Other(codings.join(", ")),
        }
    }

    /// Whether a response says anything about it.
    pub(super) fn is_said(headers: &Headers) -> bool {
        headers.get("content-encoding").is_some()
    }

    /// Its name, if it is one.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Other(name) => Some(name),
        }
    }

    /// An error of a body that can't be decoded.
    pub(super) fn undecodable(&self, why: &'static str) -> ErrorKind {
        ErrorKind::Body(BodyProblem::Undecodable {
            encoding: self.name().unwrap_or("identity").to_owned(),
            why,
        })
    }

    /// Whether a body in this encoding has the bytes that are stored, as far as the headers say.
    ///
    /// Cloud Storage decodes what is stored as gzip for who does not accept gzip, and its checksums
    /// are those of what is stored: <https://cloud.google.com/storage/docs/transcoding>. It says so
    /// with `x-goog-stored-content-encoding`, with a warning 214 ("transformation applied", RFC 7234,
    /// section 5.5.6) or, as its test bench does, with a header of its own.
    pub(super) fn is_stored(&self, headers: &Headers) -> bool {
        let stored = headers.get("x-goog-stored-content-encoding").map(str::trim);
        let same = stored.is_none_or(|stored| match self {
            Self::Identity => stored.is_empty() || stored.eq_ignore_ascii_case("identity"),
            Self::Gzip => ["gzip", "x-gzip"].contains(&stored.to_ascii_lowercase().as_str()),
            Self::Other(name) => stored.eq_ignore_ascii_case(name),
        });
        let transformed = headers
            .get_all("warning")
            .any(|warning| warning.trim_start().starts_with("214"))
            || headers
                .get("x-guploader-response-body-transformations")
                .is_some_and(|what| what.contains("gunzipped"));
        same && !transformed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let read = |values: &[&str]| {
            let headers = values.iter().map(|value| ("content-encoding", *value));
            Encoding::read(&headers.collect())
        };
        for values in [&[][..], &[""], &["identity"], &["identity", " Identity"]] {
            assert_eq!(read(values), Encoding::Identity, "{values:?}");
        }
        for values in ["gzip", "GZIP ", "x-gzip", "identity, gzip"] {
            assert_eq!(read(&[values]), Encoding::Gzip, "{values}");
        }
        assert_eq!(read(&["BR"]), Encoding::Other("br".to_owned()));
        assert_eq!(
            read(&["gzip", "gzip"]),
            Encoding::Other("gzip, gzip".to_owned())
        );
    }

    #[test]
    fn stored_bytes_are_told_from_decoded_ones() {
        let stored = |encoding: Encoding, fields: &[(&'static str, &str)]| {
            encoding.is_stored(&fields.iter().copied().collect())
        };
        let name = "x-goog-stored-content-encoding";
        assert!(stored(Encoding::Identity, &[]));
        assert!(stored(Encoding::Identity, &[(name, "identity")]));
        assert!(stored(Encoding::Gzip, &[(name, "gzip")]));
        assert!(stored(Encoding::Gzip, &[]));
        assert!(!stored(Encoding::Identity, &[(name, "gzip")]));
        assert!(!stored(Encoding::Gzip, &[(name, "identity")]));
        let warning = [("warning", "214 UploadServer gunzipped")];
        assert!(!stored(Encoding::Identity, &warning));
    }
}
