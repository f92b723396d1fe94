//! What there is of a file on the disk, and where an earlier run left it.

use std::sync::Arc;

use discovery_runtime::blocking;
use discovery_runtime::upload::Source;

use super::BytesUpload;
use super::small_file::SmallFile;
use crate::upload::content::Content;
use crate::upload::failure::{UploadFailure, unreadable, unwritable};
use crate::upload::journal::Identity;
use crate::upload::plan::Phase;
use crate::upload::version::Version;

/// One version of a file, and where an earlier run left the same bytes.
pub(super) struct Found {
    pub(super) current: Current,
    pub(super) known: Option<Phase>,
}

/// One version of a file.
pub(super) struct Current {
    pub(super) version: Version,
    pub(super) identity: Identity,
    pub(super) source: Source,
    /// The type of the bytes; what was uploaded before is not looked at again.
    pub(super) content_type: Option<String>,
}

/// What a first look gives.
enum Look {
    /// Nothing, if the file is another version by now.
    Done(Option<Found>),
    /// A file that is too large to be read at once, and its type.
    Large(Version, String),
}

impl BytesUpload {
    /// Finds out which version there is. It is read only if no earlier run did; `None` if it is another
    /// version by then. A file that is neither a photo nor a video is rejected.
    pub(super) async fn identify(self: &Arc<Self>) -> Result<Option<Found>, UploadFailure> {
        match self.on_disk(Self::look).await? {
            Look::Done(found) => Ok(found),
            Look::Large(version, content_type) => {
                let path = self.file.path.clone();
                let content = Content::read(path.clone()).await.map_err(unreadable)?;
                self.on_disk(move |this| {
                    this.find(version, content, path.into(), Some(content_type))
                })
                .await
            }
        }
    }

    fn look(&self) -> Result<Look, UploadFailure> {
        let file = &self.file;
        let version = Version::of(&file.path).map_err(unreadable)?;
        let known = self.shared.journal.content(&self.key.file, version.text());
        if let Some(content) = known.map_err(unwritable)? {
            let (source, content_type) = (file.path.clone().into(), file.content_type.clone());
            let found = self.find(version, content, source, content_type)?;
            return Ok(Look::Done(found));
        }
        let kind = |start: &[u8]| {
            let kind = file.media_type(version.size, start);
            kind.map_err(UploadFailure::Rejected)
        };
        if version.size > SmallFile::LIMIT {
            let kind = kind(&file.start().map_err(unreadable)?)?;
            return Ok(Look::Large(version, kind));
        }
        let Some(small) = SmallFile::read(&file.path, version.size).map_err(unreadable)? else {
            return Ok(Look::Done(None));
        };
        let kind = kind(small.bytes())?;
        let found = self.find(version, small.content(), small.into(), Some(kind))?;
        Ok(Look::Done(found))
    }

    /// Where an earlier run left the same bytes; `None` if the file is another version by now.
    fn find(
        &self,
        version: Version,
        content: Content,
        source: Source,
        content_type: Option<String>,
    ) -> Result<Option<Found>, UploadFailure> {
        if content.size != version.size || !self.is_still(&version)? {
            return Ok(None);
        }
        let identity = Identity {
            content,
            fingerprint: version.fingerprint(),
        };
        let state = self.shared.journal.find(&self.key, &identity);
        let state = state.map_err(unwritable)?;
        let known = state.map(|state| Phase::after(state, identity.clone()));
        let retry_rejected = self.shared.settings.retry_rejected;
        Ok(Some(Found {
            known: known.filter(|phase| !phase.is_tried_again(retry_rejected)),
            current: Current {
                version,
                identity,
                source,
                content_type,
            },
        }))
    }

    /// Whether the file is still the same version.
    pub(super) fn is_still(&self, version: &Version) -> Result<bool, UploadFailure> {
        let now = Version::of(&self.file.path).map_err(unreadable)?;
        Ok(now == *version)
    }

    /// Does what waits for the disk on a thread that may: a change of threads for each step of it
    /// would cost more than the steps.
    pub(super) async fn on_disk<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, UploadFailure> + Send + 'static,
    ) -> Result<T, UploadFailure> {
        let this = self.clone();
        let done = blocking(move || Ok(work(&this))).await;
        done.map_err(unreadable)?
    }
}
