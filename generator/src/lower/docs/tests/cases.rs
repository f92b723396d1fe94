//! Texts as they occur, and what becomes of them.
