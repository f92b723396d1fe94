//! The page on which a user picks, in place of the one of Google Photos. The methods of the Picker API
//! are with those of the other API.

mod page;

use crate::html;
use crate::reply::Reply;
use crate::request::Received;
use crate::state::State;
use crate::state::items::Item;

/// What is added to the address of a page so that it closes itself at the end.
const AUTOCLOSE: &str = "/autoclose";

/// Shows the page of a session, or takes what was ticked on it.
pub(crate) fn serve(state: &mut State, rest: &str, request: &Received, origin: &str) -> Reply {
    let (page, closes) = match rest.strip_suffix(AUTOCLOSE) {
        Some(page) => (page, true),
        None => (rest, false),
    };
    let now = state.now();
    let Some(session) = state.picking.with_page(page, now).cloned() else {
        return message(
            404,
            "Nothing to pick",
            "This session has ended, or never began.",
        );
    };
    if session.picked.is_some() {
        return message(410, "Done already", "Another pick needs another session.");
    }
    let items = library(state, &session.user);
    if request.http_method != hyper::Method::POST {
        return page::show(state, &session, &items, request, origin);
    }
    let form = request.form();
    let ticked: Vec<String> = items
        .into_iter()
        .map(|item| item.id)
        .filter(|id| form.all("item").any(|ticked| ticked == id))
        .collect();
    if ticked.len() > session.max_items {
        let text = format!("Pick {} at most, and press Done again.", session.max_items);
        return message(400, "Too many", &text);
    }
    let count = ticked.len();
    if let Some(session) = state.picking.with_page(page, now) {
        session.picked = Some(ticked);
    }
    page::done(count, closes)
}

/// The whole library of a user, whatever application it comes from, newest first.
fn library(state: &State, user: &str) -> Vec<Item> {
    let mut items: Vec<Item> = state
        .items
        .iter()
        .filter(|item| item.user == user && !item.trashed)
        .cloned()
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse((item.creation_time, item.serial)));
    items
}

fn message(status: u16, title: &str, text: &str) -> Reply {
    let body = format!("<h1>{title}</h1><p>{text}</p>");
    Reply::html(status, html::document(title, &body)).note(text)
}
