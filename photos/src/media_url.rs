//! The addresses of the bytes of an item, which need a suffix that says which bytes.

use std::fmt::{self, Write as _};
use std::time::{Duration, SystemTime};

use discovery_runtime::Secret;
use google_photoslibrary_v1::schemas::MediaItem;

use crate::limits;

/// The base URL of an item that was read just now; `None` if it has none, as items have that were
/// just created: [get](google_photoslibrary_v1::media_items::MediaItems::get) them again.
pub fn media_url(item: &MediaItem) -> Option<BaseUrl> {
    item.base_url
        .as_deref()
        .filter(|url| !url.is_empty())
        .map(BaseUrl::new)
}

/// A base URL and when it was read. It does not work by itself: say which bytes.
///
/// Whoever has it can fetch the bytes as long as it works, without signing in: `Debug` does not
/// show it.
///
/// ```
/// use google_photos::BaseUrl;
///
/// let base = BaseUrl::new("https://lh3.googleusercontent.com/lr/AF1QipM");
/// assert!(base.size(256, 256).crop().as_str().ends_with("=w256-h256-c"));
/// assert!(base.download().as_str().ends_with("=d"));
/// assert!(base.video().as_str().ends_with("=dv"));
/// ```
#[derive(Clone)]
pub struct BaseUrl {
    text: Secret,
    fetched_at: SystemTime,
}

impl BaseUrl {
    /// A base URL that was read just now, such as that of the cover of an album.
    pub fn new(text: &str) -> Self {
        Self {
            text: Secret::from(text),
            fetched_at: SystemTime::now(),
        }
    }

    /// The same, read at another time, such as one that was kept for a while.
    #[must_use]
    pub fn fetched_at(mut self, time: SystemTime) -> Self {
        self.fetched_at = time;
        self
    }

    /// How long ago it was read; zero if that is in the future by the clock of this machine.
    pub fn age(&self) -> Duration {
        SystemTime::now()
            .duration_since(self.fetched_at)
            .unwrap_or_default()
    }

    /// Whether it was read less than `max_age` ago. The documented life is
    /// [an hour](limits::BASE_URL), and some end after half an hour: ask for less than that.
    pub fn is_fresh(&self, max_age: Duration) -> bool {
        self.age() < max_age
    }

    /// Whether it was read less than half an hour ago, which nearly all survive.
    pub fn is_probably_fresh(&self) -> bool {
        self.is_fresh(limits::BASE_URL / 2)
    }

    /// The photo in full size, with what the camera wrote into it except the place (`=d`).
    pub fn download(&self) -> MediaUrl {
        self.with("d")
    }

    /// The bytes of a video that is ready, compressed again, or the clip of a motion photo (`=dv`).
    /// The service redirects to another host.
    pub fn video(&self) -> MediaUrl {
        self.with("dv")
    }

    /// A picture that fits into so many pixels, with the proportions of the photo or the video.
    pub fn size(&self, width: u32, height: u32) -> Picture {
        self.picture(Some(width), Some(height))
    }

    /// A picture that is so many pixels wide at most.
    pub fn width(&self, pixels: u32) -> Picture {
        self.picture(Some(pixels), None)
    }

    /// A picture that is so many pixels high at most.
    pub fn height(&self, pixels: u32) -> Picture {
        self.picture(None, Some(pixels))
    }

    fn picture(&self, width: Option<u32>, height: Option<u32>) -> Picture {
        // A side of no pixels is an error for the service, and one pixel is what comes next to it.
        let [width, height] = [width, height].map(|side| side.map(|pixels| pixels.max(1)));
        Picture {
            base: self.clone(),
            width,
            height,
            crop: false,
            overlay: true,
        }
    }

    fn with(&self, suffix: &str) -> MediaUrl {
        MediaUrl(Secret::from(format!("{}={suffix}", self.text.expose())))
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BaseUrl")
            .field("fetched_at", &self.fetched_at)
            .finish_non_exhaustive()
    }
}

/// A picture of some size.
#[derive(Clone, Debug)]
#[must_use = "ask for the `url` of the picture"]
pub struct Picture {
    base: BaseUrl,
    width: Option<u32>,
    height: Option<u32>,
    crop: bool,
    overlay: bool,
}

impl Picture {
    /// Exactly of that size: what does not fit is cut off (`-c`).
    pub fn crop(mut self) -> MediaUrl {
        self.crop = true;
        self.url()
    }

    /// Without the button that the picture of a video has on it (`-no`).
    pub fn without_overlay(mut self) -> Self {
        self.overlay = false;
        self
    }

    /// The address of the picture.
    pub fn url(&self) -> MediaUrl {
        let mut suffix = String::new();
        let mut add = |option: fmt::Arguments<'_>| {
            let separator = if suffix.is_empty() { "" } else { "-" };
            // Writing to a string does not fail.
            let _ = write!(suffix, "{separator}{option}");
        };
        if let Some(width) = self.width {
            add(format_args!("w{width}"));
        }
        if let Some(height) = self.height {
            add(format_args!("h{height}"));
        }
        if self.crop {
            add(format_args!("c"));
        }
        if !self.overlay {
            add(format_args!("no"));
        }
        self.base.with(&suffix)
    }
}

/// An address that works for about an hour, for whoever has it: `Debug` does not show it.
#[derive(Clone, Debug)]
pub struct MediaUrl(Secret);

impl MediaUrl {
    /// The address. No credentials are needed, and none should be sent, except for an item of the
    /// Picker API: that needs the access token.
    pub fn as_str(&self) -> &str {
        self.0.expose()
    }
}

impl AsRef<str> for MediaUrl {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_those_of_the_documentation() {
        let base = BaseUrl::new("https://host.example/lr/x");
        let cases = [
            (base.download(), "=d"),
            (base.video(), "=dv"),
            (base.size(2048, 1024).url(), "=w2048-h1024"),
            (base.size(256, 256).crop(), "=w256-h256-c"),
            (base.width(800).url(), "=w800"),
            (base.height(0).url(), "=h1"),
            (base.size(800, 600).without_overlay().url(), "=w800-h600-no"),
        ];
        for (url, suffix) in cases {
            assert_eq!(url.as_str(), format!("https://host.example/lr/x{suffix}"));
        }
    }

    #[test]
    fn nothing_shows_the_address() {
        let base = BaseUrl::new("https://host.example/CANARY");
        let text = format!("{base:?} {:?} {:?}", base.download(), base.size(1, 1));
        assert!(!text.contains("CANARY"), "{text}");
    }

    #[test]
    fn it_ages() {
        let base = BaseUrl::new("https://host.example/x");
        assert!(base.is_probably_fresh());
        let minutes = |count: u64| SystemTime::now() - Duration::from_secs(60 * count);
        let old = base.clone().fetched_at(minutes(31));
        assert!(!old.is_probably_fresh());
        assert!(old.is_fresh(limits::BASE_URL));
        assert!(
            !base
                .clone()
                .fetched_at(minutes(61))
                .is_fresh(limits::BASE_URL)
        );
        assert_eq!(
            base.fetched_at(SystemTime::now() + Duration::from_secs(60))
                .age(),
            Duration::ZERO
        );
    }
}
