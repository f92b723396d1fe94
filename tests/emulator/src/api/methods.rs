//! The 19 methods of the Library API and the 4 of the Picker API: how they are called, which scopes open them, and what runs.

use super::{Handler, albums, batch_create, enrichments, media_items, picking, search, sharing};
use crate::schema::{self, Schema};
use crate::scopes::{
    APPENDONLY, EDIT_APPCREATEDDATA, PHOTOSLIBRARY, PICKER, READONLY, READONLY_APPCREATEDDATA,
    SHARING,
};

/// One method of the API.
#[derive(Debug)]
pub(crate) struct Method {
    /// Without the name of the Library API: `albums.list`; those of the other one begin with `picker.`.
    pub(crate) id: &'static str,
    /// HTTP method.
    pub(crate) verb: &'static str,
    /// After `/v1/`, with `{}` for the id; a parameter that tells it apart from another one after a `?`.
    pub(crate) path: &'static str,
    /// Any one of these is enough today; none means that the method is closed.
    pub(crate) scopes: &'static [&'static str],
    /// These are enough as well while legacy sharing is on.
    pub(crate) legacy_scopes: &'static [&'static str],
    /// The message of the body; nothing for methods without one.
    pub(crate) request: Option<&'static Schema>,
    pub(crate) reply: &'static Schema,
    pub(crate) run: Handler,
}

impl Method {
    /// Whether it counts against the write limits.
    pub(crate) fn is_write(&self) -> bool {
        self.verb != "GET" && self.id != "mediaItems.search" && !self.is_picker()
    }

    /// Whether it is one of the Picker API.
    pub(crate) fn is_picker(&self) -> bool {
        self.id.starts_with("picker.")
    }
}

type Scopes = &'static [&'static str];

// What is enough today.
const A: Scopes = &[APPENDONLY];
const AE: Scopes = &[APPENDONLY, EDIT_APPCREATEDDATA];
const E: Scopes = &[EDIT_APPCREATEDDATA];
const R: Scopes = &[READONLY_APPCREATEDDATA];
const P: Scopes = &[PICKER];
const CLOSED: Scopes = &[];
// What the discovery document lists.
const NONE: Scopes = &[];
const OLD_WRITE: Scopes = &[PHOTOSLIBRARY, APPENDONLY, SHARING];
const OLD_READ: Scopes = &[PHOTOSLIBRARY, READONLY, READONLY_APPCREATEDDATA];
const OLD_SHARE: Scopes = &[SHARING];
const OLD_REMOVE: Scopes = &[PHOTOSLIBRARY];

macro_rules! methods {
    ($($id:literal $verb:literal $path:literal [$scopes:ident $legacy:ident]
       $($request:ident)? => $reply:ident, $run:path;)*) => {
        /// Every method, in the order of the reference.
        pub(crate) static METHODS: &[Method] = &[$(Method {
            id: $id,
            verb: $verb,
            path: $path,
            scopes: $scopes,
            legacy_scopes: $legacy,
            request: methods!(@request $($request)?),
            reply: &schema::$reply,
            run: $run,
        }),*];
    };
    (@request) => { None };
    (@request $request:ident) => { Some(&schema::$request) };
}

methods! {
    "albums.addEnrichment" "POST" "albums/{}:addEnrichment" [AE OLD_WRITE]
        ADD_ENRICHMENT => ADDED_ENRICHMENT, enrichments::add;
    "albums.batchAddMediaItems" "POST" "albums/{}:batchAddMediaItems" [AE OLD_WRITE]
        MEDIA_ITEM_IDS => EMPTY, albums::batch_add;
    "albums.batchRemoveMediaItems" "POST" "albums/{}:batchRemoveMediaItems" [E OLD_REMOVE]
        MEDIA_ITEM_IDS => EMPTY, albums::batch_remove;
    "albums.create" "POST" "albums" [A OLD_WRITE] CREATE_ALBUM => ALBUM, albums::create;
    "albums.get" "GET" "albums/{}" [R OLD_READ] => ALBUM, albums::get;
    "albums.list" "GET" "albums" [R OLD_READ] => ALBUMS, albums::list;
    "albums.patch" "PATCH" "albums/{}" [E E] ALBUM => ALBUM, albums::patch;
    "albums.share" "POST" "albums/{}:share" [CLOSED OLD_SHARE] SHARE_ALBUM => SHARED_ALBUM, sharing::share;
    "albums.unshare" "POST" "albums/{}:unshare" [CLOSED OLD_SHARE] EMPTY => EMPTY, sharing::unshare;
    "mediaItems.batchCreate" "POST" "mediaItems:batchCreate" [A OLD_WRITE]
        BATCH_CREATE => CREATED_ITEMS, batch_create::run;
    "mediaItems.batchGet" "GET" "mediaItems:batchGet" [R OLD_READ] => GOT_ITEMS, media_items::batch_get;
    "mediaItems.get" "GET" "mediaItems/{}" [R OLD_READ] => MEDIA_ITEM, media_items::get;
    "mediaItems.list" "GET" "mediaItems" [R OLD_READ] => MEDIA_ITEMS, media_items::list;
    "mediaItems.patch" "PATCH" "mediaItems/{}" [E E] MEDIA_ITEM => MEDIA_ITEM, media_items::patch;
    "mediaItems.search" "POST" "mediaItems:search" [R OLD_READ] SEARCH => MEDIA_ITEMS, search::run;
    "sharedAlbums.get" "GET" "sharedAlbums/{}" [CLOSED OLD_SHARE] => ALBUM, sharing::get;
    "sharedAlbums.join" "POST" "sharedAlbums:join" [CLOSED OLD_SHARE] SHARE_TOKEN => JOINED_ALBUM, sharing::join;
    "sharedAlbums.leave" "POST" "sharedAlbums:leave" [CLOSED OLD_SHARE] SHARE_TOKEN => EMPTY, sharing::leave;
    "sharedAlbums.list" "GET" "sharedAlbums" [CLOSED OLD_READ] => SHARED_ALBUMS, sharing::list;

    "picker.sessions.create" "POST" "sessions" [P NONE] PICKING_SESSION => PICKING_SESSION, picking::create;
    "picker.sessions.get" "GET" "sessions/{}" [P NONE] => PICKING_SESSION, picking::get;
    "picker.sessions.delete" "DELETE" "sessions/{}" [P NONE] => EMPTY, picking::delete;
    "picker.mediaItems.list" "GET" "mediaItems?sessionId" [P NONE] => PICKED_ITEMS, picking::list;
}
