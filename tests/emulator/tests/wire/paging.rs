//! Listings page by page with and without the service's odd habits.

use std::time::Duration;

use photos_emulator::{NewItem, OverMaximum, Quirks, sample_photo, scopes};
use serde_json::{Value, json};

use crate::session::{Session, ids};

/// Adds photos, oldest first, and returns their ids newest first.
fn fill(session: &Session, count: u32) -> Vec<String> {
    let add = |number: u32| {
        let taken = session
            .emulator
            .ago(Duration::from_secs(3600 * u64::from(count - number)));
        session
            .emulator
            .add_item(NewItem::new("a.png", sample_photo(2, 2, number)).captured(taken))
            .unwrap()
    };
    let mut ids: Vec<String> = (0..count).map(add).collect();
    ids.reverse();
    ids
}

/// Follows the tokens of a listing and returns its pages.
async fn pages(session: &Session, target: &str) -> Vec<Value> {
    let mut pages = Vec::new();
    let mut next = target.to_owned();
    loop {
        let page = session.get(&next).await.expect(200);
        let token = page["nextPageToken"].as_str().map(str::to_owned);
        pages.push(page);
        assert!(pages.len() < 100, "the listing must end");
        let Some(token) = token else { return pages };
        next = format!("{target}&pageToken={token}");
    }
}

#[tokio::test]
async fn albums_and_a_trailing_token() {
    let session = Session::start().await;
    let album = session.album("Summer 2026").await;
    let plain = pages(&session, "/v1/albums?pageSize=1").await;
    assert_eq!(
        (plain.len(), ids(&plain[0]["albums"])),
        (1, vec![album.clone()])
    );
    session.emulator.configure(|config| {
        config.quirks = Quirks {
            trailing_token: true,
            ..Quirks::default()
        }
    });
    let trailing = pages(&session, "/v1/albums?pageSize=1").await;
    assert_eq!(ids(&trailing[0]["albums"]), [album]);
    assert_eq!(trailing[1..], [json!({})]);
}

#[tokio::test]
async fn an_empty_page_with_a_token() {
    let session = Session::start_with(|config| {
        config.quirks = Quirks {
            empty_pages: true,
            ..Quirks::default()
        }
    })
    .await;
    let all = fill(&session, 1);
    let pages = pages(&session, "/v1/mediaItems?pageSize=100").await;
    assert_eq!(
        pages[0].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["nextPageToken"]
    );
    assert_eq!((pages.len(), ids(&pages[1]["mediaItems"])), (2, all));
}

#[tokio::test]
async fn sizes_have_a_default_and_a_maximum() {
    let session = Session::start().await;
    let all = fill(&session, 130);
    for (query, expected) in [
        ("", 25),
        ("?pageSize=0", 25),
        ("?pageSize=7", 7),
        ("?pageSize=1000", 100),
    ] {
        let page = session
            .get(&format!("/v1/mediaItems{query}"))
            .await
            .expect(200);
        assert_eq!(ids(&page["mediaItems"]), all[..expected], "{query}");
    }
    let search = session
        .post("/v1/mediaItems:search", &json!({"pageSize": 1000}))
        .await
        .expect(200);
    assert_eq!(ids(&search["mediaItems"]), all[..100]);
    for _ in 0..60 {
        session.emulator.add_album(
            photos_emulator::DEFAULT_USER,
            Some(photos_emulator::DEFAULT_CLIENT),
            "A",
        );
    }
    for (query, expected) in [("", 20), ("?pageSize=1000", 50)] {
        let page = session.get(&format!("/v1/albums{query}")).await.expect(200);
        assert_eq!(ids(&page["albums"]).len(), expected, "{query}");
    }
    session
        .emulator
        .configure(|config| config.largest_page = Some(3));
    let page = session.get("/v1/mediaItems?pageSize=7").await.expect(200);
    assert_eq!(ids(&page["mediaItems"]), all[..3]);
    session
        .emulator
        .configure(|config| config.page_size_over_maximum = OverMaximum::Refuse);
    for query in [
        "?pageSize=101",
        "?pageSize=-1",
        "?pageSize=x",
        "?pageSize=3000000000",
    ] {
        assert_eq!(
            session.get(&format!("/v1/mediaItems{query}")).await.status,
            400,
            "{query}"
        );
    }
}

