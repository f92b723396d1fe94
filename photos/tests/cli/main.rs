//! The command `google-photos`, as people run it: the binary itself against an emulator.

mod download;
mod login;
mod pick;
mod readme;
mod support;
mod upload;
