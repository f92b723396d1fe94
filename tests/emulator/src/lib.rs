//! A Photos Library server on loopback that keeps state.
