//! The page at `/`: how to use the running emulator.

use crate::reply::Reply;
use crate::state::State;
use crate::state::access::{DEFAULT_CLIENT, DEVELOPER_TOKEN};

/// Where everything is, as plain text.
pub(crate) fn page(state: &State, origin: &str) -> Reply {
    Reply::text(200, instructions(origin, state.config.developer_mode))
}

/// What a developer needs to point a client here.
pub(crate) fn instructions(origin: &str, developer_mode: bool) -> String {
    let others = if developer_mode {
        " (any other bearer token works as well)"
    } else {
        ""
    };
    format!(
        "Photos emulator: the Library API and the Picker API

root URL      {origin}/          use it in place of https://photoslibrary.googleapis.com/
              and https://photospicker.googleapis.com/
access token  {DEVELOPER_TOKEN}{others}
sign-in       {origin}/o/oauth2/v2/auth
token URI     {origin}/token
revoke URI    {origin}/revoke
client id     {DEFAULT_CLIENT}

curl -H 'Authorization: Bearer {DEVELOPER_TOKEN}' {origin}/v1/albums
"
    )
}
