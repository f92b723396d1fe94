//! Which result of a call belongs to which item, and what it says.

use google_photoslibrary_v1::schemas::{MediaItem, NewMediaItemResult};

/// What the service said about one item.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ItemResult {
    Created(Box<MediaItem>),
    /// No item, with a `google.rpc.Code` other than 0.
    Error(i32, String),
    /// No item: a call for this item alone was rejected.
    CallRejected(String),
    /// The response was lost, or says nothing of the item.
    Unknown(String),
    /// The call was not made, or rejected before it did anything.
    NotRequested,
}

/// The results of items by their upload tokens, in the order of the tokens.
///
/// The service echoes each token. Where it does not, the place of a result tells whose it is, if
/// there are as many results as items.
pub(super) fn item_results(tokens: &[&str], results: Vec<NewMediaItemResult>) -> Vec<ItemResult> {
    let by_place = results.len() == tokens.len();
    let mut found: Vec<Option<ItemResult>> = tokens.iter().map(|_| None).collect();
    for (place, result) in results.into_iter().enumerate() {
        let echoed = result
            .upload_token
            .as_deref()
            .filter(|token| !token.is_empty());
        let index = match echoed {
            // Usually it is in its place; equal tokens do not occur.
            Some(token) if tokens.get(place) == Some(&token) => Some(place),
            Some(token) => tokens.iter().position(|known| *known == token),
            None => by_place.then_some(place),
        };
        let slot = index.and_then(|index| found.get_mut(index));
        if let Some(slot) = slot {
            slot.get_or_insert_with(|| item_result(result));
        }
    }
    let missing = || ItemResult::Unknown("the response has no result for the file".to_owned());
    found
        .into_iter()
        .map(|result| result.unwrap_or_else(missing))
        .collect()
}

/// No code is code 0, which is success.
fn item_result(result: NewMediaItemResult) -> ItemResult {
    let status = result.status.unwrap_or_default();
    match (status.code.unwrap_or(0), result.media_item) {
        (0, Some(mut item)) if item.id.is_some() => {
            // It ends within the hour, and would only be one more secret to keep.
            item.base_url = None;
            ItemResult::Created(Box::new(item))
        }
        (0, _) => {
            ItemResult::Unknown("the service says that there is an item, and not which".to_owned())
        }
        (code, _) => ItemResult::Error(
            code,
            status
                .message
                .unwrap_or_else(|| "the service did not say why".to_owned()),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(json: &str) -> Vec<NewMediaItemResult> {
        serde_json::from_str(json).unwrap()
    }

    fn short(results: &[ItemResult]) -> Vec<String> {
        let name = |result: &ItemResult| match result {
            ItemResult::Created(item) => item.id.clone().unwrap(),
            ItemResult::Error(code, _) => code.to_string(),
            ItemResult::CallRejected(_) => "!".to_owned(),
            ItemResult::Unknown(_) => "?".to_owned(),
            ItemResult::NotRequested => "-".to_owned(),
        };
        results.iter().map(name).collect()
    }

    #[test]
    fn success_has_no_code() {
        let response = r#"[{"uploadToken": "a", "status": {"message": "Success"}, "mediaItem": {"id": "1"}},
            {"uploadToken": "b", "status": {"code": 0}, "mediaItem": {"id": "2"}},
            {"uploadToken": "c", "mediaItem": {"id": "3", "baseUrl": "https://x"}}]"#;
        let found = item_results(&["a", "b", "c"], results(response));
        assert_eq!(short(&found), ["1", "2", "3"]);
        assert!(matches!(&found[2], ItemResult::Created(item) if item.base_url.is_none()));
    }

    #[test]
    fn results_are_matched_by_token_then_by_place() {
        let response = r#"[{"uploadToken": "c", "mediaItem": {"id": "3"}}, {"status": {"code": 13}},
            {"uploadToken": "a", "mediaItem": {"id": "1"}}]"#;
        assert_eq!(
            short(&item_results(&["a", "b", "c"], results(response))),
            ["1", "13", "3"]
        );
        let response = r#"[{"mediaItem": {"id": "1"}}, {"status": {"code": 3}}]"#;
        assert_eq!(
            short(&item_results(&["a", "b"], results(response))),
            ["1", "3"]
        );
    }

    #[test]
    fn an_item_without_a_result_is_unknown() {
        assert_eq!(short(&item_results(&["a", "b"], Vec::new())), ["?", "?"]);
        // Whose results these are can't be told.
        let response = r#"[{"mediaItem": {"id": "1"}}]"#;
        assert_eq!(
            short(&item_results(&["a", "b"], results(response))),
            ["?", "?"]
        );
        let response = r#"[{"uploadToken": "a", "status": {"message": "Success"}},
            {"uploadToken": "x", "mediaItem": {"id": "2"}}, {"uploadToken": "b", "mediaItem": {}}]"#;
        assert_eq!(
            short(&item_results(&["a", "b"], results(response))),
            ["?", "?"]
        );
    }
}
