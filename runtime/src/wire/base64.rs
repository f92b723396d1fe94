//! Base64 as Google APIs write and read it.

use base64::Engine as _;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::display::Base64Display;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// The encoder of what is sent in JSON.
const ENCODER: GeneralPurpose = engine(&STANDARD);

/// The encoder of what is sent in a URL.
const URL_ENCODER: GeneralPurpose = engine(&URL_SAFE);

const fn engine(alphabet: &Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        // The unused bits of the last character carry nothing.
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config)
}

/// The form of bytes in JSON.
pub(super) fn standard(bytes: &[u8]) -> Base64Display<'_, '_, GeneralPurpose> {
    Base64Display::new(bytes, &ENCODER)
}

/// The form of bytes in a URL.
pub(crate) fn url_safe(bytes: &[u8]) -> String {
    URL_ENCODER.encode(bytes)
}

/// Reads either alphabet, not the two mixed, with or without padding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let url_safe = text.bytes().any(|byte| matches!(byte, b'-' | b'_'));
    let engine = if url_safe { &URL_ENCODER } else { &ENCODER };
    engine.decode(text).ok()
}
