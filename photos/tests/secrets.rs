//! URLs and tokens that are keys to photos do not print: whoever has a base URL can fetch the bytes
//! for about 60 minutes (<https://developers.google.com/photos/library/guides/access-media-items>).

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(
    deprecated,
    reason = "calls print whether or not the service takes them"
)]

use google_photos::Photos;
use google_photoslibrary_v1::schemas::{
    Album, BatchCreateMediaItemsRequest, JoinSharedAlbumRequest, LeaveSharedAlbumRequest,
    ListMediaItemsResponse, NewMediaItemResult,
};
use google_photoslibrary_v1::{Client, Credentials};

fn decoded<T: for<'a> serde::Deserialize<'a>>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[test]
fn keys_to_photos_do_not_print() {
    let client = Client::builder()
        .credentials(Credentials::token("CANARY-token"))
        .build()
        .unwrap();
    let items: ListMediaItemsResponse = decoded(
        r#"{"mediaItems": [{"id": "an-id", "baseUrl": "CANARY", "contributorInfo":
            {"profilePictureBaseUrl": "CANARY"}}]}"#,
    );
    let album: Album = decoded(
        r#"{"id": "an-id", "coverPhotoBaseUrl": "CANARY", "shareInfo":
            {"shareToken": "CANARY", "shareableUrl": "CANARY"}}"#,
    );
    let create: BatchCreateMediaItemsRequest =
        decoded(r#"{"newMediaItems": [{"simpleMediaItem": {"uploadToken": "CANARY"}}]}"#);
    let created: NewMediaItemResult = decoded(r#"{"uploadToken": "CANARY"}"#);
    let join = JoinSharedAlbumRequest::default().with_share_token("CANARY");
    let leave = LeaveSharedAlbumRequest::default().with_share_token("CANARY");
    let photos = Photos::new(client.clone());
    let shown = [
        format!("{items:?} {album:?} {create:?} {created:?} {join:?} {leave:?}"),
        format!("{items:#?} {album:#?} {create:#?} {created:#?}"),
        format!("{:?}", client.shared_albums().get("CANARY")),
        format!("{:?}", client.shared_albums().join(join)),
        format!("{:?}", client.media_items().batch_create(create)),
        format!(
            "{photos:?} {:?}",
            photos.download_item(&items.media_items[0])
        ),
    ];
    for shown in &shown {
        assert!(!shown.contains("CANARY"), "{shown}");
        assert!(
            shown.contains("[secret]") || shown.contains("Photos"),
            "{shown}"
        );
    }
    // What is no key is shown, and whether there is one.
    assert!(shown[0].contains("an-id"));
    let open: Album = decoded(r#"{"id": "an-id"}"#);
    assert_eq!(format!("{open:?}"), r#"Album { id: "an-id" }"#);
}
