//! How far a download is, and whether the next response belongs to it.

use super::content_range::{ContentRange, is_whole, number};
use super::encoding::Encoding;
use super::range::{Asked, ByteRange};
use super::version::{Version, single};
use crate::error::{ErrorKind, TransferProblem};
use crate::transport::Headers;

/// How far a download is. It does no input and output.
///
/// All counts are of bytes as the server sends them, before any decoding.
#[derive(Clone, Debug, Default)]
pub(super) struct Position {
    /// The bytes that are here, from the beginning of what was asked for.
    pub(super) received: u64,
    /// The part that the caller wants.
    range: ByteRange,
    /// The length that the caller said, of what is handed on.
    expected: Option<u64>,
    /// Whether what comes as gzip is decoded afterwards.
    decode: bool,
    /// The length of the whole, if a server said it.
    whole: Option<u64>,
    /// The byte of the whole where the download begins, if that is known.
    start: Option<u64>,
    encoding: Encoding,
    version: Version,
}

/// What a response with a success is for the download.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// Its body goes on where the download is; after it, the download is at `end`.
    Continues { end: u64 },
    /// Its body is the whole, of which `skip` bytes are not wanted or here already. If fewer are
    /// here than there were, what came before is of no use.
    Whole { skip: u64 },
    /// It has no body; the next request has to begin at the start.
    Again,
    /// There is nothing more to get.
    Complete,
}

impl Position {
    /// The beginning of a download.
    pub(super) fn new(range: ByteRange, expected: Option<u64>, decode: bool) -> Self {
        Self {
            start: range.start(None),
            range,
            expected,
            decode,
            ..Self::default()
        }
    }

    /// Begins again.
    pub(super) fn restart(&mut self) {
        *self = Self::new(std::mem::take(&mut self.range), self.expected, self.decode);
    }

    /// How many bytes come, if that is known.
    pub(super) fn length(&self) -> Option<u64> {
        self.said_length().or(self.expected_to_come())
    }

    /// How many bytes the caller says that come.
    fn expected_to_come(&self) -> Option<u64> {
        self.expected.filter(|_| !self.is_decoded())
    }

    /// Whether what comes is handed on in another form, which has another length.
    pub(super) fn is_decoded(&self) -> bool {
        self.decode && self.encoding == Encoding::Gzip
    }

    /// The same, if a server said it.
    fn said_length(&self) -> Option<u64> {
        let (whole, start) = (self.whole?, self.start?);
        let end = self.range.end().map_or(whole, |end| end.min(whole));
        Some(end.saturating_sub(start))
    }

    /// Whether everything is here that was asked for, although the length of the whole is unknown.
    pub(super) fn is_at_end_of_range(&self) -> bool {
        let end = self.range.end().zip(self.start);
        end.is_some_and(|(end, start)| start.saturating_add(self.received) >= end)
    }

    /// Whether the whole was asked for.
    pub(super) fn wants_whole(&self) -> bool {
        self.range.is_whole()
    }

    pub(super) fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// What the next request asks for: `None` is the whole. If nothing tells whether a response fits
    /// what is here, that is asked for as well.
    pub(super) fn asks(&self) -> Option<Asked> {
        if self.received == 0 {
            return self.range.asked();
        }
        let verifiable = self.length().is_some() || self.version.if_range().is_some();
        let start = self.start?.checked_add(self.received)?;
        let end = self.range.end();
        Some(Asked::From { start, end }).filter(|_| verifiable)
    }

    /// The headers of a request for that.
    pub(super) fn request_headers(&self, asked: Option<Asked>) -> Headers {
        let mut headers = Headers::new();
        if let Some(asked) = asked {
            headers.set("range", asked.header());
            if let Some(validator) = self.version.if_range().filter(|_| self.received > 0) {
                headers.set("if-range", validator);
            }
        }
        headers
    }

    /// Reads the head of a response with status 200, 203, 204, 206 or 416 to a request that asked
    /// for `asked`. If it is refused, everything is as it was.
    pub(super) fn read(
        &mut self,
        status: u16,
        headers: &Headers,
        asked: Option<Asked>,
    ) -> Result<Head, ErrorKind> {
        match (status, asked) {
            (206, Some(asked)) => self.read_part(headers, asked),
            (206, None) => Err(protocol("it sent a part, and the whole was requested")),
            (416, _) => self.read_end(headers),
            _ => self.read_whole(headers),
        }
    }

