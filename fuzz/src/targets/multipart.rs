//! A file with its type and name, and a description: what is sent in two parts can be told apart.

use discovery_runtime::codegen::{Call, Context, InContext, Method, Request, UploadMethod};
use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{HttpMethod, Value};

use super::Target;
use super::service::{Service, block_on};

pub(super) const TARGET: Target = Target {
    name: "multipart",
    holds: "two parts, which come out as they went in",
    tokens: &[
        "--",
        "\r\n--",
        "--\r\n",
        "\r\n\r\n",
        "content-type: text/html",
        "boundary=",
        "image/png",
        "; charset=",
        "\n\n",
    ],
    run,
};

struct Create {
    context: Context,
    body: Value,
}

impl InContext for Create {
    fn context(&self) -> &Context {
        &self.context
    }
}

impl Call for Create {
    type Response = Value;

    const METHOD: Method = Method {
        id: "fuzz.files.create",
        http: HttpMethod::Post,
        path: "v1/files",
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        static METHOD: Method = Create::METHOD;
        Request::new(&METHOD).body(&self.body)
    }
}

const MEDIA: UploadMethod = UploadMethod {
    simple: Some("/upload/v1/files"),
    multipart: true,
    accept: &["*/*"],
    ..UploadMethod::google()
};

discovery_runtime::codegen::upload!(Create -> Value, MEDIA);

fn run(bytes: &[u8]) {
    // The type, the description, the bytes: each ends with an empty line.
    let mut parts = bytes.splitn(3, |byte| *byte == b'\n');
    let mut part = || parts.next().unwrap_or_default();
    let content_type = String::from_utf8_lossy(part()).into_owned();
    let name = String::from_utf8_lossy(part()).into_owned();
    let content = part().to_vec();
    let service = Service::responding(FakeResponse::json(200, "{}"));
    let body = serde_json::json!({ "name": name });
    let call = Create {
        context: Context::new(service.client.core()),
        body: body.clone(),
    };
    let sent = block_on(async {
        let upload = call.upload(content.clone()).content_type(&*content_type);
        upload.resumable(false).send().await
    });
    service.check(&sent);
    for request in service.server.requests() {
        let head = request.headers.get("content-type").unwrap_or_default();
        if !head.starts_with("multipart/related") {
            continue;
        }
        let (_, boundary) = head.split_once("boundary=").expect("a boundary");
        let [first, second] = split(&request.body, boundary.trim_matches('"'));
        let described: Value = serde_json::from_slice(&first.1).expect("the description is JSON");
        assert_eq!(described, body);
        assert_eq!(second.1, content);
        let typed = second
            .0
            .lines()
            .filter(|line| line.to_ascii_lowercase().starts_with("content-type:"));
        assert_eq!(typed.count(), 1, "{:?}", second.0);
    }
}

/// The two parts as RFC 2046 cuts them: their heads and contents.
fn split(body: &[u8], boundary: &str) -> [(String, Vec<u8>); 2] {
    let mut whole = b"\r\n".to_vec();
    whole.extend(body);
    let delimiter = format!("\r\n--{boundary}");
    let starts = find_all(&whole, delimiter.as_bytes());
    let [first, second, end] = starts[..] else {
        panic!("{} delimiters", starts.len());
    };
    assert!(whole[end + delimiter.len()..].starts_with(b"--"), "no end");
    [(first, second), (second, end)].map(|(from, to)| {
        let part = &whole[from + delimiter.len()..to];
        let cut = find_all(part, b"\r\n\r\n")[0];
        let head = String::from_utf8(part[..cut].to_vec()).expect("a head is text");
        (head, part[cut + 4..].to_vec())
    })
}

fn find_all(bytes: &[u8], text: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(text.len()).enumerate();
    windows
        .filter(|(_, window)| *window == text)
        .map(|(at, _)| at)
        .collect()
}
