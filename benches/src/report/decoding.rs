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
ask for `prettyPrint=false` have less to read. An item costs ours about the same on any page.";

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

impl Cost {
    /// Instructions of ours for an item.
    fn rate(&self) -> f64 {
        self.instructions[0] / self.items as f64
    }
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
    let line = |client: usize| {
        let points = costs.iter();
        points
            .map(|cost| (cost.kilobytes, cost.instructions[client]))
            .collect()
    };
    let picture = plot::svg(
        "size of the page; instructions in units of ours for the first page",
        &[
            ("ours", line(0)),
            ("published", line(1)),
            ("by hand", line(2)),
        ],
    );
    Ok(Some((table(&costs, recorded), picture)))
}

fn table(costs: &[Cost], recorded: &mut Recorded) -> Table {
    let base = costs.iter().find(|cost| cost.items == BASE);
    let base = base.map_or(f64::NAN, Cost::rate);
    let mut table = Table::new(&[
        "items",
        "page, KB",
        "instructions, ours / by hand",
        "ours / published",
        "allocations, ours / by hand",
        "ours / published",
        "instructions an item / those of 30",
    ]);
    for cost in costs {
        let [ours, published, by_hand] = cost.instructions;
        let [allocations, of_published, of_by_hand] = cost.allocations;
        let growth = cost.rate() / base;
        if cost.items == COUNTED {
            for (name, figure) in [
                ("instructions, ours / by hand", ours / by_hand),
                ("allocations, ours / by hand", allocations / of_by_hand),
                ("instructions an item / those of 30", growth),
            ] {
                recorded.add(format!("decoding {COUNTED} items, {name}"), figure);
            }
        }
        table.push(vec![
            cost.items.to_string(),
            format!("{:.1}", cost.kilobytes),
            ratio(ours / by_hand),
            ratio(ours / published),
            ratio(allocations / of_by_hand),
            ratio(allocations / of_published),
            ratio(growth),
        ]);
    }
    table
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
