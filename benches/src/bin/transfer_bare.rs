//! The process that does the same with the same HTTP library and nothing else: no journal, no
//! checksums, no retries, no limits. Its pages are calls of the generated crate in a loop.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use anyhow::Context as _;
use benches::transfer::{self, Arguments, CHUNK, Job, PARALLEL};
use bytes::Bytes;
use discovery_runtime::Credentials;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::http::request::Builder;
use hyper::{Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::task::JoinSet;

type AnyBody = BoxBody<Bytes, io::Error>;

#[derive(Clone)]
struct Bare {
    http: Client<HttpsConnector<HttpConnector>, AnyBody>,
    arguments: Arc<Arguments>,
}

fn main() -> anyhow::Result<()> {
    transfer::run(job)
}

async fn job(arguments: Arguments) -> anyhow::Result<u64> {
    let connector = HttpsConnectorBuilder::new()
        .with_native_roots()?
        .https_or_http()
        .enable_http1()
        .build();
    let bare = Bare {
        http: Client::builder(TokioExecutor::new()).build(connector),
        arguments: Arc::new(arguments),
    };
    match bare.arguments.job {
        Job::Folder => bare.folder().await,
        Job::Upload => bare.upload().await,
        Job::Download => bare.download().await,
        Job::Pages => pages(&bare.arguments).await,
        Job::Nothing => Ok(0),
    }
}

impl Bare {
    async fn folder(&self) -> anyhow::Result<u64> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.arguments.path)? {
            files.push(entry?.path());
        }
        let mut tasks = JoinSet::new();
        let mut tokens = Vec::new();
        let mut items = 0;
        for file in files {
            if tasks.len() == PARALLEL {
                tokens.push(tasks.join_next().await.context("no task")???);
            }
            let bare = self.clone();
            tasks.spawn(async move { bare.file(file).await });
            if tokens.len() == 50 {
                items += self.create(std::mem::take(&mut tokens)).await?;
            }
        }
        while let Some(token) = tasks.join_next().await {
            tokens.push(token??);
        }
        for tokens in tokens.chunks(50) {
            items += self.create(tokens.to_vec()).await?;
        }
        Ok(items)
    }

    async fn file(&self, path: PathBuf) -> anyhow::Result<(PathBuf, String)> {
        let bytes = tokio::fs::read(&path).await?;
        let request = self
            .post("/v1/uploads")
            .header("x-goog-upload-protocol", "raw")
            .header("x-goog-upload-content-type", "image/png");
        let response = self.send(request, full(bytes)).await?;
        let token = response.into_body().collect().await?.to_bytes();
        Ok((path, String::from_utf8(token.to_vec())?))
    }

    async fn create(&self, tokens: Vec<(PathBuf, String)>) -> anyhow::Result<u64> {
        let items = tokens.into_iter().map(|(path, token)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            json!({"simpleMediaItem": {"uploadToken": token, "fileName": name}})
        });
        let body = json!({"newMediaItems": items.collect::<Vec<_>>()});
        let request = self.post("/v1/mediaItems:batchCreate");
        let request = request.header("content-type", "application/json");
        let response = self.send(request, full(serde_json::to_vec(&body)?)).await?;
        let bytes = response.into_body().collect().await?.to_bytes();
        let results: Value = serde_json::from_slice(&bytes)?;
        let results = results["newMediaItemResults"].as_array();
        let created = results.into_iter().flatten();
        Ok(created
            .filter(|result| result["mediaItem"]["id"].is_string())
            .count() as u64)
    }

    async fn upload(&self) -> anyhow::Result<u64> {
        let length = std::fs::metadata(&self.arguments.path)?.len();
        let request = self
            .post("/v1/uploads")
            .header("x-goog-upload-protocol", "resumable")
            .header("x-goog-upload-command", "start")
            .header("x-goog-upload-content-type", "image/png")
            .header("x-goog-upload-raw-size", length);
        let response = self.send(request, full("")).await?;
        let url = response.headers().get("x-goog-upload-url").cloned();
        let url = url.context("no session")?.to_str()?.to_owned();
        for offset in (0..length).step_by(usize::try_from(CHUNK)?) {
            let end = (offset + CHUNK).min(length);
            let command = if end == length {
                "upload, finalize"
            } else {
                "upload"
            };
            let request = Request::post(&url)
                .header("authorization", format!("Bearer {}", self.arguments.token))
                .header("x-goog-upload-command", command)
                .header("x-goog-upload-offset", offset);
            let mut file = tokio::fs::File::open(&self.arguments.path).await?;
            tokio::io::AsyncSeekExt::seek(&mut file, io::SeekFrom::Start(offset)).await?;
            let body = FileBody {
                file,
                buffer: vec![0; PIECE],
                left: end - offset,
            };
            let response = self.send(request, body.boxed()).await?;
            response.into_body().collect().await?;
        }
        Ok(length)
    }

    async fn download(&self) -> anyhow::Result<u64> {
        let url = format!(
            "{}/bytes?bytes={}",
            self.arguments.server, self.arguments.bytes
        );
        let response = self.send(Request::get(url), full("")).await?;
        let mut body = response.into_body();
        let mut received = 0;
        while let Some(frame) = body.frame().await {
            received += frame?.into_data().map_or(0, |data| data.len() as u64);
        }
        Ok(received)
    }

    fn post(&self, path: &str) -> Builder {
        Request::post(format!("{}{path}", self.arguments.server))
            .header("authorization", format!("Bearer {}", self.arguments.token))
    }

    async fn send(&self, request: Builder, body: AnyBody) -> anyhow::Result<Response<Incoming>> {
        let response = self.http.request(request.body(body)?).await?;
        let status = response.status();
        anyhow::ensure!(status.is_success(), "status {status}");
        Ok(response)
    }
}

async fn pages(arguments: &Arguments) -> anyhow::Result<u64> {
    let client = google_photoslibrary_v1::Client::builder()
        .credentials(Credentials::token(arguments.token.as_str()))
        .endpoint_on_loopback(&arguments.server)
        .build()?;
    let (mut token, mut count) = (None, 0);
    loop {
        let mut call = client.albums().list().page_size(50);
        if let Some(token) = token {
            call = call.page_token(token);
        }
        let page = call.send().await?;
        for album in page.albums {
            drop(album);
            count += 1;
        }
        token = page.next_page_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(count);
        }
    }
}

fn full(bytes: impl Into<Bytes>) -> AnyBody {
    Full::new(bytes.into())
        .map_err(|never| match never {})
        .boxed()
}

/// How much of a file is read at once.
const PIECE: usize = 256 << 10;

/// A part of a file.
struct FileBody {
    file: tokio::fs::File,
    buffer: Vec<u8>,
    left: u64,
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        if this.left == 0 {
            return Poll::Ready(None);
        }
        let wanted = usize::try_from(this.left).unwrap_or(PIECE).min(PIECE);
        let mut buffer = ReadBuf::new(&mut this.buffer[..wanted]);
        let read = ready!(Pin::new(&mut this.file).poll_read(context, &mut buffer));
        let piece = Bytes::copy_from_slice(buffer.filled());
        this.left -= piece.len() as u64;
        Poll::Ready(Some(read.map(|()| Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
