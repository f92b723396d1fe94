//! Downloads from a server that breaks what it is told to break. Time is virtual.

mod calls;
mod files;
mod matrix;
mod schedules;
mod server;
mod urls;
