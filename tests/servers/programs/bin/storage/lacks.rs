//! What a server has not.

/// What a server has not, so that its cases say nothing about us.
#[derive(Default)]
pub struct Lacks {
    pub pages: bool,
    pub conditions: bool,
    pub not_modified: bool,
    pub gzip: bool,
    pub nulls: bool,
    pub new_sessions: bool,
    pub sessions: bool,
    pub upload_types: bool,
    pub names: &'static [&'static str],
}

impl Lacks {
    /// What was seen on 28 November 2026 with the versions that `main.rs` of the test names.
    pub fn of(server: &str) -> Self {
        match server {
            // It ignores page tokens, conditions and a `null` in a PATCH, and sends no Content-Encoding. Of a session without
            // bytes it says `Range: bytes=0-0`, which is one byte. It keeps objects in a file system,
            // and breaks the connection where a name leads out of a folder.
            "gcp-storage-emulator" => Lacks {
                pages: true,
                conditions: true,
                not_modified: true,
                gzip: true,
                nulls: true,
                new_sessions: true,
                names: &["a/../b", "../up"],
                ..Lacks::default()
            },
            // It ignores `ifGenerationNotMatch`, a `null` in a PATCH and `X-Upload-Content-Type`. A question for what it has of
            // a session ends the session, and what came so far is the object.
            "fake-gcs-server" => Lacks {
                not_modified: true,
                nulls: true,
                new_sessions: true,
                sessions: true,
                upload_types: true,
                ..Lacks::default()
            },
            // Two slashes become one before it looks for a route.
            "storage-testbench" => Lacks { names: &["//double"], ..Lacks::default() },
            _ => Lacks::default(),
        }
    }
}
