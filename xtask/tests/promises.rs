//! The page of promises says what is tested, so a test that is gone is an error.

use xtask::{Workspace, promises};

#[test]
fn missing_tests_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::at(folder.path()).unwrap();
    for result in [promises::run(&workspace), promises::check(&workspace)] {
        let message = result.unwrap_err().to_string();
        assert!(message.contains("cannot read"), "{message}");
        assert!(message.contains("fault_matrix"), "{message}");
    }
    assert!(!folder.path().join("docs").exists(), "nothing is written");

    std::fs::create_dir_all(folder.path().join("runtime/tests/calls/fault_matrix")).unwrap();
    let message = promises::run(&workspace).unwrap_err().to_string();
    assert!(message.contains("nothing to count"), "{message}");
    assert!(message.contains("xtask/src/promises.rs"), "{message}");
}
