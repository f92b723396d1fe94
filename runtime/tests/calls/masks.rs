//! What is counted and masked before it is sent.

use discovery_runtime::FieldMask;
use discovery_runtime::codegen::{Request, UpdateMask};

use crate::any_call::{ORIGIN, PATCH, sent};
use crate::support::Album;

#[tokio::test]
async fn list_length_limits_are_checked() {
    let with = |len| {
        move || {
            Request::new(&PATCH)
                .limit("newMediaItems", len, 1, 50)
                .query("len", &1)
        }
    };
    assert!(sent(with(1)).await.is_ok());
    assert!(sent(with(50)).await.is_ok());
    let cases = [
        (0, "newMediaItems has 0 entries; 1 to 50 are accepted"),
        (51, "newMediaItems has 51 entries; 1 to 50 are accepted"),
    ];
    for (len, message) in cases {
        assert_eq!(
            sent(with(len)).await.unwrap_err(),
            format!("photos.patch: invalid argument: {message}")
        );
    }
    let one = sent(|| Request::new(&PATCH).limit("dates", 2, 1, 1))
        .await
        .unwrap_err();
    assert!(one.ends_with("dates has 2 entries; 1 is accepted"), "{one}");
}

#[tokio::test]
async fn first_error_is_reported() {
    let request = || {
        Request::new(&PATCH)
            .limit("first", 0, 1, 1)
            .limit("second", 0, 1, 1)
    };
    assert!(sent(request).await.unwrap_err().contains("first"));
}

fn patch(mask: &UpdateMask, title: Option<&str>, allowed: &'static [&'static str]) -> Request {
    let album = Album {
        id: Some("a".into()),
        title: title.map(Into::into),
    };
    Request::new(&PATCH).masked_body(&album, "updateMask", mask, allowed)
}

fn mask(change: impl FnOnce(&mut UpdateMask)) -> UpdateMask {
    let mut mask = UpdateMask::default();
    change(&mut mask);
    mask
}

#[tokio::test]
async fn update_mask_names_the_set_fields() {
    let computed = mask(|_| {});
    let (url, body) = sent(|| patch(&computed, Some("Iceland"), &["title"]))
        .await
        .unwrap();
    assert_eq!(url, format!("{ORIGIN}/v1/albums?updateMask=title&alt=json"));
    // What only the server sets is in neither.
    assert_eq!(body, serde_json::json!({ "title": "Iceland" }));

    let cleared = mask(|mask| mask.clear("title".into()));
    for title in [None, Some("Iceland")] {
        let (url, body) = sent(|| patch(&cleared, title, &["title"])).await.unwrap();
        assert!(url.contains("updateMask=title&"), "{url}");
        assert_eq!(body, serde_json::json!({}));
    }

    let given = mask(|mask| mask.set(FieldMask::from("title,coverPhotoMediaItemId")));
    let (url, _) = sent(|| patch(&given, Some("Iceland"), &[])).await.unwrap();
    assert!(
        url.contains("updateMask=title%2CcoverPhotoMediaItemId"),
        "{url}"
    );
}

#[tokio::test]
async fn malformed_update_mask_is_rejected() {
    let cases: [(UpdateMask, Option<&str>, &'static [&'static str], &str); 5] = [
        (mask(|_| {}), None, &[], "nothing is to be changed"),
        (
            mask(|mask| mask.clear("id".into())),
            None,
            &[],
            "only the server sets `id`",
        ),
        (
            mask(|mask| mask.clear("colour".into())),
            None,
            &[],
            "no such field",
        ),
        (
            mask(|mask| mask.set("cover".into())),
            Some("x"),
            &["title", "description"],
            "title and description can",
        ),
        (
            mask(|mask| mask.set("".into())),
            Some("x"),
            &[],
            "nothing is to be changed",
        ),
    ];
    for (mask, title, allowed, message) in cases {
        let error = sent(|| patch(&mask, title, allowed)).await.unwrap_err();
        assert!(error.contains(message), "{error}");
    }
}
