#![doc = include_str!("links.md")]
#![doc = include_str!("README.md")]
// Each page is a module, so that its programs are tests and its links are checked. A page names the
// other files as GitHub does (`paging.md`); `links.md` comes first and has their names in rustdoc, as
// the first definition of a link is the one that counts. Messages about a program name `links.md` and
// the module, and count the lines of both files.

macro_rules! pages {
    ($($name:ident = $file:literal),* $(,)?) => {$(
        #[doc = include_str!("links.md")]
        #[doc = include_str!($file)]
        pub mod $name {}
    )*};
}

pages! {
    first_call = "first-call.md",
    sign_in = "sign-in.md",
    paging = "paging.md",
    errors = "errors.md",
    transfers = "transfers.md",
    picker = "picker.md",
    testing = "testing.md",
    transport = "transport.md",
    another_api = "another-api.md",
    versions = "versions.md",
}
