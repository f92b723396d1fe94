//! What tells one version of something from another.

use std::time::Duration;

use crate::transport::Headers;

/// What a response says about the version of what it brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Version {
    tag: Option<String>,
    /// The date of the last change.
    modified: Option<String>,
    /// Whether that date is sure to be another one after the next change.
    modified_is_strong: bool,
    /// The number that Cloud Storage gives to each version.
    generation: Option<String>,
    /// The checksums of the whole.
    hash: Vec<String>,
}

impl Version {
    pub(super) fn read(headers: &Headers) -> Self {
        let text = |name| single(headers, name).map(|text| text.trim().to_owned());
        let mut hash: Vec<String> = headers
            .get_all("x-goog-hash")
            .flat_map(|value| value.split(','))
            .map(|entry| entry.trim().to_owned())
            .collect();
        hash.sort();
        Self {
            tag: text("etag").filter(|tag| tag.len() > 2),
            modified: text("last-modified"),
            modified_is_strong: is_strong(headers),
            generation: text("x-goog-generation"),
            hash,
        }
    }

    /// What a request can be made conditional with (RFC 9110, section 13.1.5): a strong tag, or the
    /// date if there is no tag at all and the date is strong.
    pub(super) fn if_range(&self) -> Option<&str> {
        match &self.tag {
            Some(tag) => Some(tag.as_str()).filter(|tag| tag.starts_with('"')),
            None => self.modified.as_deref().filter(|_| self.modified_is_strong),
        }
    }

    /// Whether nothing is said.
    pub(super) fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// Whether nothing in `new` says that it is another version.
    pub(super) fn may_be(&self, new: &Self) -> bool {
        fn fits(old: Option<&str>, new: Option<&str>) -> bool {
            old.zip(new).is_none_or(|(old, new)| old == new)
        }
        let tagged = self.tag.is_some() && new.tag.is_some();
        let dates = tagged || fits(self.modified.as_deref(), new.modified.as_deref());
        let hashes = self.hash.is_empty() || new.hash.is_empty() || self.hash == new.hash;
        fits(self.tag.as_deref(), new.tag.as_deref())
            && fits(self.generation.as_deref(), new.generation.as_deref())
            && dates
            && hashes
    }

    /// Whether it is the same version: both have the same strong tag, and nothing else differs.
    pub(super) fn is_surely(&self, old: &Self) -> bool {
        let tag = self.tag.as_deref().filter(|tag| tag.starts_with('"'));
        tag.is_some() && self.tag == old.tag && old.may_be(self)
    }
}

/// Whether the date of the last change is a strong validator: the response was made at least a second
/// later (RFC 9110, section 8.8.2.2).
fn is_strong(headers: &Headers) -> bool {
    let date = |name| single(headers, name).and_then(|text| httpdate::parse_http_date(text).ok());
    let Some((now, modified)) = date("date").zip(date("last-modified")) else {
        return false;
    };
    now.duration_since(modified)
        .is_ok_and(|age| age >= Duration::from_secs(1))
}

/// The value of a header that is there once.
pub(super) fn single<'a>(headers: &'a Headers, name: &'a str) -> Option<&'a str> {
    let mut values = headers.get_all(name);
    values.next().filter(|_| values.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: (&str, &str) = ("last-modified", "Wed, 21 Oct 2015 07:28:00 GMT");
    const LATER: (&str, &str) = ("date", "Wed, 21 Oct 2015 07:28:01 GMT");
    const SAME: (&str, &str) = ("date", "Wed, 21 Oct 2015 07:28:00 GMT");

    fn version(fields: &[(&'static str, &str)]) -> Version {
        Version::read(&fields.iter().copied().collect())
    }

    #[test]
    fn only_strong_validators_make_conditions() {
        let cases: [(&[_], Option<&str>); 8] = [
            (&[("etag", "\"1\""), OLD, LATER], Some("\"1\"")),
            (&[("etag", "W/\"1\""), OLD, LATER], None),
            (&[("etag", "1")], None),
            // An empty tag is the same for everything, and none.
            (&[("etag", "\"\""), OLD, LATER], Some(OLD.1)),
            (&[OLD, LATER], Some(OLD.1)),
            (&[OLD, SAME], None),
            (&[OLD], None),
            (&[], None),
        ];
        for (fields, expected) in cases {
            assert_eq!(version(fields).if_range(), expected, "{fields:?}");
        }
    }

    #[test]
    fn versions_that_differ() {
        let old = [
            ("etag", "W/\"1\""),
            ("x-goog-generation", "1"),
            ("x-goog-hash", "md5=a"),
        ];
        let old = version(&old);
        assert!(old.may_be(&version(&[])) && old.may_be(&old));
        for new in [
            ("etag", "W/\"2\""),
            ("x-goog-generation", "2"),
            ("x-goog-hash", "md5=b"),
        ] {
            assert!(!old.may_be(&version(&[new])), "{new:?}");
        }
        // A weak tag may be that of another sequence of bytes.
        assert!(!old.is_surely(&old));
    }
}
