//! The column of downloads in the fault matrix, row by row: what comes of each fault, how many
//! requests it takes and how long.

use discovery_runtime::{Clock as _, Error};

use crate::server::Fault;
use crate::world::World;

/// What comes of a fault.
enum Outcome {
    /// Everything, with so many requests and seconds.
    Whole { requests: usize, seconds: u64 },
    /// An error, after so many requests.
    Fails {
        requests: usize,
        is: fn(&Error) -> bool,
    },
}

use Outcome::{Fails, Whole};

const ONCE: Outcome = Whole {
    requests: 2,
    seconds: 1,
};

#[rustfmt::skip]
fn rows() -> Vec<(&'static str, Vec<Fault>, Outcome)> {
    let storm = |fault: Fault| vec![fault; 5];
    vec![
        ("no connection", vec![Fault::NoConnection], ONCE),
        ("never a connection", storm(Fault::NoConnection), Fails { requests: 5, is: Error::is_connect }),
        ("no connection once begun", vec![Fault::BreaksAfter(5), Fault::NoConnection], Whole { requests: 3, seconds: 3 }),
        ("connect timeout", vec![Fault::ConnectTimeout], ONCE),
        ("TLS", vec![Fault::Tls], Fails { requests: 1, is: Error::is_tls }),
        ("reset", vec![Fault::Reset], ONCE),
        ("not processed", vec![Fault::NotProcessed], ONCE),
        ("body cut off", vec![Fault::BreaksAfter(6)], ONCE),
        ("body cut off at the start", vec![Fault::BreaksAfter(0)], ONCE),
        ("body cut off at the end", vec![Fault::BreaksAfter(20)], ONCE),
        ("body always cut off, but a bit further", vec![Fault::BreaksAfter(3); 6], Whole { requests: 7, seconds: 6 }),
        ("body always cut off", vec![Fault::BreaksAfter(0); 5], Fails { requests: 5, is: Error::is_retryable }),
        ("early end with a length", vec![Fault::EndsAfter(6)], ONCE),
        ("no length", vec![Fault::NoLength], Fails { requests: 1, is: Error::is_length_unknown }),
        ("broken without a length", vec![Fault::NoLengthBreaksAfter(6)], ONCE),
        ("captive portal", vec![Fault::Portal], Fails { requests: 1, is: Error::is_protocol }),
        ("captive portal once begun", vec![Fault::BreaksAfter(6), Fault::Portal], Fails { requests: 2, is: Error::is_protocol }),
        ("502", vec![Fault::Status(502)], ONCE),
        ("500", vec![Fault::Status(500)], ONCE),
        ("500 once begun", vec![Fault::BreaksAfter(7), Fault::Status(500)], Whole { requests: 3, seconds: 3 }),
        ("503 always", storm(Fault::Status(503)), Fails { requests: 5, is: Error::is_server_error }),
        ("503", vec![Fault::Status(503)], ONCE),
        ("504 and 408", vec![Fault::Status(504), Fault::Status(408)], Whole { requests: 3, seconds: 3 }),
        ("429", vec![Fault::RateLimit { retry_after: None }], Whole { requests: 2, seconds: 31 }),
        ("429 with seconds", vec![Fault::RateLimit { retry_after: Some(45) }], Whole { requests: 2, seconds: 46 }),
        ("429 with a date", vec![Fault::RateLimitUntil], Whole { requests: 2, seconds: 46 }),
        ("429 with a day", vec![Fault::RateLimit { retry_after: Some(86_400) }], Fails { requests: 1, is: Error::is_rate_limited }),
        ("daily quota", vec![Fault::DailyQuota], Fails { requests: 1, is: Error::is_quota_exceeded }),
        ("401", vec![Fault::Status(401)], Fails { requests: 1, is: Error::is_unauthenticated }),
        ("expired", vec![Fault::Expired], Fails { requests: 1, is: Error::is_expired }),
        ("picture that says not found", vec![Fault::NotFoundPicture], Fails { requests: 1, is: Error::is_expired }),
        ("410", vec![Fault::Status(410)], Fails { requests: 1, is: Error::is_expired }),
        ("400", vec![Fault::Status(400)], Fails { requests: 1, is: Error::is_invalid_argument }),
        ("416, all there", vec![Fault::BreaksAfter(20), Fault::NotSatisfiable("bytes */20")], ONCE),
        ("416", vec![Fault::BreaksAfter(6), Fault::NotSatisfiable("bytes */3")], Whole { requests: 3, seconds: 3 }),
        ("silence", vec![Fault::Silence], Whole { requests: 2, seconds: 33 }),
        ("stalled", vec![Fault::StallsAfter(6)], Whole { requests: 2, seconds: 33 }),
        ("a byte now and then", vec![Fault::Drips(1)], Whole { requests: 2, seconds: 33 }),
        ("stalled always", storm(Fault::StallsAfter(0)), Fails { requests: 5, is: Error::is_timeout }),
        ("range begins too early", vec![Fault::BreaksAfter(6), Fault::WrongRange("bytes 5-19/20")], Fails { requests: 2, is: Error::is_protocol }),
        ("range begins too late", vec![Fault::BreaksAfter(6), Fault::WrongRange("bytes 7-19/20")], Fails { requests: 2, is: Error::is_protocol }),
        ("no range", vec![Fault::BreaksAfter(6), Fault::WrongRange("")], Fails { requests: 2, is: Error::is_protocol }),
        ("other length", vec![Fault::BreaksAfter(6), Fault::WrongRange("bytes 6-19/21")], Fails { requests: 2, is: Error::is_changed }),
        ("other tag", vec![Fault::BreaksAfter(6), Fault::OtherTag], Fails { requests: 2, is: Error::is_changed }),
        ("range ignored", vec![Fault::BreaksAfter(6), Fault::IgnoresRange], ONCE),
        ("changed", vec![Fault::BreaksAfter(6), Fault::Changes], ONCE),
        ("other length, no tag", vec![Fault::BreaksAfter(6), Fault::ChangesLength], ONCE),
        ("no tag at all", vec![Fault::NoTag], Whole { requests: 1, seconds: 0 }),
        ("308", vec![Fault::Status(308)], Fails { requests: 1, is: Error::is_untrusted_url }),
        ("redirect", vec![Fault::Redirect("https://video-downloads.googleusercontent.com/x")], Whole { requests: 2, seconds: 0 }),
        ("redirect on the host", vec![Fault::Redirect("/x")], Whole { requests: 2, seconds: 0 }),
        ("redirect elsewhere", vec![Fault::Redirect("https://evil.example/CANARY")], Fails { requests: 1, is: Error::is_untrusted_url }),
        ("redirect without TLS", vec![Fault::Redirect("http://lh3.googleusercontent.com/x")], Fails { requests: 1, is: Error::is_untrusted_url }),
        ("six redirects", vec![Fault::Redirect("/x"); 6], Fails { requests: 6, is: Error::is_protocol }),
        ("five redirects", vec![Fault::Redirect("/x"); 5], Whole { requests: 6, seconds: 0 }),
        ("encoded without asking", vec![Fault::Encoded], Fails { requests: 1, is: Error::is_decode }),
        ("too long", vec![Fault::TooLong], Fails { requests: 1, is: Error::is_changed }),
        ("empty", vec![Fault::Empty(200)], Fails { requests: 1, is: Error::is_protocol }),
        ("204", vec![Fault::Empty(204)], Fails { requests: 1, is: Error::is_protocol }),
        ("corrupted", vec![Fault::Corrupts], Fails { requests: 1, is: Error::is_data_loss }),
        ("corrupted after a break", vec![Fault::BreaksAfter(6), Fault::Corrupts], Fails { requests: 2, is: Error::is_data_loss }),
        ("proxy", vec![Fault::Proxy], Fails { requests: 1, is: Error::is_proxy }),
    ]
}

