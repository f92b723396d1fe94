//! What decoding costs against the size of the page, which is a line if each item costs the same.

use anyhow::Result;
use benches::{Case, pages, server};

use super::builds::Programs;
use super::calls::{Run, has_callgrind};
use super::plot;
use super::recorded::Recorded;
use super::table::{Table, ratio};

/// What the table shows.
pub(crate) const TEXT: &str = "\
Pages of `mediaItems.search` of any size: what a call costs beyond one whose page is empty, so that
the exchange itself is left out. Sizes are those of the page as the service indents it; clients that
ask for `prettyPrint=false` have less to read. A cost in proportion has the same instructions a KB in
each row.";

/// The size whose figures are recorded, and the one that it is compared with.
const COUNTED: usize = 300;
const BASE: usize = 30;

/// A page, and what it costs each client beyond an empty one.
struct Cost {
    items: usize,
    kilobytes: f64,
    instructions: [f64; 3],
    allocations: [f64; 3],
}

/// Has every client read pages of several sizes: the table, and its picture. Nothing without valgrind.
pub(crate) fn measure(
    programs: &Programs,
    quick: bool,
    recorded: &mut Recorded,
) -> Result<Option<(Table, String)>> {
    if !has_callgrind() {
        return Ok(None);
    }
    let sizes: &[usize] = if quick {
        &[BASE, COUNTED]
    } else {
        &[1, 3, 10, BASE, 100, COUNTED, 1000, 3000]
    };
    let costs = costs(programs, sizes)?;
    let rate = |cost: &Cost| cost.instructions[0] / cost.kilobytes;
    let base = costs
        .iter()
        .find(|cost| cost.items == BASE)
        .map_or(f64::NAN, rate);
    let mut table = Table::new(&[
        "items",
        "page, KB",
        "instructions, ours / by hand",
        "ours / published",
        "allocations, ours / by hand",
        "ours / published",
        "instructions a KB / those of 30 items",
    ]);
    for cost in &costs {
        let [ours, published, by_hand] = cost.instructions;
        let [our_allocations, their_allocations, by_hand_allocations] = cost.allocations;
        let growth = rate(cost) / base;
        if cost.items == COUNTED {
            let name = format!("decoding {COUNTED} items, ");
            recorded.add(
                format!("{name}instructions, ours / by hand"),
                ours / by_hand,
            );
            recorded.add(
                format!("{name}instructions a KB / those of {BASE} items"),
                growth,
            );
            recorded.add(
                format!("{name}allocations, ours / by hand"),
                our_allocations / by_hand_allocations,
            );
        }
        table.push(vec![
            cost.items.to_string(),
            format!("{:.1}", cost.kilobytes),
            ratio(ours / by_hand),
            ratio(ours / published),
            ratio(our_allocations / by_hand_allocations),
            ratio(our_allocations / their_allocations),
            ratio(growth),
        ]);
    }
    let line = |client: usize| {
        let points = costs
            .iter()
            .map(|cost| (cost.kilobytes, cost.instructions[client]));
        points.collect()
    };
    let picture = plot::svg(
        "size of the page; instructions in units of ours for the first page",
        &[
            ("ours", line(0)),
            ("published", line(1)),
            ("by hand", line(2)),
        ],
    );
    Ok(Some((table, picture)))
}

#[allow(clippy::cast_precision_loss)]
fn costs(programs: &Programs, sizes: &[usize]) -> Result<Vec<Cost>> {
    let server = format!("http://{}/", server::start()?);
    let run = |entries| Run {
        programs,
        server: &server,
        case: Case::Search,
        entries,
    };
    // Each run of a large page has many instructions, and differs little from the next.
    let instructions = |entries: usize| {
        let (run, calls) = (run(entries), (3000 / entries.max(1)).clamp(5, 50));
        run.each(|client| run.instructions(client, calls))
    };
    let allocations = |entries: usize| {
        let run = run(entries);
        run.each(|client| run.allocations(client))
    };
    let (no_instructions, no_allocations) = (instructions(0)?, allocations(0)?);
    let beyond = |cost: [f64; 3], empty: [f64; 3]| {
        std::array::from_fn(|client| cost[client] - empty[client])
    };
    let costs = sizes.iter().map(|&items| {
        Ok(Cost {
            items,
            kilobytes: pages::page(Case::Search, items, true).len() as f64 / 1e3,
            instructions: beyond(instructions(items)?, no_instructions),
            allocations: beyond(allocations(items)?, no_allocations),
        })
    });
    costs.collect()
}
