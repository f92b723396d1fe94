//! Sizes around the edges, progress, and what is refused before anything is sent.

use std::sync::{Arc, Mutex};

use discovery_runtime::Bytes;
use discovery_runtime::upload::{Resumable, Source};

use crate::client::World;
use crate::faults::{Fault, Keeps, Kind, Offset, On};
use crate::server::Step;
use crate::source::{Pattern, Slow, bytes};

const UNIT: u64 = 256 * 1024;

#[tokio::test]
async fn sizes_at_the_edges_of_chunks() {
    for (chunk, unit) in [(4, 4), (8, 4), (5, 4), (1, 4)] {
        for total in 1..=17 {
            let world = World::new(total, unit);
            world.run(total, chunk).await.unwrap();
            let lengths: Vec<_> = sent(&world);
            let size = chunk.div_ceil(unit) * unit;
            let expected = total.div_ceil(size);
            assert_eq!(
                lengths.len() as u64,
                expected,
                "{total} bytes in chunks of {chunk}"
            );
            assert_eq!(lengths.iter().sum::<u64>(), total);
        }
    }
}

#[tokio::test]
async fn sizes_at_the_edges_of_the_usual_unit() {
    for total in [
        UNIT - 1,
        UNIT,
        UNIT + 1,
        2 * UNIT - 1,
        2 * UNIT,
        2 * UNIT + 1,
    ] {
        let world = World::new(total, UNIT);
        let source = Pattern::in_pieces(total, 100_000);
        let upload = world.upload(source).resumable(true).chunk_size(1);
        world.finish(upload).await.unwrap();
        assert_eq!(sent(&world).len() as u64, total.div_ceil(UNIT), "{total}");
    }
}

/// Breaks at every byte of every chunk, with whatever the server keeps of it.
#[tokio::test]
async fn connection_can_break_at_every_byte() {
    for total in [7, 8, 9] {
        for on in [On::Send, On::Last] {
            for after in 0..=5 {
                for keeps in [Keeps::Nothing, Keeps::Units, Keeps::All] {
                    let world = World::with_faults(
                        total,
                        2,
                        [Fault::new(on, Kind::Reset { after, keeps })],
                    );
                    world.run(total, 4).await.unwrap();
                    assert_eq!(world.server.planned(), 0);
                }
            }
        }
    }
}

fn sent(world: &World) -> Vec<u64> {
    let steps = world.server.steps();
    steps
        .iter()
        .filter_map(|step| {
            if let Step::Send { length, .. } = step {
                Some(*length)
            } else {
                None
            }
        })
        .collect()
}

/// Progress is what the server has: it never runs ahead of that, and says everything once.
#[tokio::test]
async fn progress_reports_what_the_server_has() {
    let seen = |faults: Vec<Fault>, resumable: bool| async move {
        let world = World::with_faults(10, 2, faults);
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = told.clone();
        let upload = world
            .upload(Pattern::new(10))
            .resumable(resumable)
            .chunk_size(4)
            .on_progress(move |progress| {
                listener
                    .lock()
                    .unwrap()
                    .push((progress.acknowledged, progress.total));
            });
        world.finish(upload).await.unwrap();
        let told: Vec<(u64, u64)> = told.lock().unwrap().clone();
        told
    };
    assert_eq!(seen(vec![], true).await, [(4, 10), (8, 10), (10, 10)]);
    assert_eq!(seen(vec![], false).await, [(10, 10)]);
    let half = Fault::new(
        On::Send,
        Kind::Reset {
            after: 3,
            keeps: Keeps::Units,
        },
    );
    assert_eq!(seen(vec![half], true).await, [(2, 10), (6, 10), (10, 10)]);
    let lost = Fault::new(On::Last, Kind::SessionLost(404));
    let expected = [(4, 10), (8, 10), (0, 10), (4, 10), (8, 10), (10, 10)];
    assert_eq!(seen(vec![lost], true).await, expected);
}

