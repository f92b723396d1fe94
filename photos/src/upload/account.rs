//! Whether a journal records the uploads of the account that the calls are made for.
//!
//! No token says whose it is without a scope of its own for that. What tells is the library: an item
//! of another account is not there.

use discovery_runtime::{Error, blocking};

use super::journal::Problem;
use super::shared::Shared;
use super::stop::{Stop, StopReason};
use super::waits::Waits;
use crate::limits::BATCH;

/// Whose uploads a caller says that a journal records.
#[derive(Clone, Debug, Default)]
pub(super) struct Owner {
    pub(super) account: Option<String>,
    /// Whether it is so whatever the library says.
    pub(super) is_certain: bool,
}

/// Looks for items of earlier runs in the library. A stop says that it is not known, and that nothing
/// else can be done either.
pub(super) async fn verify(shared: &Shared, owner: Owner) -> Result<Option<Stop>, Problem> {
    let Owner {
        account,
        is_certain,
    } = owner;
    let (journal, name) = (shared.journal.clone(), account.clone());
    let ids = blocking(move || Ok(journal.to_verify(BATCH, name.as_deref()))).await??;
    if !(is_certain || ids.is_empty()) {
        match find(shared, ids).await {
            Ok(true) => {}
            Ok(false) => return Err(Problem::OtherItems),
            Err(error) if error.is_scope_insufficient() => {
                return Err(Problem::Unverified(Box::new(error)));
            }
            // What can't be read as identifiers of this account are none.
            Err(error) if error.is_invalid_argument() || error.is_not_found() => {
                return Err(Problem::OtherItems);
            }
            Err(error) => {
                let reason = Stop::of(&error).unwrap_or(StopReason::Failing);
                return Ok(Some(Stop::because(reason, error)));
            }
        }
    }
    let journal = shared.journal.clone();
    blocking(move || journal.set_verified(account.as_deref())).await?;
    Ok(None)
}

/// Whether at least one of the items is in the library.
async fn find(shared: &Shared, ids: Vec<String>) -> Result<bool, Error> {
    let mut waits = Waits::default();
    loop {
        let call = shared.photos.client().media_items().batch_get(&ids);
        match call.send().await {
            Ok(response) => {
                let mut results = response.media_item_results.into_iter();
                return Ok(results.any(|result| result.media_item.is_some()));
            }
            Err(error) if waits.wait(shared, &error).await => {}
            Err(error) => return Err(error),
        }
    }
}
