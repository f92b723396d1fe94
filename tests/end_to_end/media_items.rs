//! The media item methods.

use google_photoslibrary_v1::schemas::{
    BatchCreateMediaItemsRequest, DateFilter, DateRange, Filters, MediaItem, NewMediaItem,
    SearchMediaItemsRequest, SimpleMediaItem,
};

use photos_emulator::sample_photo;

use crate::session::Session;

#[tokio::test]
async fn batch_create_reports_a_result_for_each_item() {
    let session = Session::start().await;
    let item = NewMediaItem::default().with_simple_media_item(
        SimpleMediaItem::default()
            .with_upload_token("CAISunknown")
            .with_file_name("a.jpg"),
    );
    let request = BatchCreateMediaItemsRequest::default().with_new_media_items([item]);
    let response = session
        .client
        .media_items()
        .batch_create(request)
        .send()
        .await
        .unwrap();
    let result = &response.new_media_item_results[0];
    assert_eq!(result.upload_token.as_deref(), Some("CAISunknown"));
    assert_eq!(
        result.status.as_ref().and_then(|status| status.code),
        Some(3)
    );
    assert_eq!(result.media_item, None);
}

#[tokio::test]
async fn uploaded_bytes_become_an_item() {
    let session = Session::start().await;
    let bytes = sample_photo(16, 16, 7);
    let token = session
        .client
        .media_items()
        .upload(bytes.to_vec())
        .send()
        .await
        .unwrap();
    let simple = SimpleMediaItem::default()
        .with_upload_token(token.as_str())
        .with_file_name("lake.jpg");
    let item = NewMediaItem::default().with_simple_media_item(simple);
    let request = BatchCreateMediaItemsRequest::default().with_new_media_items([item]);
    let response = session
        .client
        .media_items()
        .batch_create(request)
        .send()
        .await
        .unwrap();
    let item = response.new_media_item_results[0]
        .media_item
        .as_ref()
        .unwrap();
    assert_eq!(item.filename.as_deref(), Some("lake.jpg"));
    assert_eq!(session.emulator.items()[0].bytes, bytes);
}

#[tokio::test]
async fn batch_create_of_51_items_is_not_sent() {
    let session = Session::start().await;
    let items = (0..51).map(|_| NewMediaItem::default());
    let request = BatchCreateMediaItemsRequest::default().with_new_media_items(items);
    let error = session
        .client
        .media_items()
        .batch_create(request)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    assert_eq!(session.emulator.requests().len(), 0);
}

#[tokio::test]
async fn batch_get_keeps_the_order_and_repeats_the_parameter() {
    let session = Session::start().await;
    let id = session.photo("a.jpg", 1);
    let response = session
        .client
        .media_items()
        .batch_get(["GONE", &id])
        .send()
        .await
        .unwrap();
    let [gone, found] = response.media_item_results.as_slice() else {
        panic!("{response:?}")
    };
    assert_eq!(gone.status.as_ref().and_then(|status| status.code), Some(3));
    assert_eq!(
        found
            .media_item
            .as_ref()
            .and_then(|item| item.id.as_deref()),
        Some(id.as_str())
    );
    let sent = &session.emulator.requests_of("mediaItems.batchGet")[0];
    let ids: Vec<&str> = sent
        .query
        .iter()
        .filter(|(name, _)| name == "mediaItemIds")
        .map(|(_, v)| v.as_str())
        .collect();
    assert_eq!(ids, ["GONE", &id]);
}

#[tokio::test]
async fn get_decodes_numbers_times_and_metadata() {
    let session = Session::start().await;
    let id = session.photo("lake.jpg", 1);
    let item = session.client.media_items().get(&id).send().await.unwrap();
    assert_eq!(item.filename.as_deref(), Some("lake.jpg"));
    let metadata = item.media_metadata.unwrap();
    assert_eq!((metadata.width, metadata.height), (Some(8), Some(8)));
    assert!(metadata.creation_time.is_some());
    assert!(metadata.photo.is_some());
}

#[tokio::test]
async fn patch_changes_the_description() {
    let session = Session::start().await;
    let id = session.photo("lake.jpg", 1);
    let change = MediaItem::default().with_description("Sunrise");
    let item = session
        .client
        .media_items()
        .patch(&id, change)
        .send()
        .await
        .unwrap();
    assert_eq!(item.description.as_deref(), Some("Sunrise"));
    let sent = &session.emulator.requests_of("mediaItems.patch")[0];
    assert_eq!(sent.parameter("updateMask"), Some("description"));
}

#[tokio::test]
async fn search_finds_by_album_and_by_filter() {
    let session = Session::start().await;
    let id = session.photo("lake.jpg", 1);
    let all = SearchMediaItemsRequest::default().with_page_size(10);
    let found = session
        .client
        .media_items()
        .search(all)
        .send()
        .await
        .unwrap();
    assert_eq!(found.media_items[0].id.as_deref(), Some(id.as_str()));
    // The service refuses an album together with filters
    // (https://developers.google.com/photos/library/reference/rest/v1/mediaItems/search), so it is
    // not asked.
    let requests = session.emulator.requests().len();
    let mixed = SearchMediaItemsRequest::default()
        .with_album_id("ALB")
        .with_filters(Filters::default().with_include_archived_media(true));
    let error = session
        .client
        .media_items()
        .search(mixed)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    assert_eq!(error.http_status(), None);
    let text = error.to_string();
    assert!(
        text.contains("albumId and filters exclude each other"),
        "{text}"
    );
    assert_eq!(session.emulator.requests().len(), requests);
}

#[tokio::test]
async fn limits_inside_the_body_are_checked() {
    let session = Session::start().await;
    let ranges = (0..6).map(|_| DateRange::default());
    let filters = Filters::default().with_date_filter(DateFilter::default().with_ranges(ranges));
    let request = SearchMediaItemsRequest::default().with_filters(filters);
    let error = session
        .client
        .media_items()
        .search(request)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    assert!(
        error.to_string().contains("filters.dateFilter.ranges"),
        "{error}"
    );
    assert_eq!(session.emulator.requests().len(), 0);
}

#[tokio::test]
async fn fields_select_parts_of_the_response() {
    let session = Session::start().await;
    let id = session.photo("lake.jpg", 1);
    let options = google_photoslibrary_v1::CallOptions::default().with_fields("id");
    let item = session
        .client
        .media_items()
        .get(&id)
        .options(options)
        .send()
        .await
        .unwrap();
    assert_eq!(item, {
        let mut only = MediaItem::default();
        only.id = Some(id);
        only
    });
}
