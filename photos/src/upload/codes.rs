//! What the code of one item means for its file: one table.

/// What follows from the code of one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeMeaning {
    /// The item is requested once more in this run.
    Transient,
    /// The service does not take these bytes.
    Final,
    /// It says nothing of the file: the next run tries again.
    Left,
}

/// What a number of `google.rpc.Code` means.
///
/// The numbers: <https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto>. Only 3
/// is seen for bytes that are no photo and no video, with the message "Failed: There was an error
/// while trying to create this media item.", also in
/// <https://github.com/gphotosuploader/gphotos-uploader-cli/issues/105>. Everything else can be about
/// the account, the album, the token or the moment.
#[allow(
    clippy::match_same_arms,
    reason = "it is a table: each code has its line"
)]
pub(super) fn classify_code(code: i32) -> CodeMeaning {
    use CodeMeaning::{Final, Left, Transient};
    match code {
        1 => Transient,  // CANCELLED: the server gave up.
        2 => Left,       // UNKNOWN
        3 => Final,      // INVALID_ARGUMENT, whatever the state of the system, by code.proto.
        4 => Transient,  // DEADLINE_EXCEEDED
        5 => Left,       // NOT_FOUND: the album or the upload.
        6 => Left,       // ALREADY_EXISTS: a token that was used before.
        7 => Left,       // PERMISSION_DENIED
        8 => Transient,  // RESOURCE_EXHAUSTED
        9 => Left,       // FAILED_PRECONDITION: the state of the system can change.
        10 => Transient, // ABORTED
        11 => Left,      // OUT_OF_RANGE: the state of the system can change.
        12 => Left,      // UNIMPLEMENTED: not in this version of the service.
        13 => Transient, // INTERNAL
        14 => Transient, // UNAVAILABLE
        15 => Left,      // DATA_LOSS: the bytes can be sent again.
        16 => Left,      // UNAUTHENTICATED
        _ => Left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_invalid_argument_is_final() {
        let of = |meaning| -> Vec<i32> {
            (-1..=17)
                .chain([i32::MIN, i32::MAX])
                .filter(|code| classify_code(*code) == meaning)
                .collect()
        };
        assert_eq!(of(CodeMeaning::Final), [3]);
        assert_eq!(of(CodeMeaning::Transient), [1, 4, 8, 10, 13, 14]);
    }
}
