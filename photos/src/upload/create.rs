//! Items out of upload tokens: one call at a time, and one bad item does not spoil the others.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use discovery_runtime::Error;
use google_photoslibrary_v1::schemas::{
    BatchCreateMediaItemsRequest, NewMediaItem, SimpleMediaItem,
};

use super::results::{ItemResult, item_results};
use super::shared::Shared;
use super::stop::{Stop, StopReason};
use super::waits::{Waits, pause};

/// So many rejected calls with a single item, without a success in between, are not about the items.
const REJECTIONS: u32 = 3;

/// One item of a request that creates items.
#[derive(Clone)]
pub(super) struct ItemRequest {
    pub(super) index: usize,
    pub(super) token: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
}

/// What came of the items of a batch, and what it says about the rest of the run.
pub(super) struct BatchResult {
    pub(super) results: Vec<(usize, ItemResult)>,
    pub(super) stop: Option<Stop>,
}

/// Creates up to 50 items. `again` says that some of them failed a moment ago.
pub(super) async fn create(
    shared: Arc<Shared>,
    items: Vec<ItemRequest>,
    again: bool,
) -> BatchResult {
    // Held while it waits, too: whoever else writes would be rejected as well.
    let _turn = shared.photos.writes().lock().await;
    if again && !pause(&shared, Duration::from_secs(1)).await {
        let results = items
            .iter()
            .map(|item| (item.index, ItemResult::NotRequested))
            .collect();
        return BatchResult {
            results,
            stop: None,
        };
    }
    let mut batch = Batch {
        shared: &shared,
        results: Vec::new(),
        rejections: 0,
        stop: None,
    };
    let mut groups = VecDeque::from([items]);
    while let Some(group) = groups.pop_front() {
        if batch.stop.is_some() {
            batch.settle(&group, &ItemResult::NotRequested);
        } else if let Some((left, right)) = batch.run(group).await {
            groups.push_front(right);
            groups.push_front(left);
        }
    }
    BatchResult {
        results: batch.results,
        stop: batch.stop,
    }
}

struct Batch<'a> {
    shared: &'a Shared,
    results: Vec<(usize, ItemResult)>,
    /// The calls with a single item that were rejected since a call succeeded.
    rejections: u32,
    stop: Option<Stop>,
}

impl Batch<'_> {
    /// Makes one call. Two halves come back if it was rejected because of some of the items.
    async fn run(
        &mut self,
        group: Vec<ItemRequest>,
    ) -> Option<(Vec<ItemRequest>, Vec<ItemRequest>)> {
        let error = match self.call(&group).await {
            Ok(found) => {
                self.rejections = 0;
                self.results
                    .extend(group.iter().map(|item| item.index).zip(found));
                return None;
            }
            Err(error) => error,
        };
        if error.is_outcome_unknown() {
            self.settle(&group, &ItemResult::Unknown(error.to_string()));
            return None;
        }
        if let Some(reason) = about_all(&error) {
            self.settle(&group, &ItemResult::NotRequested);
            self.stop = Some(Stop::because(reason, error));
            return None;
        }
        self.reject(group, error)
    }

    /// The service rejects a call as a whole if it does not like one item of it. It is found by
    /// halves. The words of a rejection don't tell whether it is about the item: they can have a
    /// number of the request in them.
    fn reject(
        &mut self,
        mut group: Vec<ItemRequest>,
        error: Error,
    ) -> Option<(Vec<ItemRequest>, Vec<ItemRequest>)> {
        if group.len() > 1 {
            let right = group.split_off(group.len() / 2);
            return Some((group, right));
        }
        self.rejections += 1;
        self.settle(&group, &ItemResult::CallRejected(error.to_string()));
        if self.rejections >= REJECTIONS {
            self.stop = Some(Stop::because(StopReason::Failing, error));
        }
        None
    }

    async fn call(&self, group: &[ItemRequest]) -> Result<Vec<ItemResult>, Error> {
        let mut waits = Waits::default();
        loop {
            let call = self
                .shared
                .photos
                .client()
                .media_items()
                .batch_create(self.request(group));
            match call.send().await {
                Ok(response) => {
                    let tokens: Vec<&str> = group.iter().map(|item| item.token.as_str()).collect();
                    return Ok(item_results(&tokens, response.new_media_item_results));
                }
                // What was rejected for its rate, or not sent, was not carried out.
                Err(error) if waits.wait(self.shared, &error).await => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn request(&self, group: &[ItemRequest]) -> BatchCreateMediaItemsRequest {
        let items = group.iter().map(|item| {
            let simple = SimpleMediaItem::default()
                .with_upload_token(&item.token)
                .with_file_name(&item.name);
            let new = NewMediaItem::default().with_simple_media_item(simple);
            match &item.description {
                Some(text) => new.with_description(text),
                None => new,
            }
        });
        let request = BatchCreateMediaItemsRequest::default().with_new_media_items(items);
        match &self.shared.settings.album {
            Some(album) => request.with_album_id(album),
            None => request,
        }
    }

    fn settle(&mut self, group: &[ItemRequest], result: &ItemResult) {
        self.results
            .extend(group.iter().map(|item| (item.index, result.clone())));
    }
}

/// Why every other call would fail as well, by the status of one. `None` if it can be about an item:
/// nothing of that is final, since the service says it of the call.
///
/// | status | meaning | source |
/// |---|---|---|
/// | 400 with "album", 404 | the album | <https://github.com/google/java-photoslibrary/issues/18> |
/// | 400 with "storage" | the storage of the user is full | <https://github.com/gphotosuploader/gphotos-uploader-cli/issues/248> |
/// | 400, 412 otherwise | an item, such as its name, or the call | <https://developers.google.com/photos/library/guides/upload-media> |
/// | 401, 403, 429 and what was not sent | [`Stop::of`] | <https://developers.google.com/photos/overview/api-limits-quotas> |
/// | what says nothing of the outcome | unknown: it is not made again | <https://google.aip.dev/194> |
/// | others | the service fails | <https://google.aip.dev/193> |
fn about_all(error: &Error) -> Option<StopReason> {
    if let Some(reason) = Stop::of(error) {
        return Some(reason);
    }
    let message = error
        .rpc_status()
        .map_or("", |status| status.message.as_str());
    if error.is_not_found() || message.contains("album") {
        Some(StopReason::Album)
    } else if message.contains("storage") {
        Some(StopReason::StorageFull)
    } else if error.is_invalid_argument() || error.is_precondition_failed() {
        None
    } else {
        Some(StopReason::Failing)
    }
}