#[tokio::test]
async fn protocol_is_chosen_by_size() {
    for (total, when, raw) in [
        (5_000_000, None, true),
        (5_000_001, None, false),
        (1, Some(Resumable::Always), false),
        (9, Some(Resumable::Above(9)), true),
        (10, Some(Resumable::Above(9)), false),
        (6_000_000, Some(Resumable::Never), true),
    ] {
        let world = World::new(total, UNIT);
        let mut upload = world.upload(Pattern::in_pieces(total, 1 << 16));
        if let Some(when) = when {
            upload = upload.resumable(when);
        }
        world.finish(upload).await.unwrap();
        assert_eq!(
            world.server.steps()[0] == Step::Raw,
            raw,
            "{total} {when:?}"
        );
    }
}

#[tokio::test]
async fn upload_accepts_bytes_files_and_readers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clip.mp4");
    std::fs::write(&path, bytes(1000)).unwrap();
    let sources: Vec<Source> = vec![
        bytes(1000).into(),
        Bytes::from(bytes(1000)).into(),
        (&bytes(1000)[..]).into(),
        path.as_path().into(),
        path.clone().into(),
        Pattern::new(1000).into(),
        Source::once(1000, pieces(1000)),
    ];
    for (index, source) in sources.into_iter().enumerate() {
        for resumable in [false, true] {
            // What can be read only once is uploaded only once.
            if index == 6 && resumable {
                continue;
            }
            let fault = Fault::new(On::Any, Kind::StatusAfter(503));
            let world = World::with_faults(1000, 100, [fault]);
            let upload = world
                .upload(source.clone())
                .resumable(resumable)
                .chunk_size(300);
            let token = upload
                .send()
                .await
                .unwrap_or_else(|error| panic!("source {index}: {error:?}"));
            assert!(world.server.is_complete(token.as_str()));
        }
    }
}

fn pieces(
    length: u64,
) -> impl futures_core::Stream<Item = std::io::Result<Bytes>> + Send + 'static {
    use discovery_runtime::upload::UploadSource as _;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    struct Once(
        Option<Pin<Box<dyn futures_core::Stream<Item = std::io::Result<Bytes>> + Send>>>,
        Pattern,
    );

    impl futures_core::Stream for Once {
        type Item = std::io::Result<Bytes>;

        fn poll_next(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            let pattern = self.1.clone();
            let stream = self.0.get_or_insert_with(|| {
                let mut open = pattern.open(0);
                match open
                    .as_mut()
                    .poll(&mut Context::from_waker(std::task::Waker::noop()))
                {
                    Poll::Ready(Ok(stream)) => stream,
                    _ => panic!("the pattern opens at once"),
                }
            });
            stream.as_mut().poll_next(context)
        }
    }

    Once(None, Pattern::in_pieces(length, 33))
}

/// What the server did not take is still there; what it had and lost is not.
#[tokio::test]
async fn one_shot_source_is_not_rewound() {
    let once = |world: &World| {
        world
            .upload(Source::once(10, pieces(10)))
            .resumable(true)
            .chunk_size(4)
    };
    for after in 0..=4 {
        for keeps in [Keeps::Nothing, Keeps::Units, Keeps::All] {
            let world = World::with_faults(
                10,
                2,
                [
                    Fault::new(On::Send, Kind::Reset { after, keeps }),
                    Fault::new(On::Last, Kind::Status(503)),
                ],
            );
            world.finish(once(&world)).await.unwrap();
            assert_eq!(world.server.planned(), 0);
        }
    }
    // All ten bytes came in one piece, which stays as long as one of them is needed.
    let forgotten = vec![Fault::new(On::Last, Kind::SessionLost(404))];
    // An offset that goes back is a lost session.
    let went_back = vec![
        Fault::new(On::Last, Kind::Status(503)),
        Fault::new(On::Query, Kind::SaysOffset(Offset::Text("3"))),
    ];
    for faults in [forgotten, went_back] {
        let world = World::with_faults(100, 2, faults);
        let upload = world
            .upload(Source::once(100, pieces(100)))
            .resumable(true)
            .chunk_size(40);
        let error = world.finish(upload).await.unwrap_err();
        assert!(error.is_source() && !error.is_source_changed(), "{error:?}");
        assert_eq!(world.server.planned(), 0);
    }
}

