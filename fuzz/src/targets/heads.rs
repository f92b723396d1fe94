//! The head of a response: a status, and header fields line by line. It comes in response to a call, to
//! a download and to an upload in steps.

use discovery_runtime::download::Download;
use discovery_runtime::transport::FakeResponse;
use discovery_runtime::upload::Resumable;
use discovery_runtime::upload::Source;

use super::Target;
use super::service::{Service, block_on};

pub(super) const TARGET: Target = Target {
    name: "heads",
    holds: "an end within 3 hours of the clock and 60 requests; no token and no control character in errors",
    tokens: &[
        "retry-after: ",
        "content-range: bytes 0-4/5",
        "content-type: application/json",
        "content-type: multipart/mixed; boundary=x",
        "www-authenticate: Bearer error=\"invalid_token\"",
        "content-encoding: gzip",
        "content-disposition: attachment; filename*=UTF-8''x",
        "content-length: 5",
        "etag: \"x\"",
        "location: https://photoslibrary.googleapis.com/x",
        "range: bytes=0-4",
        "x-goog-upload-status: active",
        "x-goog-upload-size-received: 5",
        "x-goog-upload-url: https://photoslibrary.googleapis.com/u",
        "x-goog-upload-chunk-granularity: 262144",
        "x-goog-hash: crc32c=AAAAAA==,md5=",
        "accept-ranges: bytes",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "200\n",
        "206\n",
        "308\n",
        "401\n",
        "429\n",
        "503\n",
    ],
    run,
};

/// The fields that somebody reads.
const FIELDS: &[&str] = &[
    "accept-ranges",
    "content-disposition",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "location",
    "range",
    "retry-after",
    "www-authenticate",
    "x-goog-hash",
    "x-goog-stored-content-encoding",
    "x-goog-upload-chunk-granularity",
    "x-goog-upload-control-url",
    "x-goog-upload-size-received",
    "x-goog-upload-status",
    "x-goog-upload-url",
];

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.trim().parse::<u16>().ok());
    let status = status
        .filter(|status| (100..=999).contains(status))
        .unwrap_or(200);
    let mut response = FakeResponse::status(status);
    if !body.is_empty() {
        response = FakeResponse::body(status, "image/jpeg", body.to_owned());
    }
    for line in lines {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        if let Some(name) = FIELDS
            .iter()
            .find(|field| field.eq_ignore_ascii_case(name.trim()))
        {
            response = response
                .without_header(name)
                .with_header(name, value.trim());
        }
    }
    block_on(async {
        let service = Service::responding(response.clone());
        service.check(&service.client.albums().get("a").send().await);

        let service = Service::responding(response.clone());
        let address = "https://lh3.googleusercontent.com/media=d";
        let download = Download::from_url(service.client.core(), address).max_size(1 << 20);
        service.check(&download.bytes().await);

        let service = Service::responding(response);
        let source = Source::from(vec![7_u8; 300_000]);
        let upload = service
            .client
            .media_items()
            .upload(source)
            .content_type("image/png");
        service.check(&upload.resumable(Resumable::Always).send().await);
    });
}
