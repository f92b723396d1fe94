//! Items out of upload tokens: one call at a time, and one bad item does not spoil the others.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use discovery_runtime::Error;
use google_photoslibrary_v1::schemas::{
    BatchCreateMediaItemsRequest, NewMediaItem, SimpleMediaItem,
};

use super::rate_limit::{RateLimitWaits, pause};
use super::results::{ItemResult, item_results};
use super::shared::Shared;
use super::stop::{Stop, StopReason};

/// The number of `google.rpc.Code.INVALID_ARGUMENT`, which status 400 stands for.
const INVALID_ARGUMENT: i32 = 3;

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
        rejections: Vec::new(),
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
    /// What calls with a single item were rejected with, as long as no other call succeeded.
    rejections: Vec<String>,
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
                self.rejections.clear();
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
    /// halves. If single items are rejected with the same words, it is none of them.
    fn reject(
        &mut self,
        mut group: Vec<ItemRequest>,
        error: Error,
    ) -> Option<(Vec<ItemRequest>, Vec<ItemRequest>)> {
        if group.len() > 1 {
            let right = group.split_off(group.len() / 2);
            return Some((group, right));
        }
        let status = error.rpc_status();
        let message = status.map_or_else(|| error.to_string(), |status| status.message.clone());
        let is_common = self.rejections.contains(&message);
        self.rejections.push(message.clone());
        if is_common {
            self.settle(&group, &ItemResult::NotRequested);
            self.stop = Some(Stop::because(StopReason::Failing, error));
        } else {
            self.settle(&group, &ItemResult::Error(INVALID_ARGUMENT, message));
        }
        None
    }

    async fn call(&self, group: &[ItemRequest]) -> Result<Vec<ItemResult>, Error> {
        let mut waits = RateLimitWaits::default();
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
                // What was rejected for its rate was not carried out.
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

/// Why every other call would fail as well.
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