    /// RFC 9110, section 15.3.7: the client has to look at each part, whether it is what it wants.
    fn read_part(&mut self, headers: &Headers, asked: Asked) -> Result<Head, ErrorKind> {
        if headers.media_type().as_deref() == Some("multipart/byteranges") {
            return Err(protocol("it sent several parts, and one was requested"));
        }
        let range = single(headers, "content-range").and_then(ContentRange::read);
        let Some(ContentRange {
            part: Some((first, last)),
            total,
        }) = range
        else {
            return Err(protocol("it does not say which part it sent"));
        };
        let fits = match asked {
            Asked::From { start, end } => first == start && end.is_none_or(|end| last < end),
            Asked::Last(bytes) => match total {
                Some(total) => first == total.saturating_sub(bytes) && last + 1 == total,
                None => last - first + 1 == bytes,
            },
        };
        if !fits {
            return Err(protocol("it sent another part than was requested"));
        }
        let mut next = self.clone();
        if self.received == 0 {
            next.version = Version::read(headers);
            next.encoding = Encoding::read(headers);
            next.start = Some(first);
            next.whole = total;
        } else {
            self.check_continues(headers, total)?;
            next.whole = self.whole.or(total);
        }
        next.check_expected()?;
        let start = next.start.unwrap_or(first);
        *self = next;
        Ok(Head::Continues {
            end: last + 1 - start,
        })
    }

    /// Whether a part is one of the same whole as what is here.
    fn check_continues(&self, headers: &Headers, total: Option<u64>) -> Result<(), ErrorKind> {
        // What a response to `If-Range` does not say is as it was (RFC 9110, section 15.3.7).
        let silent = self.version.if_range().is_some() && !Encoding::is_said(headers);
        let changed = total.is_some() && self.whole.is_some() && total != self.whole
            || !self.version.may_be(&Version::read(headers))
            || !silent && Encoding::read(headers) != self.encoding;
        if changed {
            return Err(ErrorKind::Transfer(TransferProblem::Changed));
        }
        Ok(())
    }

    /// There is nothing at the place that was asked for (416).
    fn read_end(&self, headers: &Headers) -> Result<Head, ErrorKind> {
        let range = single(headers, "content-range").and_then(ContentRange::read);
        let total = range.and_then(|range| range.total);
        if self.received == 0 {
            let problem = TransferProblem::OutOfRange { whole: total };
            return Err(ErrorKind::Transfer(problem));
        }
        let here = self
            .start
            .and_then(|start| start.checked_add(self.received));
        let known = self.length().is_none_or(|known| known == self.received);
        Ok(if total.is_some() && total == here && known {
            Head::Complete
        } else {
            Head::Again
        })
    }

    fn read_whole(&mut self, headers: &Headers) -> Result<Head, ErrorKind> {
        let length = match headers.get("content-length") {
            Some(_) => {
                let length = single(headers, "content-length").and_then(|text| number(text.trim()));
                Some(length.ok_or_else(|| protocol("it gave no number for the length"))?)
            }
            None => None,
        };
        if !headers
            .get_all("content-range")
            .all(|text| is_whole(text, length))
        {
            return Err(protocol("it sent a part as if that were the whole"));
        }
        // Without a length this says how long the whole is.
        let said = single(headers, "content-range").and_then(ContentRange::read);
        let length = length.or(said.and_then(|range| range.total));
        let mut next = Self::new(self.range.clone(), self.expected, self.decode);
        next.version = Version::read(headers);
        next.encoding = Encoding::read(headers);
        next.whole = length;
        next.start = next.range.start(length);
        let Some(start) = next.start else {
            let what = "it sends the whole without its length, and its last bytes were asked for";
            return Err(protocol(what));
        };
        if !next.range.is_whole() && length.is_some_and(|length| start >= length) {
            let problem = TransferProblem::OutOfRange { whole: length };
            return Err(ErrorKind::Transfer(problem));
        }
        next.check_expected()?;
        self.check_replaces(&next)?;
        let same = next.version.is_surely(&self.version)
            && next.encoding == self.encoding
            && (length.is_none() || length == self.whole);
        next.received = if same { self.received } else { 0 };
        let skip = start.saturating_add(next.received);
        *self = next;
        Ok(Head::Whole { skip })
    }

    /// Whether a whole of another length is one of another version, and not a part that is sent as if
    /// it were the whole. The storage test bench sends the rest like that, with nothing that says so.
    fn check_replaces(&self, next: &Self) -> Result<(), ErrorKind> {
        let (Some(old), Some(new)) = (self.whole, next.whole) else {
            return Ok(());
        };
        let here = self.start.unwrap_or(0).saturating_add(self.received);
        let is_rest = self.received > 0 && old.checked_sub(here) == Some(new);
        let is_said = !self.version.is_silent();
        if old != new && self.version.may_be(&next.version) && (is_said || is_rest) {
            let what = "it sent another length and does not say that it is another version";
            return Err(protocol(what));
        }
        Ok(())
    }

    /// Whether there are as many bytes as the caller said.
    fn check_expected(&self) -> Result<(), ErrorKind> {
        match (self.expected_to_come(), self.said_length()) {
            (Some(expected), Some(received)) if expected != received => {
                Err(ErrorKind::Transfer(TransferProblem::WrongLength {
                    expected,
                    received,
                }))
            }
            _ => Ok(()),
        }
    }
}

fn protocol(what: &'static str) -> ErrorKind {
    ErrorKind::Transfer(TransferProblem::Protocol(what))
}
