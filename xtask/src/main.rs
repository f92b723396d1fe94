//! Maintainer verbs.
fn main() {}
