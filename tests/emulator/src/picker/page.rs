//! The HTML of the page on which a user picks.

use crate::base_urls;
use crate::html::{document, escape};
use crate::reply::Reply;
use crate::request::Received;
use crate::state::State;
use crate::state::items::Item;
use crate::state::picking::PickingSession;

/// The library with a box to tick for each item, and a button.
pub(super) fn show(
    state: &mut State,
    session: &PickingSession,
    items: &[Item],
    request: &Received,
    origin: &str,
) -> Reply {
    let mut boxes = String::new();
    for item in items {
        let picture = base_urls::mint(state, origin, &item.id);
        boxes.push_str(&format!(
            "<label><input type=\"checkbox\" name=\"item\" value=\"{id}\"> \
             <img src=\"{picture}=w96-h96-c\" alt=\"\" width=\"48\" height=\"48\"> {name}</label><br>\n",
            id = escape(&item.id),
            picture = escape(&picture),
            name = escape(&item.file_name),
        ));
    }
    if items.is_empty() {
        boxes.push_str("<p>The library is empty.</p>");
    }
    let body = format!(
        "<h1>Photos emulator</h1>
<p>{user}, pick up to {max} photos or videos for <b>{client}</b>.</p>
<form method=\"post\" action=\"{action}\">
{boxes}
<button id=\"done\">Done</button>
</form>",
        user = escape(&session.user),
        max = session.max_items,
        client = escape(&session.client),
        action = escape(&request.path),
    );
    // The service forbids frames, too: somebody else could have the user tick.
    Reply::html(200, document("Pick", &body)).header("x-frame-options", "DENY")
}

/// The end, which closes its tab if that was asked for.
pub(super) fn done(count: usize, closes: bool) -> Reply {
    let script = if closes {
        "<script>window.close()</script>"
    } else {
        ""
    };
    let body =
        format!("<h1>Done</h1><p>{count} picked. You can go back to the application.</p>{script}");
    Reply::html(200, document("Done", &body))
}
