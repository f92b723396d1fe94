//! The six methods that the service ended: they still can be called, and say why they fail.

#![allow(deprecated, reason = "these tests are about what is deprecated")]

use google_photoslibrary_v1::schemas::{
    JoinSharedAlbumRequest, LeaveSharedAlbumRequest, ShareAlbumRequest, SharedAlbumOptions,
    UnshareAlbumRequest,
};
use google_photoslibrary_v1::{Error, Result};

use crate::session::{Session, client};

fn denied<T: std::fmt::Debug>(outcome: Result<T>) -> Error {
    let error = outcome.unwrap_err();
    assert!(error.is_permission_denied(), "{error}");
    error
}

#[tokio::test]
async fn sharing_calls_are_rejected_with_403() {
    let session = Session::start().await;
    let id = session.album("Iceland").await;
    let albums = session.client.albums();
    let shared = session.client.shared_albums();
    denied(albums.share(&id, ShareAlbumRequest::default()).send().await);
    denied(
        albums
            .unshare(&id, UnshareAlbumRequest::default())
            .send()
            .await,
    );
    denied(shared.get("SHR1").send().await);
    denied(
        shared
            .join(JoinSharedAlbumRequest::default().with_share_token("SHR1"))
            .send()
            .await,
    );
    denied(
        shared
            .leave(LeaveSharedAlbumRequest::default().with_share_token("SHR1"))
            .send()
            .await,
    );
    denied(shared.list().send().await);
}

#[tokio::test]
async fn sharing_responses_of_the_past_still_decode() {
    let session = Session::start_with(|config| config.legacy_sharing = true).await;
    let client = client(
        &session.emulator,
        &session.emulator.token(&[
            photos_emulator::scopes::SHARING,
            photos_emulator::scopes::PHOTOSLIBRARY,
        ]),
    );
    let id = session.album("Iceland").await;
    let options = SharedAlbumOptions::default().with_is_collaborative(true);
    let request = ShareAlbumRequest::default().with_shared_album_options(options);
    let info = client
        .albums()
        .share(&id, request)
        .send()
        .await
        .unwrap()
        .share_info
        .unwrap();
    assert_eq!(
        info.shared_album_options.unwrap().is_collaborative,
        Some(true)
    );
    let token = info.share_token.unwrap();
    let album = client.shared_albums().get(&token).send().await.unwrap();
    assert_eq!(album.id.as_deref(), Some(id.as_str()));
    client
        .albums()
        .unshare(&id, UnshareAlbumRequest::default())
        .send()
        .await
        .unwrap();
}
