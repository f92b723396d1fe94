//! How far a download is, and whether the next response belongs to it.

use super::content_range::{ContentRange, number};
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::transport::Headers;

/// How far a download is. It does no input and output.
#[derive(Clone, Debug, Default)]
pub(super) struct Position {
    /// The bytes that were handed on.
    pub(super) received: u64,
    /// The length of the whole, if a server or the caller said it.
    pub(super) total: Option<u64>,
    /// The length that the caller said.
    expected: Option<u64>,
    validator: Option<Validator>,
}

/// What tells one version of something from another.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Validator {
    /// A strong entity tag.
    Tag(String),
    /// The date of the last change.
    Date(String),
}

/// What a response with a success is for the download.
#[derive(Debug)]
pub(super) enum Head {
    /// Its body goes on where the download is; after it, the download is at `end`, if it is known.
    Continues { end: Option<u64> },
    /// Its body is the whole, of which `skip` bytes are here already. If that is less than there
    /// was, what came before is of no use.
    Whole { skip: u64 },
    /// It has no body; the next request has to ask for the whole.
    Again,
    /// There is nothing more to get.
    Complete,
}

impl Position {
    /// The beginning of a download.
    pub(super) fn new(expected: Option<u64>) -> Self {
        Self {
            expected,
            total: expected,
            ..Self::default()
        }
    }

    /// Where the next request should begin, if it can be told whether its answer fits.
    pub(super) fn resumes_at(&self) -> Option<u64> {
        let verifiable = self.total.is_some() || self.validator.is_some();
        Some(self.received).filter(|&received| received > 0 && verifiable)
    }

    /// The headers of a request that begins at `offset`.
    pub(super) fn range(&self, offset: u64) -> Headers {
        let mut headers = Headers::new();
        headers.set("range", format!("bytes={offset}-"));
        if let Some(Validator::Tag(text) | Validator::Date(text)) = &self.validator {
            headers.set("if-range", text.as_str());
        }
        headers
    }

    /// Begins again.
    pub(super) fn restart(&mut self) {
        *self = Self::new(self.expected);
    }

    /// Reads the head of a response with status 200, 204, 206 or 416 to a request that began at
    /// `asked`, or at the start.
    pub(super) fn read(
        &mut self,
        status: u16,
        headers: &Headers,
        asked: Option<u64>,
    ) -> Result<Head, ErrorKind> {
        let encoding = headers.get("content-encoding").map(str::trim);
        if let Some(encoding) =
            encoding.filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
        {
            return Err(ErrorKind::Body(BodyProblem::ContentEncoding(
                encoding.to_owned(),
            )));
        }
        match (status, asked) {
            (206, Some(offset)) => self.read_part(headers, offset),
            (206, None) => Err(protocol(
                "it answered with a part, and the whole was asked for",
            )),
            (416, _) => Ok(self.read_end(headers)),
            _ => self.read_whole(headers),
        }
    }

    fn read_part(&mut self, headers: &Headers, offset: u64) -> Result<Head, ErrorKind> {
        let range = single(headers, "content-range").and_then(ContentRange::read);
        let Some(ContentRange {
            part: Some((first, last)),
            total,
        }) = range
        else {
            return Err(protocol("it does not say which part it answered with"));
        };
        if first != offset {
            return Err(protocol("it answered with another part than was asked for"));
        }
        if total.is_some() && self.total.is_some() && total != self.total {
            return Err(ErrorKind::Transfer(TransferProblem::Changed));
        }
        if let (Some(new @ Validator::Tag(_)), Some(old @ Validator::Tag(_))) =
            (validator(headers), &self.validator)
            && new != *old
        {
            return Err(ErrorKind::Transfer(TransferProblem::Changed));
        }
        self.total = self.total.or(total);
        Ok(Head::Continues {
            end: last.checked_add(1),
        })
    }

    fn read_end(&self, headers: &Headers) -> Head {
        let range = single(headers, "content-range").and_then(ContentRange::read);
        let total = range.and_then(|range| range.total);
        if total == Some(self.received) && self.total.is_none_or(|known| known == self.received) {
            Head::Complete
        } else {
            Head::Again
        }
    }

    fn read_whole(&mut self, headers: &Headers) -> Result<Head, ErrorKind> {
        let length = match headers.get("content-length") {
            Some(_) => {
                let length = single(headers, "content-length").and_then(|text| number(text.trim()));
                Some(length.ok_or_else(|| protocol("it gave no number for the length"))?)
            }
            None => None,
        };
        if let (Some(expected), Some(received)) = (self.expected, length)
            && expected != received
        {
            let problem = TransferProblem::WrongLength { expected, received };
            return Err(ErrorKind::Transfer(problem));
        }
        let new = validator(headers);
        let same = matches!(&new, Some(Validator::Tag(_)))
            && new == self.validator
            && (length.is_none() || length == self.total);
        let skip = if same { self.received } else { 0 };
        self.received = skip;
        self.total = self.expected.or(length);
        self.validator = new;
        Ok(Head::Whole { skip })
    }
}

/// A validator that can be used to go on: weak tags can't (RFC 9110, section 13.1.5).
fn validator(headers: &Headers) -> Option<Validator> {
    let tag = single(headers, "etag")
        .map(str::trim)
        .filter(|tag| tag.starts_with('"') && tag.len() > 2);
    let date = || single(headers, "last-modified").map(|date| Validator::Date(date.to_owned()));
    tag.map(|tag| Validator::Tag(tag.to_owned())).or_else(date)
}

fn single<'a>(headers: &'a Headers, name: &'a str) -> Option<&'a str> {
    let mut values = headers.get_all(name);
    values.next().filter(|_| values.next().is_none())
}

fn protocol(what: &'static str) -> ErrorKind {
    ErrorKind::Transfer(TransferProblem::Protocol(what))
}
