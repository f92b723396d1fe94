// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/scopes.rs.

//! OAuth scopes of the Photos Library API.

/// Gave full access to the user's library, sharing excepted.
///
/// The service removed it on 31 March 2025: a token that has no other scope gets 403 from every
/// method.
#[deprecated(
    note = "The service removed the scope on 31 March 2025; the scopes that remain cover what an app created. (since 2025-03-31)"
)]
pub const PHOTOSLIBRARY: &str = "https://www.googleapis.com/auth/photoslibrary";

/// Allows uploading bytes, creating media items and albums, and adding items and enrichments to
/// albums that the app created.
///
/// It does not allow reading anything back.
pub const PHOTOSLIBRARY_APPENDONLY: &str = "https://www.googleapis.com/auth/photoslibrary.appendonly";

/// Allows changing albums and media items that the app created.
///
/// That covers titles, cover photos and descriptions, adding items and enrichments to albums,
/// and taking items out of them.
pub const PHOTOSLIBRARY_EDIT_APPCREATEDDATA: &str = "https://www.googleapis.com/auth/photoslibrary.edit.appcreateddata";

/// Gave read access to the user's whole library.
///
/// The service removed it on 31 March 2025; what the app created is read with
/// `photoslibrary.readonly.appcreateddata`, and anything else is for the user to choose through
/// the Picker API.
#[deprecated(
    note = "The service removed the scope on 31 March 2025; `photoslibrary.readonly.appcreateddata` remains for what an app created. (since 2025-03-31)"
)]
pub const PHOTOSLIBRARY_READONLY: &str = "https://www.googleapis.com/auth/photoslibrary.readonly";

/// Allows reading the albums and media items that the app created.
///
/// Everything else in the library stays hidden.
pub const PHOTOSLIBRARY_READONLY_APPCREATEDDATA: &str = "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata";

/// Gave access to the sharing methods and to shared albums.
///
/// The service removed it on 31 March 2025 and nothing replaces it.
#[deprecated(
    note = "The service removed the scope on 31 March 2025; no other scope replaces it. (since 2025-03-31)"
)]
pub const PHOTOSLIBRARY_SHARING: &str = "https://www.googleapis.com/auth/photoslibrary.sharing";
