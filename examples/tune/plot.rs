//! Curves of precision over recall as a picture.

use std::fmt::Write;

use crate::measure::Point;

const COLOURS: [&str; 7] = [
    "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#7f7f7f",
];
const SIZE: f64 = 480.0;
const EDGE: f64 = 50.0;

pub(crate) fn svg(curves: &[(String, Vec<Point>)]) -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 740 580\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"740\" height=\"580\" fill=\"#fff\"/>\n",
    );
    for step in 0..=10 {
        let value = f64::from(step) / 10.0;
        let (x, y) = (EDGE + value * SIZE, EDGE + SIZE - value * SIZE);
        let _ = writeln!(
            out,
            "<path d=\"M{x:.0} {EDGE}V{0:.0}M{EDGE} {y:.0}H{0:.0}\" stroke=\"#ddd\"/>",
            EDGE + SIZE
        );
        let _ = writeln!(
            out,
            "<text x=\"{x:.0}\" y=\"548\" text-anchor=\"middle\">{value:.1}</text>"
        );
        let _ = writeln!(
            out,
            "<text x=\"44\" y=\"{:.0}\" text-anchor=\"end\">{value:.1}</text>",
            y + 4.0
        );
    }
    out.push_str("<text x=\"290\" y=\"570\" text-anchor=\"middle\">recall</text>\n");
    out.push_str("<text x=\"14\" y=\"290\" transform=\"rotate(-90 14 290)\" text-anchor=\"middle\">precision</text>\n");
    for (at, (file, points)) in curves.iter().enumerate() {
        let colour = COLOURS[at % COLOURS.len()];
        let _ = writeln!(
            out,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" points=\"{}\"/>",
            line(points)
        );
        let y = 70 + 20 * at;
        let name = file
            .rsplit('/')
            .next()
            .unwrap_or(file)
            .trim_end_matches(".csv");
        let _ = writeln!(
            out,
            "<text x=\"560\" y=\"{y}\" fill=\"{colour}\">{name}</text>"
        );
    }
    out.push_str("</svg>\n");
    out
}

/// At most a point for each hundredth of recall.
fn line(points: &[Point]) -> String {
    let (mut out, mut before) = (String::new(), -1.0);
    for point in points.iter().filter(|point| point.recall > 0.0) {
        if point.recall - before >= 0.01 || point.recall == 1.0 && before < 1.0 {
            let (x, y) = (
                EDGE + point.recall * SIZE,
                EDGE + SIZE - point.precision * SIZE,
            );
            let _ = write!(out, "{x:.1},{y:.1} ");
            before = point.recall;
        }
    }
    out
}
