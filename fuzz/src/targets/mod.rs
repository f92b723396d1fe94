//! What reads bytes of others, and what must hold whatever they are.

mod document;
mod heads;
mod journal;
mod multipart;
mod paths;
mod proxies;
mod responses;
mod service;
mod token_file;

/// Something that reads bytes of others.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name, which is that of the folder of its corpus.
    pub name: &'static str,
    /// What must hold, for the table.
    pub holds: &'static str,
    /// Texts that mean something to it.
    pub tokens: &'static [&'static str],
    /// Panics if it does not hold.
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: &[Target] = &[
    document::TARGET,
    responses::TARGET,
    heads::TARGET,
    multipart::TARGET,
    paths::TARGET,
    proxies::TARGET,
    token_file::TARGET,
    journal::TARGET,
];
