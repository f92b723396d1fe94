//! `google-photos pick`, by the page on which people pick.

use std::fs;

use photos_emulator::{NewItem, sample_photo};

use crate::support::{User, between, browse, contents, line_with, wait};

fn add(user: &User, name: &str, seed: u32) -> String {
    let photo = NewItem::new(name, sample_photo(40, 30, seed)).client(None);
    user.emulator.add_item(photo).unwrap()
}

/// Opens the page that the command printed, ticks the items of a name and presses Done.
pub(crate) fn tick(line: &str, name: &str) {
    let address = line.split_whitespace().last().unwrap();
    let page = browse(address, None);
    let form = between(&page, "<label>", "</label>")
        .into_iter()
        .filter(|label| label.contains(name))
        .map(|label| format!("item={}", between(&label, "value=\"", "\"")[0]))
        .collect::<Vec<_>>();
    let action = between(&page, "action=\"", "\"").remove(0);
    let host = address.split('/').nth(2).unwrap();
    let done = browse(&format!("http://{host}{action}"), Some(&form.join("&")));
    assert!(done.contains(&format!("{} picked", form.len())), "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_picked_on_the_page_is_downloaded() {
    let user = User::new().await;
    user.emulator
        .configure(|config| config.picking_poll_interval = std::time::Duration::from_secs(1));
    add(&user, "lake.png", 1);
    add(&user, "lake.png", 2);
    add(&user, "private.png", 3);
    let command = ["pick", "--into", "picked", "--no-browser", "--json"];
    let mut child = user.command(&command).spawn().unwrap();
    let ticked = tokio::task::spawn_blocking(move || {
        let line = line_with(&mut child, "pick at http");
        tick(&line, "lake.png");
        child
    });
    let ended = wait(ticked.await.unwrap()).await.expect(0);
    assert_eq!(ended.summary()["picked"], 2, "{ended:?}");
    let files = contents(&user.path("picked"));
    assert_eq!(files.len(), 2, "{files:?}");
    assert!(user.emulator.picking_sessions().is_empty());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn interrupted_pick_can_be_continued() {
    let user = User::new().await;
    let id = add(&user, "lake.png", 1);
    let command = ["pick", "--into", "picked", "--no-browser"];
    let mut child = user.command(&command).spawn().unwrap();
    let told = tokio::task::spawn_blocking(move || {
        line_with(&mut child, "pick at http");
        crate::support::signal(&child, "-INT");
        let hint = line_with(&mut child, "continue with");
        (child, hint)
    });
    let (child, hint) = told.await.unwrap();
    wait(child).await.expect(130);
    assert_eq!(fs::read_dir(user.path("picked")).unwrap().count(), 0);
    let session = between(&hint, "--session ", " ").remove(0);
    assert!(user.emulator.pick(&session, &[&id]));
    let arguments = [&command[..], &["--session", &session]].concat();
    user.run(&arguments).await.expect(0);
    assert_eq!(contents(&user.path("picked")).len(), 1);
    assert!(user.emulator.picking_sessions().is_empty());
}
