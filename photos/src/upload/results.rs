//! Which result of a call belongs to which item, and what it says.

use google_photoslibrary_v1::schemas::{MediaItem, NewMediaItemResult};

/// What the service said about one item.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    Item(Box<MediaItem>),
    /// No item, with a `google.rpc.Code` other than 0.
    Code(i32, String),
    /// The call was answered or lost, and nothing tells of the item.
    Unknown(String),
    /// The call was not made, or rejected before it did anything.
    Untouched,
}

/// The verdicts on items by their upload tokens, in the order of the tokens.
///
/// The service echoes each token. Where it does not, the place of a result tells whose it is, if
/// there are as many results as items.
pub(super) fn verdicts(tokens: &[&str], results: Vec<NewMediaItemResult>) -> Vec<Verdict> {
    let by_place = results.len() == tokens.len();
    let mut verdicts: Vec<Option<Verdict>> = tokens.iter().map(|_| None).collect();
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
        let slot = index.and_then(|index| verdicts.get_mut(index));
        if let Some(slot) = slot {
            slot.get_or_insert_with(|| verdict(result));
        }
    }
    let missing =
        || Verdict::Unknown("the service answered without a result for the file".to_owned());
    verdicts
        .into_iter()
        .map(|verdict| verdict.unwrap_or_else(missing))
        .collect()
}

/// No code is code 0, which is success.
fn verdict(result: NewMediaItemResult) -> Verdict {
    let status = result.status.unwrap_or_default();
    match (status.code.unwrap_or(0), result.media_item) {
        (0, Some(mut item)) if item.id.is_some() => {
            // It ends within the hour, and would only be one more secret to keep.
            item.base_url = None;
            Verdict::Item(Box::new(item))
        }
        (0, _) => {
            Verdict::Unknown("the service says that there is an item, and not which".to_owned())
        }
        (code, _) => Verdict::Code(
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

    fn short(verdicts: &[Verdict]) -> Vec<String> {
        let name = |verdict: &Verdict| match verdict {
            Verdict::Item(item) => item.id.clone().unwrap(),
            Verdict::Code(code, _) => code.to_string(),
            Verdict::Unknown(_) => "?".to_owned(),
            Verdict::Untouched => "-".to_owned(),
        };
        verdicts.iter().map(name).collect()
    }

    #[test]
    fn success_has_no_code() {
        let answer = r#"[{"uploadToken": "a", "status": {"message": "Success"}, "mediaItem": {"id": "1"}},
            {"uploadToken": "b", "status": {"code": 0}, "mediaItem": {"id": "2"}},
            {"uploadToken": "c", "mediaItem": {"id": "3", "baseUrl": "https://x"}}]"#;
        let verdicts = verdicts(&["a", "b", "c"], results(answer));
        assert_eq!(short(&verdicts), ["1", "2", "3"]);
        assert!(matches!(&verdicts[2], Verdict::Item(item) if item.base_url.is_none()));
    }

    #[test]
    fn results_go_by_token_then_by_place() {
        let answer = r#"[{"uploadToken": "c", "mediaItem": {"id": "3"}}, {"status": {"code": 13}},
            {"uploadToken": "a", "mediaItem": {"id": "1"}}]"#;
        assert_eq!(
            short(&verdicts(&["a", "b", "c"], results(answer))),
            ["1", "13", "3"]
        );
        let answer = r#"[{"mediaItem": {"id": "1"}}, {"status": {"code": 3}}]"#;
        assert_eq!(short(&verdicts(&["a", "b"], results(answer))), ["1", "3"]);
    }

    #[test]
    fn what_is_not_said_is_not_known() {
        assert_eq!(short(&verdicts(&["a", "b"], Vec::new())), ["?", "?"]);
        // Whose results these are can't be told.
        let answer = r#"[{"mediaItem": {"id": "1"}}]"#;
        assert_eq!(short(&verdicts(&["a", "b"], results(answer))), ["?", "?"]);
        let answer = r#"[{"uploadToken": "a", "status": {"message": "Success"}},
            {"uploadToken": "x", "mediaItem": {"id": "2"}}, {"uploadToken": "b", "mediaItem": {}}]"#;
        assert_eq!(short(&verdicts(&["a", "b"], results(answer))), ["?", "?"]);
    }
}
