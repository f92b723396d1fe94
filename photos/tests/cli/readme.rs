//! The commands of the README do what it says.
