//! Base64 as Google APIs write and read it.
//!
//! The format `byte` of Discovery documents has the alphabet that is safe in URLs, with padding
//! (<https://developers.google.com/discovery/v1/type-format>). Services that follow the JSON mapping
//! of Protocol Buffers take both alphabets, and others only this one: the response of Gmail to the
//! standard alphabet in `raw` is a 400, "Invalid value for `ByteString`"
//! (<https://github.com/xDinomode/Go-Gmail-Api-Example/issues/1>).

use base64::Engine as _;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::display::Base64Display;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// The reader of the standard alphabet, which some services write.
const STANDARD_READER: GeneralPurpose = engine(&STANDARD);

/// The reader of the alphabet that is safe in URLs, and the encoder of all that is sent.
const URL_SAFE_ENCODER: GeneralPurpose = engine(&URL_SAFE);

const fn engine(alphabet: &Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        // The unused bits of the last character carry nothing.
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config)
}

/// The form of bytes in JSON.
pub(super) fn display(bytes: &[u8]) -> Base64Display<'_, '_, GeneralPurpose> {
    Base64Display::new(bytes, &URL_SAFE_ENCODER)
}

/// The form of bytes in a URL.
pub(crate) fn url_safe(bytes: &[u8]) -> String {
    URL_SAFE_ENCODER.encode(bytes)
}

/// Reads either alphabet, not the two mixed, with or without padding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let url_safe = text.bytes().any(|byte| matches!(byte, b'-' | b'_'));
    let engine = if url_safe {
        &URL_SAFE_ENCODER
    } else {
        &STANDARD_READER
    };
    engine.decode(text).ok()
}
