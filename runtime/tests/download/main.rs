//! Downloads from a server that breaks what it is told to break. Time is virtual.

mod calls;
mod files;
mod matrix;
mod schedules;
#[path = "../transport/server.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod script;
mod server;
mod sockets;
mod urls;
