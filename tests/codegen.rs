//! What is committed is what our tools make: `generated/` from `discovery/`, documents in one form.

use xtask::{Workspace, canonicalize, codegen};

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
