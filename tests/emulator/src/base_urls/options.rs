//! The options after the `=` of a base URL: `w2048-h1024`, `w256-h256-c`, `d`, `dv`, `w800-h600-no`.

/// Parsed options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    pub(super) crop: bool,
    pub(super) download: bool,
    pub(super) video: bool,
}

impl Options {
    /// Reads the options; the error says what is wrong.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.is_empty() {
            return Err("a base URL needs options such as =d or =w640-h480");
        }
        let mut options = Self::default();
        for option in text.split('-') {
            match option {
                "c" => options.crop = true,
                "d" => options.download = true,
                "dv" => options.video = true,
                // The play button is never drawn here.
                "no" => {}
                _ => match option.split_at_checked(1) {
                    Some(("w", pixels)) => options.width = Some(side(pixels)?),
                    Some(("h", pixels)) => options.height = Some(side(pixels)?),
                    _ => return Err("an option of the base URL is not known"),
                },
            }
        }
        if options.crop && (options.width.is_none() || options.height.is_none()) {
            return Err("=c needs a width and a height");
        }
        Ok(options)
    }

    pub(super) const fn has_size(&self) -> bool {
        self.width.is_some() || self.height.is_some()
    }
}

fn side(pixels: &str) -> Result<u32, &'static str> {
    pixels
        .parse()
        .ok()
        .filter(|side| (1..=16_383).contains(side))
        .ok_or("a side is from 1 to 16,383 pixels")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_joined_by_hyphens() {
        let sized = Options {
            width: Some(256),
            height: Some(128),
            ..Options::default()
        };
        assert_eq!(Options::parse("w256-h128"), Ok(sized.clone()));
        assert_eq!(Options::parse("w256-h128-no"), Ok(sized.clone()));
        assert_eq!(
            Options::parse("w256-h128-c"),
            Ok(Options {
                crop: true,
                ..sized
            })
        );
        assert_eq!(
            Options::parse("d"),
            Ok(Options {
                download: true,
                ..Options::default()
            })
        );
        assert_eq!(
            Options::parse("dv"),
            Ok(Options {
                video: true,
                ..Options::default()
            })
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "", "w", "w0", "w16384", "wx", "x", "w10-c", "d-", "s400", "é1",
        ] {
            assert!(Options::parse(text).is_err(), "{text}");
        }
    }
}
