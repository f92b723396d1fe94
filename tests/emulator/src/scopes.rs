//! The OAuth scopes of the Photos Library API, live and removed, and of the Photos Picker API.

/// Upload bytes, create items and albums, add to albums.
pub const APPENDONLY: &str = "https://www.googleapis.com/auth/photoslibrary.appendonly";
/// Read what the application created.
pub const READONLY_APPCREATEDDATA: &str =
    "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata";
/// Change what the application created.
pub const EDIT_APPCREATEDDATA: &str =
    "https://www.googleapis.com/auth/photoslibrary.edit.appcreateddata";
/// Removed on 2025-03-31: everything but sharing.
pub const PHOTOSLIBRARY: &str = "https://www.googleapis.com/auth/photoslibrary";
/// Removed on 2025-03-31: read the whole library.
pub const READONLY: &str = "https://www.googleapis.com/auth/photoslibrary.readonly";
/// Removed on 2025-03-31: share albums.
pub const SHARING: &str = "https://www.googleapis.com/auth/photoslibrary.sharing";

/// Make picking sessions and read what was picked in them: the one scope of the Picker API.
pub const PICKER: &str = "https://www.googleapis.com/auth/photospicker.mediaitems.readonly";

/// The scopes that still open methods of the Library API.
pub const LIVE: [&str; 3] = [APPENDONLY, READONLY_APPCREATEDDATA, EDIT_APPCREATEDDATA];

/// The scopes that were removed; tokens can carry them, and they open nothing unless legacy sharing is on.
pub const REMOVED: [&str; 3] = [PHOTOSLIBRARY, READONLY, SHARING];

/// Whether the sign-in page knows this scope.
pub(crate) fn is_known(scope: &str) -> bool {
    LIVE.contains(&scope)
        || REMOVED.contains(&scope)
        || scope == PICKER
        || matches!(scope, "openid" | "email" | "profile")
        || scope == "https://www.googleapis.com/auth/userinfo.email"
        || scope == "https://www.googleapis.com/auth/userinfo.profile"
}
