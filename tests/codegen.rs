//! What is committed is what our tools make: `generated/` from `discovery/`, documents in one form, the
//! table of promises from the tests.

use xtask::{Workspace, canonicalize, codegen, promises};

#[test]
fn generated_is_up_to_date() {
    let workspace = Workspace::here().unwrap();
    if let Err(failure) = codegen::check(&workspace) {
        panic!("{failure}");
    }
}

#[test]
fn documents_are_canonical() {
    let workspace = Workspace::here().unwrap();
    if let Err(failure) = canonicalize::check(&workspace) {
        panic!("{failure}");
    }
}

#[test]
fn promises_are_up_to_date() {
    let workspace = Workspace::here().unwrap();
    if let Err(failure) = promises::check(&workspace) {
        panic!("{failure}");
    }
}
