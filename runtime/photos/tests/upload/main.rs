//! Files that become items at an emulator of the service.

mod batches;
mod journal;
mod outcomes;
mod quotas;
mod support;