#[tokio::test]
async fn each_fault_has_its_outcome() {
    for (row, faults, outcome) in rows() {
        let world = World::new(faults);
        let result = world.download().bytes().await;
        assert_eq!(world.server.planned(), 0, "{row}: a fault was not used");
        let requests = world.server.log().len();
        match outcome {
            Whole {
                requests: expected,
                seconds,
            } => {
                let bytes = result.unwrap_or_else(|error| panic!("{row}: {error}"));
                assert_eq!(bytes[..], world.content()[..], "{row}");
                assert_eq!(
                    (requests, world.clock.now().as_secs()),
                    (expected, seconds),
                    "{row}"
                );
            }
            Fails {
                requests: expected,
                is,
            } => {
                let error = result
                    .err()
                    .unwrap_or_else(|| panic!("{row}: it did not fail"));
                assert!(is(&error), "{row}: {error:?}");
                assert_eq!(requests, expected, "{row}: {error:?}");
                assert!(
                    !format!("{error} {error:?}").contains("CANARY"),
                    "{row}: {error:?}"
                );
                assert!(
                    !format!("{error} {error:?}").contains("BINARY"),
                    "{row}: {error:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn download_resumes_with_what_is_missing() {
    let world = World::new([Fault::BreaksAfter(6), Fault::BreaksAfter(9)]);
    world.download().bytes().await.unwrap();
    let ranges = world.server.ranges();
    assert_eq!(
        ranges,
        [
            None,
            Some("bytes=6-".to_owned()),
            Some("bytes=15-".to_owned())
        ]
    );
    let log = world.server.log();
    assert_eq!(log[0].headers.get("if-range"), None);
    assert_eq!(log[1].headers.get("if-range"), Some("\"1\""));
}

#[tokio::test]
async fn download_ignores_system_time_changes() {
    let world = World::new([Fault::BreaksAfter(6)]);
    let mut body = world.download().send().await.unwrap();
    let mut read = Vec::new();
    while let Some(piece) = body.next_chunk().await {
        read.extend_from_slice(&piece.unwrap());
        world.clock.set_system_time(std::time::UNIX_EPOCH);
    }
    assert_eq!(read, world.content());
}

/// A slow connection is no silent one: 410 seconds in all, with never more than 20 between 16 KiB.
#[tokio::test]
async fn slow_server_is_no_timeout() {
    let content = vec![7; 40 * 8 * 1024];
    let world = World::with_content(content, [Fault::Drips(8 * 1024)]);
    let bytes = world.download().bytes().await.unwrap();
    assert_eq!(bytes[..], world.content()[..]);
    assert_eq!(world.server.log().len(), 1);
    assert_eq!(world.clock.now().as_secs(), 410);
}

/// A slow reader is not a slow server.
#[tokio::test]
async fn slow_reader_is_no_timeout() {
    let world = World::new([]);
    let mut body = world.download().send().await.unwrap();
    let mut read = Vec::new();
    while let Some(piece) = body.next_chunk().await {
        read.extend_from_slice(&piece.unwrap());
        world
            .clock
            .sleep(std::time::Duration::from_secs(1000))
            .await;
    }
    assert_eq!((read, world.server.log().len()), (world.content(), 1));
}

/// A future that is dropped loses nothing.
#[tokio::test]
async fn dropped_future_loses_no_bytes() {
    let world = World::new([Fault::StallsAfter(6)]);
    let mut body = world.download().send().await.unwrap();
    assert_eq!(
        (body.len(), body.content_type()),
        (Some(20), Some("image/jpeg"))
    );
    let mut read = Vec::new();
    while read.len() < 6 {
        read.extend_from_slice(&body.next_chunk().await.unwrap().unwrap());
    }
    {
        let mut waiting = Box::pin(body.next_chunk());
        let waker = std::task::Waker::noop();
        assert!(
            waiting
                .as_mut()
                .poll(&mut std::task::Context::from_waker(waker))
                .is_pending()
        );
    }
    while let Some(piece) = body.next_chunk().await {
        read.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(read, world.content());
}

#[tokio::test]
async fn changed_content_after_bytes_were_read_is_an_error() {
    let world = World::new([Fault::BreaksAfter(6), Fault::Changes]);
    let mut body = world.download().send().await.unwrap();
    let mut read = 0;
    let error = loop {
        match body.next_chunk().await.unwrap() {
            Ok(piece) => read += piece.len(),
            Err(error) => break error,
        }
    };
    assert_eq!(read, 6);
    assert!(error.is_changed(), "{error:?}");
    assert!(body.next_chunk().await.is_none());
    body.resume();
    assert!(body.next_chunk().await.unwrap().unwrap_err().is_changed());
    // The same content can be given again from the start, and what is known of it left out.
    let world = World::new([Fault::BreaksAfter(7), Fault::IgnoresRange]);
    let mut body = world.download().send().await.unwrap();
    let mut read = Vec::new();
    while let Some(piece) = body.next_chunk().await {
        read.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(read, world.content());
}

/// A loop that logs errors and goes on must end.
#[tokio::test]
async fn body_ends_after_an_error() {
    let mut faults = vec![Fault::BreaksAfter(6)];
    faults.extend(vec![Fault::Status(503); 4]);
    let world = World::new(faults);
    let mut body = world.download().send().await.unwrap();
    let mut errors = 0;
    while let Some(piece) = body.next_chunk().await {
        errors += usize::from(piece.is_err());
    }
    assert_eq!((errors, world.server.log().len()), (1, 5));
    assert!(body.next_chunk().await.is_none());
}

#[tokio::test]
async fn body_can_be_resumed_after_an_error() {
    let mut faults = vec![Fault::BreaksAfter(6)];
    faults.extend(vec![Fault::Status(503); 4]);
    let world = World::new(faults);
    let mut body = world.download().send().await.unwrap();
    let mut read = Vec::new();
    let mut errors = 0;
    while let Some(piece) = body.next_chunk().await {
        match piece {
            Ok(piece) => read.extend_from_slice(&piece),
            Err(error) => {
                assert!(error.is_server_error() && errors == 0, "{error:?}");
                errors += 1;
                body.resume();
            }
        }
    }
    assert_eq!((read, errors), (world.content(), 1));
}

#[tokio::test]
async fn expected_and_maximum_sizes_are_checked() {
    let world = World::new([Fault::NoLength]);
    assert_eq!(
        world
            .download()
            .expect_size(20)
            .bytes()
            .await
            .unwrap()
            .len(),
        20
    );
    let world = World::new([]);
    assert!(
        world
            .download()
            .expect_size(19)
            .bytes()
            .await
            .unwrap_err()
            .is_changed()
    );
    let world = World::new([]);
    assert!(
        world
            .download()
            .max_size(19)
            .bytes()
            .await
            .unwrap_err()
            .is_too_large()
    );
    let world = World::new([Fault::NoLength]);
    assert!(
        world
            .download()
            .max_size(19)
            .bytes()
            .await
            .unwrap_err()
            .is_too_large()
    );
    let world = World::with_content([], []);
    assert!(
        world
            .download()
            .expect_size(0)
            .bytes()
            .await
            .unwrap()
            .is_empty()
    );
}
