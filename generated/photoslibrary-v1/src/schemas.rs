// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/schemas.rs.

//! The types that the methods of the Photos Library API take and give.

mod albums;
mod albums_add_enrichment;
mod common;
mod media_items;
mod media_items_batch_create;
mod media_items_search;
mod shared_albums;

pub use self::albums::*;
pub use self::albums_add_enrichment::*;
pub use self::common::*;
pub use self::media_items::*;
pub use self::media_items_batch_create::*;
pub use self::media_items_search::*;
pub use self::shared_albums::*;
