//! Reads the lines of a journal one after the other, so that only one of them is in memory.

use std::io::{self, BufRead as _, BufReader, Read};

/// The most bytes of a line. One that is longer makes no sense, and is not held.
const LIMIT: u64 = 1 << 20;

/// The whole lines of a source.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    whole: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            reader: BufReader::with_capacity(1 << 16, source),
            line: Vec::new(),
            whole: 0,
        }
    }

    /// The place of the next line in the source, and what is in it; `None` at the end, or at a line
    /// that was torn by a kill. A line that is too long is empty.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        let place = self.whole;
        let mut length = 0;
        let mut is_too_long = false;
        loop {
            self.line.clear();
            let mut piece = self.reader.by_ref().take(LIMIT);
            let read = piece.read_until(b'\n', &mut self.line)? as u64;
            length += read;
            if self.line.pop_if(|&mut byte| byte == b'\n').is_some() {
                break;
            }
            if read < LIMIT {
                return Ok(None);
            }
            is_too_long = true;
        }
        self.whole += length;
        if is_too_long {
            self.line.clear();
        }
        Ok(Some((place, &self.line)))
    }

    /// In how many bytes the lines so far end.
    pub(super) fn whole(&self) -> u64 {
        self.whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> (Vec<(u64, usize)>, u64) {
        let mut lines = Lines::new(text);
        let mut found = Vec::new();
        while let Some((place, line)) = lines.next().unwrap() {
            found.push((place, line.len()));
        }
        (found, lines.whole())
    }

    #[test]
    fn lines_have_a_place_and_an_end() {
        assert_eq!(read(b""), (vec![], 0));
        assert_eq!(read(b"torn"), (vec![], 0));
        assert_eq!(read(b"ab\n\nc\ntorn"), (vec![(0, 2), (3, 0), (4, 1)], 6));
    }

    #[test]
    fn a_line_that_is_too_long_is_not_held() {
        let limit = usize::try_from(LIMIT).unwrap();
        for length in [limit - 1, limit, 3 * limit + 5] {
            let kept = if length < limit { length } else { 0 };
            let text = [&vec![b'x'; length], &b"\nab\n"[..]].concat();
            let places = vec![(0, kept), (length as u64 + 1, 2)];
            assert_eq!(read(&text), (places, length as u64 + 4), "{length}");
            assert_eq!(read(&text[..length]), (vec![], 0), "{length}");
        }
    }
}
