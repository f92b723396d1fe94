//! Two calls as a document with `mediaUpload` has them, and a client of a server that takes them.

use std::sync::Arc;

use discovery_runtime::codegen::{
    Call, Context, InContext, Method, Request, RetrySafety, UploadMethod,
};
use discovery_runtime::upload::Upload;
use discovery_runtime::{Client, HttpMethod, TestClock, Value};

use crate::google_server::{Fault, GoogleServer, UNIT};
use crate::source::Pattern;

/// A call that makes a file.
pub(super) struct Create {
    context: Context,
    pub(super) folder: &'static str,
    body: Option<Value>,
}

impl InContext for Create {
    fn context(&self) -> &Context {
        &self.context
    }
}

impl Call for Create {
    type Response = Value;

    const METHOD: Method = Method {
        id: "drive.files.create",
        http: HttpMethod::Post,
        path: "drive/v3/{folder}/files",
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        static METHOD: Method = Create::METHOD;
        let request = Request::new(&METHOD)
            .path("folder", self.folder)
            .query("supportsAllDrives", &true);
        match &self.body {
            Some(body) => request.body(body),
            None => request,
        }
    }
}

const MEDIA: UploadMethod = UploadMethod {
    simple: Some("/upload/drive/v3/{folder}/files"),
    multipart: true,
    resumable: Some("/upload/drive/v3/{folder}/files"),
    accept: &["*/*"],
    max_size: Some(1 << 40),
    ..UploadMethod::google()
};

discovery_runtime::codegen::upload!(Create -> Value, MEDIA);

/// The same call if it may be made twice.
pub(super) struct Update(pub(super) Create);

impl InContext for Update {
    fn context(&self) -> &Context {
        &self.0.context
    }
}

impl Call for Update {
    type Response = Value;

    const METHOD: Method = Method {
        id: "drive.files.update",
        http: HttpMethod::Put,
        path: "drive/v3/{folder}/files",
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        static METHOD: Method = Update::METHOD;
        Request::new(&METHOD).path("folder", self.0.folder)
    }
}

discovery_runtime::codegen::upload!(Update -> Value, MEDIA);

pub(crate) struct World {
    pub(super) clock: TestClock,
    pub(crate) server: GoogleServer,
    client: Client,
}

impl World {
    pub(crate) fn new(total: u64, faults: impl IntoIterator<Item = Fault>) -> Self {
        let clock = TestClock::new();
        let server = GoogleServer::new(total);
        server.plan(faults);
        let client = crate::client::builder(&clock, &Arc::default())
            .transport(server.clone())
            .build()
            .unwrap();
        Self {
            client: client.core().clone(),
            clock,
            server,
        }
    }

    pub(super) fn create(&self, body: Option<Value>) -> Create {
        Create {
            context: Context::new(&self.client),
            folder: "a/b",
            body,
        }
    }

    pub(crate) fn steps(&self, total: u64) -> Upload<Value> {
        self.create(None)
            .upload(Pattern::in_pieces(total, 1 << 16))
            .resumable(true)
            .chunk_size(UNIT)
    }
}
