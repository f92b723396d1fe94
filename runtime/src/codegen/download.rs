//! What emitted code says about downloads.
