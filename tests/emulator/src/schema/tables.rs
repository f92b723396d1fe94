//! The request and reply messages of both APIs, one table each.

use super::Kind::{self, Any, Bool, Enum, Int32, Int64, List, Message, Number, Text};
use super::Schema;

macro_rules! messages {
    ($($constant:ident = $name:literal { $($field:literal: $kind:expr),* $(,)? })*) => {
        $(pub(crate) static $constant: Schema = Schema { name: $name, fields: &[$(($field, $kind)),*] };)*
    };
}

const TEXTS: Kind = List(&Text);
const CATEGORIES: Kind = List(&Enum(&[
    "NONE",
    "LANDSCAPES",
    "RECEIPTS",
    "CITYSCAPES",
    "LANDMARKS",
    "SELFIES",
    "PEOPLE",
    "PETS",
    "WEDDINGS",
    "BIRTHDAYS",
    "DOCUMENTS",
    "TRAVEL",
    "ANIMALS",
    "FOOD",
    "SPORT",
    "NIGHT",
    "PERFORMANCES",
    "WHITEBOARDS",
    "SCREENSHOTS",
    "UTILITY",
    "ARTS",
    "CRAFTS",
    "FASHION",
    "HOUSES",
    "GARDENS",
    "FLOWERS",
    "HOLIDAYS",
]));
const FEATURES: Kind = List(&Enum(&["NONE", "FAVORITES"]));
const MEDIA_TYPES: Kind = List(&Enum(&["ALL_MEDIA", "VIDEO", "PHOTO"]));
const VIDEO_STATUS: Kind = Enum(&["UNSPECIFIED", "PROCESSING", "READY", "FAILED"]);
const PICKED_TYPE: Kind = Enum(&["TYPE_UNSPECIFIED", "PHOTO", "VIDEO"]);
const POSITIONS: Kind = Enum(&[
    "POSITION_TYPE_UNSPECIFIED",
    "FIRST_IN_ALBUM",
    "LAST_IN_ALBUM",
    "AFTER_MEDIA_ITEM",
    "AFTER_ENRICHMENT_ITEM",
]);

