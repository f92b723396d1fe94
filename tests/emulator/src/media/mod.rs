//! What the service finds out about uploaded bytes, and small media to upload or to serve.

mod exif;
mod inspect;
mod png;
mod samples;

pub(crate) use inspect::inspect;
pub(crate) use png::flat_png;
pub use samples::{sample_photo, sample_video};
