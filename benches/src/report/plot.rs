//! A picture of cost against size, both on logarithmic scales: a straight line at 45 degrees is a
//! cost in proportion.

use std::fmt::Write as _;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const MARGIN: f64 = 60.0;
const COLORS: [&str; 3] = ["#1a73e8", "#e8710a", "#188038"];

/// A line of the picture: what costs, and pairs of a size in KB and a cost.
pub(crate) type Line<'a> = (&'a str, Vec<(f64, f64)>);

/// The picture as SVG. Costs are shown in units of the first one of the first line; the text below
/// says what they and the sizes are.
pub(crate) fn svg(text: &str, lines: &[Line<'_>]) -> String {
    let unit = lines[0].1[0].1;
    let points = || lines.iter().flat_map(|(_, points)| points);
    let across = Scale::over(points().map(|(size, _)| *size), MARGIN, WIDTH - 20.0);
    let up = Scale::over(points().map(|(_, cost)| cost / unit), HEIGHT - MARGIN, 20.0);
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
    for (index, (name, points)) in lines.iter().enumerate() {
        let color = COLORS[index % COLORS.len()];
        let points: Vec<_> = points
            .iter()
            .map(|(size, cost)| format!("{:.1},{:.1}", across.at(*size), up.at(cost / unit)))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>",
            points.join(" ")
        );
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" fill=\"{color}\">{name}</text>",
            MARGIN + 12.0,
            40 + 20 * index
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{text}</text>",
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
    fn over(values: impl Iterator<Item = f64> + Clone, from: f64, to: f64) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let greatest = values.fold(0.0, f64::max);
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
