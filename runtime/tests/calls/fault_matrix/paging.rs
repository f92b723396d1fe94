//! What becomes of a list when something goes wrong at its second page: a page is a read, asked for
//! with the same token, and no item comes twice or gets lost.

use discovery_runtime::transport::FakeResponse;

use super::After::{Fail, Retry, Unknown};
use super::faults;
use crate::support::*;

fn page(id: &str, token: &str) -> FakeResponse {
    FakeResponse::json(
        200,
        format!(r#"{{"albums": [{{"id": "{id}"}}], "nextPageToken": "{token}"}}"#),
    )
}

fn queries(setup: &Setup) -> Vec<String> {
    let requests = setup.server.requests();
    let queries = requests.iter().map(|request| request.query().to_owned());
    queries.collect()
}

#[tokio::test]
async fn each_fault_at_the_second_page() {
    for fault in faults() {
        let setup = setup();
        setup.respond([page("a", "1"), fault.response.clone(), page("b", "")]);
        let mut items = setup.client.list().items();
        let first = items.next().await.unwrap().unwrap();
        assert_eq!(first.id.as_deref(), Some("a"), "{}", fault.name);
        let second = items.next().await.unwrap();
        match fault.after[0] {
            Retry(seconds) => {
                let second = second.unwrap_or_else(|error| panic!("{}: {error}", fault.name));
                assert_eq!(second.id.as_deref(), Some("b"), "{}", fault.name);
                assert_eq!(setup.seconds(), seconds, "{}", fault.name);
            }
            Fail => {
                let error = second.expect_err(fault.name);
                assert!((fault.is)(&error), "{}: {error:?}", fault.name);
                assert!(!error.is_outcome_unknown(), "{}", fault.name);
                assert_eq!(setup.server.request_count(), 2, "{}", fault.name);
                assert!(items.next().await.is_none(), "{}", fault.name);
                // What was read is kept, and the rest begins with the page that failed.
                assert_eq!(items.page_token(), Some("1"), "{}", fault.name);
                let mut rest = setup.client.list().page_token("1").items();
                let next = rest.next().await.unwrap().unwrap();
                assert_eq!(next.id.as_deref(), Some("b"), "{}", fault.name);
            }
            Unknown => panic!("{}: a read has no outcome", fault.name),
        }
        assert!(items.next().await.is_none(), "{}", fault.name);
        let expected = ["", "pageToken=1", "pageToken=1"];
        assert_eq!(queries(&setup), expected, "{}", fault.name);
    }
}

#[tokio::test]
async fn each_fault_that_stays_ends_the_list_with_its_error() {
    for fault in faults() {
        let setup = setup();
        setup.respond([page("a", "1")]);
        setup.server.respond_always(fault.response.clone());
        let mut items = setup.client.list().items();
        assert!(items.next().await.unwrap().is_ok(), "{}", fault.name);
        let error = items.next().await.unwrap().expect_err(fault.name);
        assert!((fault.is)(&error), "{}: {error:?}", fault.name);
        assert!(items.next().await.is_none(), "{}", fault.name);
        assert!(setup.server.request_count() <= 1 + 5, "{}", fault.name);
        assert!(
            setup.seconds() <= 60,
            "{}: {} s",
            fault.name,
            setup.seconds()
        );
        assert_eq!(items.page_token(), Some("1"), "{}", fault.name);
    }
}