#[tokio::test]
async fn invalid_uploads_send_nothing() {
    let world = World::new(10, 2);
    let empty = world.upload(Vec::new()).send().await.unwrap_err();
    assert!(empty.is_invalid_argument(), "{empty:?}");
    let large = world
        .upload(Pattern::new((20 << 30) + 1))
        .send()
        .await
        .unwrap_err();
    assert!(
        large.is_invalid_argument() && large.to_string().contains("21474836480"),
        "{large}"
    );
    for content_type in ["text/plain", "image", "image/png\r\nX: y", "image/é", ""] {
        let error = world
            .upload(bytes(10))
            .content_type(content_type)
            .send()
            .await
            .unwrap_err();
        assert!(error.is_invalid_argument(), "{content_type:?}: {error:?}");
    }
    let missing = world
        .upload(std::path::Path::new("/does/not/exist.jpg"))
        .send()
        .await
        .unwrap_err();
    assert!(
        missing.is_source() && std::error::Error::source(&missing).is_some(),
        "{missing:?}"
    );
    let folder = tempfile::tempdir().unwrap();
    assert!(
        world
            .upload(folder.path())
            .send()
            .await
            .unwrap_err()
            .is_source()
    );
    assert_eq!(world.server.steps(), []);
}

#[tokio::test]
async fn content_type_is_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, start: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, start).unwrap();
        Source::from(path)
    };
    let cases: Vec<(Source, Option<&str>, &str)> = vec![
        (b"\x89PNG\r\n\x1a\nxx".into(), None, "image/png"),
        (b"0123456789".into(), None, "application/octet-stream"),
        (b"0123456789".into(), Some("x.mov"), "video/quicktime"),
        (file("a.heic", b"0123456789"), None, "image/heic"),
        (file("b.jpg", b"GIF89a\x01\0\x01\0"), None, "image/gif"),
        (file("c.nef", b"II*\x000123.."), None, "image/x-nikon-nef"),
        (
            file("d.txt", b"0123456789"),
            None,
            "application/octet-stream",
        ),
    ];
    for (source, name, expected) in cases {
        let seen = Arc::new(Mutex::new(None));
        let transport = TypeOnly(seen.clone());
        let client = crate::client::builder(&discovery_runtime::TestClock::new(), &Arc::default())
            .transport(transport)
            .build()
            .unwrap();
        let mut upload = crate::client::upload(client.core(), source);
        if let Some(name) = name {
            upload = upload.file_name(name);
        }
        upload.send().await.unwrap();
        assert_eq!(seen.lock().unwrap().as_deref(), Some(expected));
    }
}

/// Looks at the type and at nothing else.
struct TypeOnly(Arc<Mutex<Option<String>>>);

impl discovery_runtime::Transport for TypeOnly {
    fn send(
        &self,
        request: discovery_runtime::transport::HttpRequest,
    ) -> discovery_runtime::BoxFuture<
        '_,
        Result<
            discovery_runtime::transport::HttpResponse,
            discovery_runtime::transport::TransportError,
        >,
    > {
        let kind = request
            .headers
            .get("x-goog-upload-content-type")
            .map(str::to_owned);
        *self.0.lock().unwrap() = kind;
        Box::pin(async { Ok(crate::server::text(200, "text/plain", "TOKEN")) })
    }
}

/// The time that a source takes is not that of the server.
#[tokio::test]
async fn slow_source_is_no_timeout() {
    for resumable in [false, true] {
        let world = World::new(10, 2);
        let source = Slow(world.clock.clone(), 10);
        let upload = world
            .upload(source)
            .resumable(resumable)
            .content_type("image/png");
        world.finish(upload).await.unwrap();
        let expected = if resumable { 2 } else { 1 };
        assert_eq!(world.server.steps().len(), expected);
    }
}

/// The headers of the result are those of the response to the last bytes, in one request or in several.
#[tokio::test]
async fn whole_response_of_an_upload() {
    for resumable in [false, true] {
        let world = World::new(9, 4);
        let upload = world
            .upload(Pattern::new(9))
            .resumable(resumable)
            .chunk_size(4);
        let response = upload.send_for_response().await.unwrap();
        assert_eq!(response.status, 200);
        assert!(response.headers.iter().count() > 0, "{response:?}");
        assert!(world.server.is_complete(response.body.as_str()));
    }
}
