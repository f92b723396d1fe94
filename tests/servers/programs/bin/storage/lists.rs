//! Lists of one page and of several.

use discovery_runtime::CallOptions;
use google_storage_v1::Client;
use programs::{Report, equal};

use crate::{BUCKET, Lacks, put};

pub async fn run(report: &mut Report, client: &Client, lacks: &Lacks) {
    let objects = client.objects();
    let expected: Vec<String> = (1..=7).map(|index| format!("page/{index}")).collect();
    report
        .case("objects for lists", async {
            for name in &expected {
                put(client, name, b"x".to_vec()).await?;
            }
            Ok(())
        })
        .await;

    report
        .case("a list with a prefix", async {
            let mut items = objects.list(BUCKET).prefix("page/").items();
            let mut names = Vec::new();
            while let Some(object) = items.next().await {
                names.extend(object?.name);
            }
            equal("the names", &names, &expected)
        })
        .await;

    report
        .case("a list with a delimiter", async {
            let page = objects.list(BUCKET).prefix("pag").delimiter("/").send().await?;
            let prefixes = serde_json::to_value(&page)?["prefixes"].take();
            equal("the folders", prefixes, serde_json::json!(["page/"]))
        })
        .await;

    if lacks.pages {
        return;
    }
    for fields in [None, Some("items(name)"), Some("items/name"), Some("kind,items(name,size)")] {
        report
            .case(format!("a list of three pages with fields {fields:?}"), async {
                let mut call = objects.list(BUCKET).prefix("page/").max_results(3);
                if let Some(fields) = fields {
                    call = call.options(CallOptions::default().with_fields(fields));
                }
                let mut items = call.items();
                let mut names = Vec::new();
                while let Some(object) = items.next().await {
                    names.extend(object?.name);
                }
                equal("the names", &names, &expected)
            })
            .await;
    }
}
