//! Mutations: a few changes to a file of the corpus, with parts of the others and with tokens that
//! mean something to the reader.

use std::ops::Range;

use fastrand::Rng;

/// Longer inputs take time and find nothing more.
const LONGEST: usize = 64 * 1024;

/// What is at the edges of numbers, texts and formats everywhere.
const TOKENS: &[&str] = &[
    "",
    "0",
    "-1",
    "-0",
    "1e999",
    "0.5",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\r\n",
    "\n",
    "\0",
    "\t",
    " ",
    "\u{feff}",
    "\u{202e}",
    "é",
    "\u{10ffff}",
    "%00",
    "%2F",
    "..",
    "/",
    "\\",
    ",",
    ";",
    "=",
    ":",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "#",
    "?",
    "@",
    "*",
];

/// An input for a target. The same generator gives the same input.
pub fn mutated(corpus: &[Vec<u8>], tokens: &[&str], rng: &mut Rng) -> Vec<u8> {
    let mut input = rng.choice(corpus).cloned().unwrap_or_default();
    // What is JSON stays JSON in half of the inputs, or hardly one would get past its parser.
    let change = if rng.bool() { change } else { exchange };
    for _ in 0..rng.usize(1..=8) {
        change(&mut input, corpus, tokens, rng);
    }
    input.truncate(LONGEST);
    input
}

fn change(input: &mut Vec<u8>, corpus: &[Vec<u8>], tokens: &[&str], rng: &mut Rng) {
    let (start, end) = range(input, rng);
    match rng.u8(0..10) {
        0 => {
            if let Some(byte) = input.get_mut(start) {
                *byte ^= 1 << rng.u8(0..8);
            }
        }
        1 => {
            if let Some(byte) = input.get_mut(start) {
                *byte = rng.u8(..);
            }
        }
        2 => input.truncate(start),
        3 => drop(input.drain(start..end)),
        4 => {
            let copy = input[start..end].to_vec();
            let at = rng.usize(0..=input.len());
            input.splice(at..at, copy);
        }
        5 => {
            let other = rng.choice(corpus).cloned().unwrap_or_default();
            let (from, to) = range(&other, rng);
            input.splice(start..end, other[from..to].iter().copied());
        }
        6 => {
            let times = rng.usize(1..300);
            input.splice(start..start, token(tokens, rng).repeat(times).into_bytes());
        }
        7 => {
            let (from, to) = number(input, start);
            input.splice(from..to, token(TOKENS, rng).bytes());
        }
        _ => {
            let end = if rng.bool() { start } else { end };
            let source = if rng.bool() { TOKENS } else { tokens };
            input.splice(start..end, token(source, rng).bytes());
        }
    }
}

/// Puts a text in quotes, a list, an object or a number in the place of another one.
fn exchange(input: &mut Vec<u8>, corpus: &[Vec<u8>], tokens: &[&str], rng: &mut Rng) {
    let other = match rng.u8(0..4) {
        0 => format!("{:?}", token(tokens, rng)).into_bytes(),
        1 => input.clone(),
        _ => rng.choice(corpus).cloned().unwrap_or_default(),
    };
    let (start, at) = (rng.usize(0..=input.len()), rng.usize(0..=other.len()));
    let cut = if rng.u8(0..3) == 0 { block } else { text };
    if rng.u8(0..8) == 0 {
        let (from, to) = number(input, start);
        input.splice(from..to, rng.i32(..).to_string().bytes());
    } else if let (Some(to), Some(from)) = (cut(input, start), cut(&other, at)) {
        input.splice(to, other[from].iter().copied());
    }
}

fn token<'a>(tokens: &[&'a str], rng: &mut Rng) -> &'a str {
    rng.choice(tokens).copied().unwrap_or_default()
}

/// A range that is short more often than long.
fn range(input: &[u8], rng: &mut Rng) -> (usize, usize) {
    let start = rng.usize(0..=input.len());
    let longest = input.len() - start;
    let most = longest.min(1 << rng.u8(0..10));
    let length = rng.usize(0..=most);
    (start, start + length)
}

/// The digits that come next.
fn number(input: &[u8], start: usize) -> (usize, usize) {
    let digits = |at: &usize| input.get(*at).is_some_and(u8::is_ascii_digit);
    let from = (start..input.len()).find(digits).unwrap_or(start);
    let to = (from..input.len())
        .find(|at| !digits(at))
        .unwrap_or(input.len());
    (from, to)
}

/// The text in quotes that comes next, with its quotes; what is in front tells which quotes open one.
fn text(input: &[u8], start: usize) -> Option<Range<usize>> {
    let quote =
        |from: usize| Some(from + input.get(from..)?.iter().position(|byte| *byte == b'"')?);
    let before = input.get(..start)?.iter().filter(|byte| **byte == b'"');
    let is_inside = before.count() % 2 == 1;
    let from = if is_inside { quote(start)? + 1 } else { start };
    let from = quote(from)?;
    Some(from..quote(from + 1)? + 1)
}

/// The list or object that comes next, with its brackets.
fn block(input: &[u8], start: usize) -> Option<Range<usize>> {
    let is_open = |byte: &u8| matches!(byte, b'{' | b'[');
    let from = start + input.get(start..)?.iter().position(is_open)?;
    let mut depth = 0_usize;
    for (at, byte) in input.iter().enumerate().skip(from) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(from..at + 1);
        }
    }
    None
}
