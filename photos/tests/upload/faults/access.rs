//! What becomes of a run when there is no access, or none to a file.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use discovery_runtime::{
    AccessToken, BoxFuture, Clock as _, Credentials, CredentialsError, TokenRequest, TokenSource,
};
use google_photos::{Outcome, RejectionReason, Stop, StopReason, UploadEvent};

use super::table::error;
use super::{CREATE, UPLOAD};
use crate::endings::{files, paused};
use crate::model::{Model, World};
use crate::support::words;

/// Credentials that fail at first.
struct Failing(AtomicUsize, fn() -> CredentialsError);

impl TokenSource for Failing {
    fn token(&self, _: TokenRequest) -> BoxFuture<'_, Result<AccessToken, CredentialsError>> {
        let failed = self.0.fetch_add(1, Ordering::SeqCst) < 20;
        let result = if failed {
            Err((self.1)())
        } else {
            Ok(AccessToken::new("token"))
        };
        Box::pin(std::future::ready(result))
    }
}

/// No token endpoint is no network; a grant that has ended is for the user.
#[test]
fn a_missing_token_is_an_outage_or_the_end() {
    let transient: fn() -> CredentialsError = || CredentialsError::transient("no connection");
    let sign_in: fn() -> CredentialsError = || CredentialsError::sign_in("invalid_grant");
    for (failure, expected) in [(transient, None), (sign_in, Some(StopReason::Access))] {
        let (_folder, files) = files(2);
        paused(async {
            let model = Model::new(World::default());
            let source = Failing(AtomicUsize::new(0), failure);
            let credentials = Credentials::from_source(source);
            let photos = model.photos_with(|builder| builder.credentials(credentials));
            let report = photos.upload_files(&files).send().await.unwrap();
            assert_eq!(
                report.stopped().map(google_photos::Stop::reason),
                expected,
                "{report:?}"
            );
            assert_eq!(report.is_complete(), expected.is_none());
        });
    }
}

/// Another token each time.
struct Tokens(AtomicUsize);

impl TokenSource for Tokens {
    fn token(&self, _: TokenRequest) -> BoxFuture<'_, Result<AccessToken, CredentialsError>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::ready(Ok(AccessToken::new(format!(
            "token-{number}"
        )))))
    }
}

#[test]
fn a_rejected_token_is_replaced_once() {
    for path in [UPLOAD, CREATE] {
        for (times, expected) in [(1, None), (2, Some(StopReason::Access))] {
            let (_folder, files) = files(1);
            paused(async {
                let model = Model::new(World::default());
                for _ in 0..times {
                    model.plan(path, error(401, "UNAUTHENTICATED", "Invalid credentials."));
                }
                let credentials = Credentials::from_source(Tokens(AtomicUsize::new(0)));
                let photos = model.photos_with(|builder| builder.credentials(credentials));
                let report = photos.upload_files(&files).send().await.unwrap();
                let stop = report.stopped().map(Stop::reason);
                assert_eq!(stop, expected, "{path}: {report:?}");
                assert_eq!(model.requests(path), 2, "{path}");
                assert!(
                    model.now() <= Duration::from_secs(2),
                    "nothing is waited for"
                );
            });
        }
    }
}

#[test]
fn a_file_that_vanishes_fails_no_other_one() {
    let (_folder, files) = files(3);
    let second = files[1].clone();
    paused(async {
        let model = Model::new(World::default());
        let run = model.photos().upload_files(&files).parallel(1);
        let run = run.on_event(move |event| {
            if let UploadEvent::Uploaded { index: 0, .. } = event {
                std::fs::remove_file(&second).unwrap();
            }
        });
        let report = run.send().await.unwrap();
        assert_eq!(words(&report), ["created", "rejected", "created"]);
        let Outcome::Rejected(rejection) = report.files()[1].outcome() else {
            panic!("{report:?}")
        };
        assert_eq!(rejection.reason(), RejectionReason::Unreadable);
        assert_eq!(model.requests(UPLOAD), 2);
        // It can come back, such as the disk that it is on.
        assert_eq!(report.left().count(), 1);
    });
}