#[tokio::test]
async fn every_item_comes_once_in_order_whatever_is_added_meanwhile() {
    let session = Session::start().await;
    let all = fill(&session, 10);
    let first = session.get("/v1/mediaItems?pageSize=4").await.expect(200);
    session
        .emulator
        .add_item(NewItem::new("new.png", sample_photo(3, 3, 99)))
        .unwrap();
    session
        .emulator
        .edit_item(&all[5], |item| item.trashed = true);
    let mut seen = ids(&first["mediaItems"]);
    let mut token = first["nextPageToken"].as_str().map(str::to_owned);
    while let Some(next) = token {
        let page = session
            .get(&format!("/v1/mediaItems?pageSize=4&pageToken={next}"))
            .await
            .expect(200);
        seen.extend(ids(&page["mediaItems"]));
        token = page["nextPageToken"].as_str().map(str::to_owned);
    }
    let expected: Vec<_> = all.iter().filter(|id| **id != all[5]).cloned().collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn all_habits_together_lose_nothing() {
    let session = Session::start_with(|config| config.quirks = Quirks::all()).await;
    let all = fill(&session, 23);
    let pages = pages(&session, "/v1/mediaItems?pageSize=5").await;
    let mut seen: Vec<String> = pages
        .iter()
        .flat_map(|page| ids(&page["mediaItems"]))
        .collect();
    assert!(seen.len() > all.len(), "some are repeated");
    seen.dedup();
    assert_eq!(seen, all);
    assert!(
        pages
            .iter()
            .any(|page| page["mediaItems"].is_null() && page["nextPageToken"].is_string())
    );
    assert_eq!(pages.last(), Some(&json!({})));
}

#[tokio::test]
async fn a_token_is_good_for_the_same_request_by_the_same_user() {
    let mut session = Session::start().await;
    fill(&session, 5);
    let page = session.get("/v1/mediaItems?pageSize=2").await.expect(200);
    let token = page["nextPageToken"].as_str().unwrap().to_owned();
    let again = format!("/v1/mediaItems?pageSize=2&pageToken={token}");
    let one = ids(&session.get(&again).await.expect(200)["mediaItems"]);
    assert_eq!(
        one,
        ids(&session.get(&again).await.expect(200)["mediaItems"]),
        "a page can be asked for again"
    );
    for target in [
        format!("/v1/mediaItems?pageSize=3&pageToken={token}"),
        format!("/v1/albums?pageSize=2&pageToken={token}"),
        "/v1/mediaItems?pageSize=2&pageToken=made-up".to_owned(),
    ] {
        assert_eq!(
            session.get(&target).await.expect(400)["error"]["status"],
            "INVALID_ARGUMENT",
            "{target}"
        );
    }
    let body = json!({"pageSize": 2, "pageToken": token});
    assert_eq!(
        session.post("/v1/mediaItems:search", &body).await.status,
        400
    );

    session
        .emulator
        .configure(|config| config.page_token_lifetime = Some(Duration::from_secs(60)));
    session.emulator.advance(Duration::from_secs(59));
    session.get(&again).await.expect(200);
    session.emulator.advance(Duration::from_secs(1));
    assert_eq!(session.get(&again).await.status, 400, "a minute later");
    session
        .emulator
        .configure(|config| config.page_token_lifetime = None);
    session.token = session.emulator.token_for(
        "other@example.com",
        photos_emulator::DEFAULT_CLIENT,
        &scopes::LIVE,
    );
    assert_eq!(session.get(&again).await.status, 400, "another user");
}
