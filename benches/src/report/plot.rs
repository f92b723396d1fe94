//! A picture of cost against size, both on logarithmic scales: a straight line at 45 degrees is a
//! cost in proportion.

use std::fmt::Write as _;

use benches::generation::Cost;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const MARGIN: f64 = 60.0;

/// The picture as SVG.
pub(crate) fn svg(costs: &[Cost]) -> String {
    let sizes = costs.iter().map(|cost| cost.document as f64 / 1e3);
    let times = costs
        .iter()
        .map(|cost| cost.generation as f64 / costs[0].generation as f64);
    let floors = costs
        .iter()
        .map(|cost| cost.floor as f64 / costs[0].generation as f64);
    let all: Vec<_> = times.clone().chain(floors.clone()).collect();
    let across = Scale::over(&sizes.clone().collect::<Vec<_>>(), MARGIN, WIDTH - 20.0);
    let up = Scale::over(&all, HEIGHT - MARGIN, 20.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    for decade in across.decades() {
        let x = across.at(decade);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} 20V{}\" stroke=\"#ddd\"/><text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{decade} KB</text>",
            HEIGHT - MARGIN,
            HEIGHT - MARGIN + 18.0
        );
    }
    for decade in up.decades() {
        let y = up.at(decade);
        let _ = writeln!(
            svg,
            "<path d=\"M{MARGIN} {y:.1}H{}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{decade}</text>",
            WIDTH - 20.0,
            MARGIN - 6.0,
            y + 4.0
        );
    }
    for (name, color, values, label) in [
        ("generation", "#1a73e8", times.collect::<Vec<_>>(), 40.0),
        (
            "syn and prettyplease alone",
            "#e8710a",
            floors.collect(),
            60.0,
        ),
    ] {
        let points: Vec<_> = sizes
            .clone()
            .zip(&values)
            .map(|(size, value)| format!("{:.1},{:.1}", across.at(size), up.at(*value)))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>",
            points.join(" ")
        );
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{label}\" fill=\"{color}\">{name}</text>",
            MARGIN + 12.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">size of the document; CPU time in units of the first generation</text>",
        WIDTH / 2.0,
        HEIGHT - 12.0
    );
    svg + "</svg>\n"
}

/// A logarithmic scale from the least to the greatest of some values.
struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    fn over(values: &[f64], from: f64, to: f64) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = values.iter().copied().fold(0.0, f64::max);
        Self {
            low: least.log10(),
            high: greatest.log10(),
            from,
            to,
        }
    }

    fn at(&self, value: f64) -> f64 {
        self.from + (value.log10() - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    #[allow(clippy::cast_possible_truncation)]
    fn decades(&self) -> impl Iterator<Item = f64> + use<> {
        (self.low.ceil() as i32..=self.high.floor() as i32).map(|power| 10f64.powi(power))
    }
}