messages! {
    EMPTY = "Empty" {}
    ALBUM = "Album" {
        "id": Text, "title": Text, "productUrl": Text, "isWriteable": Bool, "shareInfo": Message(&SHARE_INFO),
        "mediaItemsCount": Int64, "coverPhotoBaseUrl": Text, "coverPhotoMediaItemId": Text,
    }
    SHARE_INFO = "ShareInfo" {
        "sharedAlbumOptions": Message(&SHARED_ALBUM_OPTIONS), "shareableUrl": Text, "shareToken": Text,
        "isJoined": Bool, "isOwned": Bool, "isJoinable": Bool,
    }
    SHARED_ALBUM_OPTIONS = "SharedAlbumOptions" { "isCollaborative": Bool, "isCommentable": Bool }
    MEDIA_ITEM = "MediaItem" {
        "id": Text, "description": Text, "productUrl": Text, "baseUrl": Text, "mimeType": Text,
        "mediaMetadata": Message(&MEDIA_METADATA), "contributorInfo": Message(&CONTRIBUTOR_INFO), "filename": Text,
    }
    MEDIA_METADATA = "MediaMetadata" {
        "creationTime": Text, "width": Int64, "height": Int64, "photo": Message(&PHOTO), "video": Message(&VIDEO),
    }
    CONTRIBUTOR_INFO = "ContributorInfo" { "profilePictureBaseUrl": Text, "displayName": Text }
    PHOTO = "Photo" {
        "cameraMake": Text, "cameraModel": Text, "focalLength": Number, "apertureFNumber": Number,
        "isoEquivalent": Int32, "exposureTime": Text,
    }
    VIDEO = "Video" { "cameraMake": Text, "cameraModel": Text, "fps": Number, "status": VIDEO_STATUS }
    STATUS = "Status" { "code": Int32, "message": Text, "details": Any }

    CREATE_ALBUM = "CreateAlbumRequest" { "album": Message(&ALBUM) }
    ALBUMS = "ListAlbumsResponse" { "albums": List(&Message(&ALBUM)), "nextPageToken": Text }
    ALBUM_POSITION = "AlbumPosition" {
        "position": POSITIONS, "relativeMediaItemId": Text, "relativeEnrichmentItemId": Text,
    }
    ADD_ENRICHMENT = "AddEnrichmentToAlbumRequest" {
        "newEnrichmentItem": Message(&NEW_ENRICHMENT_ITEM), "albumPosition": Message(&ALBUM_POSITION),
    }
    NEW_ENRICHMENT_ITEM = "NewEnrichmentItem" {
        "textEnrichment": Message(&TEXT_ENRICHMENT), "locationEnrichment": Message(&LOCATION_ENRICHMENT),
        "mapEnrichment": Message(&MAP_ENRICHMENT),
    }
    TEXT_ENRICHMENT = "TextEnrichment" { "text": Text }
    LOCATION_ENRICHMENT = "LocationEnrichment" { "location": Message(&LOCATION) }
    MAP_ENRICHMENT = "MapEnrichment" { "origin": Message(&LOCATION), "destination": Message(&LOCATION) }
    LOCATION = "Location" { "locationName": Text, "latlng": Message(&LAT_LNG) }
    LAT_LNG = "LatLng" { "latitude": Number, "longitude": Number }
    ADDED_ENRICHMENT = "AddEnrichmentToAlbumResponse" { "enrichmentItem": Message(&ENRICHMENT_ITEM) }
    ENRICHMENT_ITEM = "EnrichmentItem" { "id": Text }
    MEDIA_ITEM_IDS = "BatchMediaItemsRequest" { "mediaItemIds": TEXTS }
    SHARE_ALBUM = "ShareAlbumRequest" { "sharedAlbumOptions": Message(&SHARED_ALBUM_OPTIONS) }
    SHARED_ALBUM = "ShareAlbumResponse" { "shareInfo": Message(&SHARE_INFO) }
    SHARE_TOKEN = "SharedAlbumRequest" { "shareToken": Text }
    JOINED_ALBUM = "JoinSharedAlbumResponse" { "album": Message(&ALBUM) }
    SHARED_ALBUMS = "ListSharedAlbumsResponse" { "sharedAlbums": List(&Message(&ALBUM)), "nextPageToken": Text }

    BATCH_CREATE = "BatchCreateMediaItemsRequest" {
        "albumId": Text, "newMediaItems": List(&Message(&NEW_MEDIA_ITEM)), "albumPosition": Message(&ALBUM_POSITION),
    }
    NEW_MEDIA_ITEM = "NewMediaItem" { "description": Text, "simpleMediaItem": Message(&SIMPLE_MEDIA_ITEM) }
    SIMPLE_MEDIA_ITEM = "SimpleMediaItem" { "uploadToken": Text, "fileName": Text }
    CREATED_ITEMS = "BatchCreateMediaItemsResponse" { "newMediaItemResults": List(&Message(&NEW_MEDIA_ITEM_RESULT)) }
    NEW_MEDIA_ITEM_RESULT = "NewMediaItemResult" {
        "uploadToken": Text, "status": Message(&STATUS), "mediaItem": Message(&MEDIA_ITEM),
    }
    GOT_ITEMS = "BatchGetMediaItemsResponse" { "mediaItemResults": List(&Message(&MEDIA_ITEM_RESULT)) }
    MEDIA_ITEM_RESULT = "MediaItemResult" { "status": Message(&STATUS), "mediaItem": Message(&MEDIA_ITEM) }
    MEDIA_ITEMS = "ListMediaItemsResponse" { "mediaItems": List(&Message(&MEDIA_ITEM)), "nextPageToken": Text }

    PICKING_SESSION = "PickingSession" {
        "id": Text, "pickerUri": Text, "pollingConfig": Message(&POLLING_CONFIG), "expireTime": Text,
        "pickingConfig": Message(&PICKING_CONFIG), "mediaItemsSet": Bool,
    }
    POLLING_CONFIG = "PollingConfig" { "pollInterval": Text, "timeoutIn": Text }
    PICKING_CONFIG = "PickingConfig" { "maxItemCount": Int64 }
    PICKED_ITEMS = "ListPickedMediaItemsResponse" {
        "mediaItems": List(&Message(&PICKED_ITEM)), "nextPageToken": Text,
    }
    PICKED_ITEM = "PickedMediaItem" {
        "id": Text, "createTime": Text, "type": PICKED_TYPE, "mediaFile": Message(&MEDIA_FILE),
    }
    MEDIA_FILE = "MediaFile" {
        "baseUrl": Text, "mimeType": Text, "filename": Text, "mediaFileMetadata": Message(&MEDIA_FILE_METADATA),
    }
    MEDIA_FILE_METADATA = "MediaFileMetadata" {
        "width": Int32, "height": Int32, "cameraMake": Text, "cameraModel": Text,
        "photoMetadata": Message(&PHOTO_METADATA), "videoMetadata": Message(&VIDEO_METADATA),
    }
    PHOTO_METADATA = "PhotoMetadata" {
        "focalLength": Number, "apertureFNumber": Number, "isoEquivalent": Int32, "exposureTime": Text,
    }
    VIDEO_METADATA = "VideoMetadata" { "fps": Number, "processingStatus": VIDEO_STATUS }

    SEARCH = "SearchMediaItemsRequest" {
        "albumId": Text, "pageSize": Int32, "pageToken": Text, "filters": Message(&FILTERS), "orderBy": Text,
    }
    FILTERS = "Filters" {
        "dateFilter": Message(&DATE_FILTER), "contentFilter": Message(&CONTENT_FILTER),
        "mediaTypeFilter": Message(&MEDIA_TYPE_FILTER), "featureFilter": Message(&FEATURE_FILTER),
        "includeArchivedMedia": Bool, "excludeNonAppCreatedData": Bool,
    }
    DATE_FILTER = "DateFilter" { "dates": List(&Message(&DATE)), "ranges": List(&Message(&DATE_RANGE)) }
    DATE_RANGE = "DateRange" { "startDate": Message(&DATE), "endDate": Message(&DATE) }
    DATE = "Date" { "year": Int32, "month": Int32, "day": Int32 }
    CONTENT_FILTER = "ContentFilter" {
        "includedContentCategories": CATEGORIES, "excludedContentCategories": CATEGORIES,
    }
    MEDIA_TYPE_FILTER = "MediaTypeFilter" { "mediaTypes": MEDIA_TYPES }
    FEATURE_FILTER = "FeatureFilter" { "includedFeatures": FEATURES }
}
