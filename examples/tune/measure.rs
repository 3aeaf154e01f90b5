//! Measures of a ranking.

use std::fmt;

use crate::Judged;
use crate::pairs::Pair;

pub(crate) struct Measures {
    pub(crate) pairs: usize,
    pub(crate) positives: usize,
    pub(crate) auc: f64,
    pub(crate) average_precision: f64,
    pub(crate) best_f1: f64,
    pub(crate) threshold: f32,
    pub(crate) recall_95: f64,
    pub(crate) recall_99: f64,
    pub(crate) precision_95: f64,
    pub(crate) false_alarms: Option<f64>,
}

/// Precision and recall when all scores of at least the threshold count.
pub(crate) struct Point {
    pub(crate) threshold: f32,
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    hits: usize,
    alarms: usize,
}

/// A point for each distinct score, the highest first.
pub(crate) fn curve(rows: &[(f32, bool)]) -> Vec<Point> {
    let mut rows = rows.to_vec();
    rows.sort_by(|x, y| y.0.total_cmp(&x.0));
    let positives = rows.iter().filter(|row| row.1).count().max(1);
    let (mut hits, mut alarms, mut points) = (0, 0, Vec::new());
    for (at, &(score, label)) in rows.iter().enumerate() {
        if label {
            hits += 1
        } else {
            alarms += 1
        }
        if rows.get(at + 1).is_none_or(|next| next.0 != score) {
            points.push(Point {
                threshold: score,
                precision: hits as f64 / (hits + alarms) as f64,
                recall: hits as f64 / positives as f64,
                hits,
                alarms,
            });
        }
    }
    points
}

impl Measures {
    pub(crate) const HEADING: &str = "   pairs     pos    AUC     AP     F1     at  R@P95  R@P99  P@R95  false alarms at that threshold";

    pub(crate) fn of(rows: &[(f32, bool)]) -> Self {
        let points = curve(rows);
        let positives = rows.iter().filter(|row| row.1).count();
        let best = points.iter().max_by(|x, y| f1(x).total_cmp(&f1(y)));
        let recall = |least: f64| {
            let good = points.iter().filter(|point| point.precision >= least);
            good.map(|point| point.recall).fold(0.0, f64::max)
        };
        let reached = points.iter().filter(|point| point.recall >= 0.95);
        Self {
            pairs: rows.len(),
            positives,
            auc: auc(&points),
            average_precision: average_precision(&points),
            best_f1: best.map_or(0.0, f1),
            threshold: best.map_or(0.0, |point| point.threshold),
            recall_95: recall(0.95),
            recall_99: recall(0.99),
            precision_95: reached.map(|point| point.precision).fold(0.0, f64::max),
            false_alarms: None,
        }
    }

    /// With the share of false alarms of a group at a threshold.
    pub(crate) fn at(
        mut self,
        threshold: f32,
        group: &str,
        pairs: &[Pair],
        judged: &Judged,
    ) -> Self {
        let rows = pairs
            .iter()
            .zip(&judged.labelled)
            .filter(|(pair, row)| pair.group == group && !row.1);
        let (all, alarms) = rows.fold((0, 0), |(all, alarms), (_, row)| {
            (all + 1, alarms + usize::from(row.0 >= threshold))
        });
        self.false_alarms = Some(alarms as f64 / f64::max(all as f64, 1.0));
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        let short = |value: f64| (value * 1e4).round() / 1e4;
        serde_json::json!({
            "pairs": self.pairs,
            "positives": self.positives,
            "auc": short(self.auc),
            "average_precision": short(self.average_precision),
            "best_f1": short(self.best_f1),
            "threshold": short(f64::from(self.threshold)),
            "recall_at_precision_95": short(self.recall_95),
            "recall_at_precision_99": short(self.recall_99),
            "precision_at_recall_95": short(self.precision_95),
        })
    }
}

impl fmt::Display for Measures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:8} {:7} {:6.4} {:6.4} {:6.4} {:6.3} {:6.3} {:6.3} {:6.3}",
            self.pairs,
            self.positives,
            self.auc,
            self.average_precision,
            self.best_f1,
            self.threshold,
            self.recall_95,
            self.recall_99,
            self.precision_95
        )?;
        self.false_alarms
            .map_or(Ok(()), |share| write!(f, "  {share:.4}"))
    }
}

fn f1(point: &Point) -> f64 {
    2.0 * point.precision * point.recall / (point.precision + point.recall).max(1e-9)
}

fn auc(points: &[Point]) -> f64 {
    let Some(last) = points.last().filter(|last| last.hits * last.alarms > 0) else {
        return 0.0;
    };
    let (mut area, mut before) = (0.0, (0, 0));
    for point in points {
        area += (point.alarms - before.1) as f64 * (point.hits + before.0) as f64 / 2.0;
        before = (point.hits, point.alarms);
    }
    area / (last.hits as f64 * last.alarms as f64)
}

fn average_precision(points: &[Point]) -> f64 {
    let (mut sum, mut before) = (0.0, 0.0);
    for point in points {
        sum += (point.recall - before) * point.precision;
        before = point.recall;
    }
    sum
}

/// The pairs that lie farthest on the wrong side of the threshold.
pub(crate) fn worst(rows: &[(f32, bool)], threshold: f32, count: usize) -> Vec<usize> {
    let depth = |row: &(f32, bool)| {
        if row.1 {
            threshold - row.0
        } else {
            row.0 - threshold
        }
    };
    let mut wrong: Vec<usize> = (0..rows.len())
        .filter(|&at| depth(&rows[at]) > 0.0)
        .collect();
    wrong.sort_by(|&x, &y| depth(&rows[y]).total_cmp(&depth(&rows[x])));
    let (missed, alarms): (Vec<_>, Vec<_>) = wrong.into_iter().partition(|&at| rows[at].1);
    let half = missed
        .iter()
        .take(count / 2)
        .chain(alarms.iter().take(count - count / 2));
    half.copied().collect()
}
