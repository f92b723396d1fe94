//! What the measured programs share: the cases, the canned pages and the server that sends them,
//! and the loop that each client process runs.
//!
//! `cargo xtask bench` runs all of it; `src/main.rs` is its way through.

pub mod client;
pub mod generation;
mod loopback;
pub mod pages;
pub mod server;
pub mod sink;
pub mod transfer;

/// A call that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Case {
    /// `albums.list`: a page of 50 albums.
    AlbumsList,
    /// `mediaItems.search`: a page of 100 items, the token in the body of the request.
    Search,
    /// `mediaItems.batchCreate`: 50 items out, 50 results back.
    BatchCreate,
}

impl Case {
    /// All cases, in the order of the tables.
    pub const ALL: [Self; 3] = [Self::AlbumsList, Self::Search, Self::BatchCreate];

    /// The method, as the service names it.
    pub fn method(self) -> &'static str {
        match self {
            Self::AlbumsList => "albums.list",
            Self::Search => "mediaItems.search",
            Self::BatchCreate => "mediaItems.batchCreate",
        }
    }

    /// How many entries a page has unless another size is measured.
    pub fn entries(self) -> usize {
        match self {
            Self::AlbumsList | Self::BatchCreate => 50,
            Self::Search => 100,
        }
    }
}
