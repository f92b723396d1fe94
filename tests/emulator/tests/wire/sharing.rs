//! The sharing methods: closed today, and as they were.

use photos_emulator::DEFAULT_CLIENT;
use photos_emulator::scopes::{APPENDONLY, LIVE, READONLY_APPCREATEDDATA, REMOVED};
use serde_json::{Value, json};

use crate::media::jpeg;
use crate::session::{Session, ids, steady};

#[tokio::test]
async fn every_sharing_method_is_closed() {
    let mut session = Session::start().await;
    session.token = session.emulator.token(&[LIVE, REMOVED].concat());
    for (method, target) in [
        ("POST", "/v1/albums/ALB1:share"),
        ("POST", "/v1/albums/ALB1:unshare"),
        ("GET", "/v1/sharedAlbums/TOK"),
        ("POST", "/v1/sharedAlbums:join"),
        ("POST", "/v1/sharedAlbums:leave"),
        ("GET", "/v1/sharedAlbums"),
    ] {
        let response = session.send(method, target, &[], b"").await;
        assert_eq!(
            response.expect(403),
            json!({"error": {
                "code": 403, "message": "Request had insufficient authentication scopes.", "status": "PERMISSION_DENIED",
            }}),
            "{target}"
        );
    }
}

/// A session with legacy sharing, and tokens of an owner and of a guest.
async fn legacy() -> (Session, String, String) {
    let session = Session::start_with(|config| config.legacy_sharing = true).await;
    let all = [LIVE, REMOVED].concat();
    let owner = session.emulator.token(&all);
    let guest = session
        .emulator
        .token_for("guest@example.com", DEFAULT_CLIENT, &all);
    (
        Session {
            token: owner.clone(),
            ..session
        },
        owner,
        guest,
    )
}

/// Shares a new album and returns its id and share token.
async fn share(session: &Session, options: &Value) -> (String, String) {
    let album = session.album("Trip").await;
    let target = format!("/v1/albums/{album}:share");
    let shared = session
        .post(&target, &json!({"sharedAlbumOptions": options}))
        .await
        .expect(200);
    let token = shared["shareInfo"]["shareToken"]
        .as_str()
        .unwrap()
        .to_owned();
    let share_info = json!({
        "sharedAlbumOptions": options, "shareableUrl": format!("https://photos.app.goo.gl/{token}"),
        "shareToken": token, "isJoined": true, "isOwned": true, "isJoinable": true,
    });
    assert_eq!(shared, json!({"shareInfo": share_info}));
    (album, token)
}

#[tokio::test]
async fn a_guest_joins_and_adds() {
    let (mut session, _, guest) = legacy().await;
    let options = json!({"isCollaborative": true, "isCommentable": true});
    let (album, token) = share(&session, &options).await;
    session.token = guest;
    let upload = session.upload(&jpeg(1, 1, 1)).await;
    let item = json!({"simpleMediaItem": {"uploadToken": upload}});
    let mut batch = json!({"albumId": album, "newMediaItems": [item], "albumPosition": {"position": "FIRST_IN_ALBUM"}});
    let create = async |batch: &Value| {
        session
            .post("/v1/mediaItems:batchCreate", batch)
            .await
            .status
    };
    assert_eq!(create(&batch).await, 400, "not joined yet");

    let joined = session
        .post("/v1/sharedAlbums:join", &json!({"shareToken": token}))
        .await
        .expect(200);
    let share_info = json!({
        "sharedAlbumOptions": options, "shareableUrl": format!("https://photos.app.goo.gl/{token}"),
        "shareToken": token, "isJoined": true, "isJoinable": true,
    });
    let url = format!("https://photos.google.com/lr/album/{album}");
    assert_eq!(
        steady(joined),
        json!({"album": {
            "id": album, "title": "Trip", "productUrl": url, "isWriteable": true, "coverPhotoBaseUrl": "URL",
            "shareInfo": share_info,
        }})
    );
    assert_eq!(create(&batch).await, 400, "only the owner sets positions");
    batch.as_object_mut().unwrap().remove("albumPosition");
    assert_eq!(create(&batch).await, 200);
    assert_eq!(
        session.emulator.album(&album).unwrap().item_ids().count(),
        1
    );
}

#[tokio::test]
async fn shared_albums_are_found_and_listed() {
    let (mut session, owner, guest) = legacy().await;
    let (album, token) = share(&session, &json!({})).await;
    session.token = guest;
    session
        .post("/v1/sharedAlbums:join", &json!({"shareToken": token}))
        .await
        .expect(200);
    let got = session
        .get(&format!("/v1/sharedAlbums/{token}"))
        .await
        .expect(200);
    assert_eq!(
        (&got["id"], &got["isWriteable"]),
        (&json!(album), &json!(null)),
        "a guest only looks"
    );
    for user in [session.token.clone(), owner] {
        session.token = user;
        let list = session
            .get("/v1/sharedAlbums?pageSize=50&excludeNonAppCreatedData=true")
            .await
            .expect(200);
        assert_eq!(ids(&list["sharedAlbums"]), [album.as_str()]);
    }
    session.token = session
        .emulator
        .token(&[APPENDONLY, READONLY_APPCREATEDDATA]);
    let seen = session
        .get(&format!("/v1/albums/{album}"))
        .await
        .expect(200);
    assert_eq!(
        seen["shareInfo"],
        json!(null),
        "only the removed scope shows it"
    );
}

#[tokio::test]
async fn guests_leave_and_owners_end_the_sharing() {
    let (mut session, owner, guest) = legacy().await;
    let (album, token) = share(&session, &json!({})).await;
    let body = json!({"shareToken": token});
    session.token.clone_from(&guest);
    session
        .post("/v1/sharedAlbums:join", &body)
        .await
        .expect(200);
    assert_eq!(
        session
            .post("/v1/sharedAlbums:leave", &body)
            .await
            .expect(200),
        json!({})
    );
    assert_eq!(session.get("/v1/sharedAlbums").await.expect(200), json!({}));
    session.token = owner;
    assert_eq!(
        session.post("/v1/sharedAlbums:leave", &body).await.status,
        400,
        "the owner cannot leave"
    );
    let unshared = session
        .post(&format!("/v1/albums/{album}:unshare"), &json!({}))
        .await;
    assert_eq!(unshared.expect(200), json!({}));
    session.token = guest;
    assert_eq!(
        session.post("/v1/sharedAlbums:join", &body).await.status,
        404
    );
}
