//! Users and applications are apart from each other; requests are recorded without secrets.

use photos_emulator::{DEFAULT_USER, NewItem, redacted, sample_photo, scopes};
use serde_json::json;

use crate::media::jpeg;
use crate::session::{Session, ids};

#[tokio::test]
async fn users_and_applications_do_not_see_each_other() {
    let mut session = Session::start().await;
    let identities = [
        (DEFAULT_USER, "app-1"),
        (DEFAULT_USER, "app-2"),
        ("other@example.com", "app-1"),
    ];
    let mut made = Vec::new();
    for (seed, (user, client)) in identities.iter().enumerate() {
        session.token = session.emulator.token_for(user, client, &scopes::LIVE);
        let item = session
            .create("a.jpg", &jpeg(1, 1, u8::try_from(seed).unwrap()))
            .await;
        made.push((session.token.clone(), item, session.album("A").await));
    }
    for (index, (token, item, album)) in made.iter().enumerate() {
        session.token.clone_from(token);
        assert_eq!(
            ids(&session.get("/v1/mediaItems").await.expect(200)["mediaItems"]),
            [item.as_str()]
        );
        assert_eq!(
            ids(&session.get("/v1/albums").await.expect(200)["albums"]),
            [album.as_str()]
        );
        for (other, (_, item, album)) in made.iter().enumerate() {
            let statuses = [
                format!("/v1/mediaItems/{item}"),
                format!("/v1/albums/{album}"),
            ];
            for target in statuses {
                assert_eq!(
                    session.get(&target).await.status == 200,
                    index == other,
                    "{index} reads {target}"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_same_bytes_are_different_items_for_different_users() {
    let mut session = Session::start().await;
    let one = session.create("a.jpg", &jpeg(1, 1, 1)).await;
    session.token = session
        .emulator
        .token_for("other@example.com", "app", &scopes::LIVE);
    let two = session.create("a.jpg", &jpeg(1, 1, 1)).await;
    assert_ne!(one, two);
    let sums: Vec<_> = session
        .emulator
        .items()
        .iter()
        .map(photos_emulator::Item::sha256)
        .collect();
    assert_eq!(sums[0], sums[1]);
}

#[tokio::test]
async fn requests_are_counted_and_recorded_without_the_token() {
    let session = Session::start().await;
    session.album("A").await;
    session
        .send(
            "GET",
            "/v1/albums?pageSize=2&x=%26",
            &[("X-Own", "value")],
            b"",
        )
        .await;
    assert_eq!(
        (
            session.emulator.calls("albums.create"),
            session.emulator.calls("albums")
        ),
        (1, 2)
    );
    let [create, list] = session.emulator.requests().try_into().unwrap();
    assert_eq!(
        (
            create.method_id,
            create.http_method.as_str(),
            create.path.as_str()
        ),
        ("albums.create", "POST", "/v1/albums")
    );
    assert_eq!(
        create.body,
        json!({"album": {"title": "A"}}).to_string().as_bytes()
    );
    assert_eq!(
        list.query,
        [
            ("pageSize".to_owned(), "2".to_owned()),
            ("x".to_owned(), "&".to_owned())
        ]
    );
    assert_eq!(
        (list.header("x-own"), list.parameter("pageSize")),
        (Some("value"), Some("2"))
    );
    let shown = format!("Bearer {}", redacted(&session.token));
    assert_eq!(list.header("authorization"), Some(shown.as_str()));
    assert!(!format!("{:?}", session.emulator.requests()).contains(&session.token));
    session
        .emulator
        .configure(|config| config.recorded_requests = 1);
    session.get("/v1/mediaItems").await;
    let last: Vec<_> = session
        .emulator
        .requests()
        .iter()
        .map(|request| request.method_id)
        .collect();
    assert_eq!(last, ["mediaItems.list"]);
    session.emulator.forget_requests();
    assert_eq!(
        (
            session.emulator.requests().len(),
            session.emulator.calls("albums")
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn ids_are_the_same_again_for_the_same_seed() {
    let mut made = Vec::new();
    for seed in [0, 0, 1] {
        let session = Session::start_with(|config| config.seed = seed).await;
        made.push((
            session.album("A").await,
            session.create("a.jpg", &jpeg(1, 1, 1)).await,
            session.token,
        ));
    }
    assert_eq!(made[0], made[1]);
    assert_ne!(made[0], made[2]);
}

#[tokio::test]
async fn the_demo_library_can_be_browsed() {
    let session = Session::start().await;
    session.emulator.seed_demo();
    let page = session.get("/v1/mediaItems?pageSize=100").await.expect(200);
    assert_eq!(ids(&page["mediaItems"]).len(), 31);
    let albums = session.get("/v1/albums").await.expect(200);
    assert_eq!(
        (
            &albums["albums"][0]["title"],
            &albums["albums"][0]["mediaItemsCount"]
        ),
        (&json!("Lake trip"), &json!("6"))
    );
    assert!(
        session
            .emulator
            .add_item(NewItem::new("junk.bin", "junk"))
            .is_none()
    );
    assert!(
        session
            .emulator
            .add_item(NewItem::new("a.png", sample_photo(1, 1, 500)).description("d"))
            .is_some()
    );
}

#[tokio::test]
async fn the_page_at_the_root_says_how_to_use_it() {
    let session = Session::start().await;
    let page = session.get("/").await;
    let text = page.text();
    assert!(
        page.status == 200
            && text.contains(&session.emulator.url())
            && text.contains("/o/oauth2/v2/auth"),
        "{text}"
    );
    assert_eq!(text, session.emulator.instructions());
}

#[tokio::test]
async fn dropping_the_emulator_closes_the_port() {
    let session = Session::start().await;
    let address = session.address();
    drop(session);
    for _ in 0..100 {
        if tokio::net::TcpStream::connect(&address).await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the port still responds");
}
