//! Predicates about uploads and downloads.

use crate::error::{Error, TransferProblem};

/// # Uploads and downloads
impl Error {
    /// The server, or something on the way to it, does not follow the protocol of uploads or
    /// downloads.
    ///
    /// Nothing is wrong with the call. Try again later; a proxy that changes traffic does this as
    /// well.
    pub fn is_protocol(&self) -> bool {
        matches!(self.transfer(), Some(TransferProblem::Protocol(_)))
    }

    /// Of an upload: the server has other bytes than it was sent, more, or fewer than it said before.
    /// Of a download: what came has another checksum than the server says.
    ///
    /// No further byte was sent, and no file was made. Upload or download again from the start.
    pub fn is_data_loss(&self) -> bool {
        matches!(self.transfer(), Some(TransferProblem::DataLoss(_)))
    }

    /// An address leads to a host that is not trusted, or does not use TLS; nothing was sent there.
    ///
    /// If the host is right, name it: [`Upload::trust_host`](crate::upload::Upload::trust_host),
    /// [`Download::trust_host`](crate::download::Download::trust_host).
    pub fn is_untrusted_url(&self) -> bool {
        matches!(self.transfer(), Some(TransferProblem::UntrustedUrl { .. }))
    }

    /// The source of an upload failed or changed; what failed is in
    /// [`source`](std::error::Error::source).
    ///
    /// The upload was given up. Check the file and upload again.
    pub fn is_source(&self) -> bool {
        matches!(self.transfer(), Some(TransferProblem::Source(_))) || self.is_source_changed()
    }

    /// The source of an upload is not what it was when the upload began.
    ///
    /// Nothing was made of it. Upload again when nobody writes to it any more.
    pub fn is_source_changed(&self) -> bool {
        matches!(self.transfer(), Some(TransferProblem::SourceChanged))
    }

    /// The address of a download does not work any more, as base URLs do after about an hour.
    ///
    /// Get the item again and download from its new address, or leave that to
    /// [`Download::on_expired`](crate::download::Download::on_expired).
    pub fn is_expired(&self) -> bool {
        matches!(self.transfer(), Some(TransferProblem::Expired))
    }

    /// Nobody knows whether a download is complete: the connection closed, and no header says how
    /// long the body is.
    ///
    /// Say how long it is with [`Download::expect_size`](crate::download::Download::expect_size),
    /// or try again.
    pub fn is_length_unknown(&self) -> bool {
        matches!(self.transfer(), Some(TransferProblem::LengthUnknown))
    }

    /// A download has another length than it should, or changed between two requests for it.
    ///
    /// Download again from the start.
    pub fn is_changed(&self) -> bool {
        matches!(
            self.transfer(),
            Some(TransferProblem::Changed | TransferProblem::WrongLength { .. })
        )
    }

    /// A file could not be written. The message has its path and the reason; what the system said is
    /// in [`source`](std::error::Error::source).
    ///
    /// Nothing stands where the file was to be.
    pub fn is_file(&self) -> bool {
        matches!(self.transfer(), Some(TransferProblem::File { .. }))
    }
}
