//! Where the map's labels go: beside their point, clear of each other where there is room.
//!
//! Responsible for: positions. Not responsible for: what the labels say.

/// A label placed: left end of its base line, px.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) text: String,
}

/// A rectangle in px: left, top, right, bottom.
type Area = [f64; 4];

/// Labels wanted and areas taken.
pub(super) struct Labels {
    width: f64,
    height: f64,
    taken: Vec<Area>,
    wanted: Vec<(f64, f64, f64, String)>,
}

impl Labels {
    /// For a drawing of this size, px.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            taken: Vec::new(),
            wanted: Vec::new(),
        }
    }

    /// Keeps a square of this half side around a mark free.
    pub(super) fn keep_clear(&mut self, x: f64, y: f64, half: f64) {
        self.taken.push([x - half, y - half, x + half, y + half]);
    }

    /// Asks for a label beside a point, its letters `size` px high.
    pub(super) fn want(&mut self, x: f64, y: f64, size: f64, text: String) {
        self.wanted.push((x, y, size, text));
    }

    /// Places all labels, in the order asked for: the first of the places around the point with the
    /// least overlap.
    pub(super) fn place(mut self) -> Vec<Label> {
        let wanted = std::mem::take(&mut self.wanted);
        wanted
            .into_iter()
            .map(|(x, y, size, text)| {
                let width = width_of(&text, size);
                let areas = around(x, y, width, size);
                let best = areas
                    .into_iter()
                    .enumerate()
                    .min_by(|a, b| {
                        self.crowded(a.1)
                            .total_cmp(&self.crowded(b.1))
                            .then(a.0.cmp(&b.0))
                    })
                    .map_or([x, y, x, y], |(_, area)| area);
                self.taken.push(best);
                Label {
                    x: best[0],
                    y: best[3] - size * 0.2,
                    text,
                }
            })
            .collect()
    }

    /// Square px shared with what is taken, or outside the drawing.
    fn crowded(&self, area: Area) -> f64 {
        let inside = shared(area, [0.0, 0.0, self.width, self.height]);
        let outside = (area[2] - area[0]) * (area[3] - area[1]) - inside;
        let taken: f64 = self.taken.iter().map(|other| shared(area, *other)).sum();
        taken + 4.0 * outside
    }
}

/// Places around a point: right, left, above, below, then the same a line further off.
fn around(x: f64, y: f64, width: f64, height: f64) -> Vec<Area> {
    let gap = 6.0;
    let mut areas = Vec::new();
    for off in [0.0, height] {
        for (left, top) in [
            (x + gap, y - height - off),
            (x + gap, y + off),
            (x - gap - width, y - height - off),
            (x - gap - width, y + off),
            (x - width / 2.0, y - gap - height - off),
            (x - width / 2.0, y + gap + off),
        ] {
            areas.push([left, top, left + width, top + height]);
        }
    }
    areas
}

/// Chinese letters are as wide as high, others about half.
fn width_of(text: &str, size: f64) -> f64 {
    text.chars()
        .map(|c| if c.is_ascii() { 0.56 * size } else { size })
        .sum()
}

fn shared(a: Area, b: Area) -> f64 {
    let wide = (a[2].min(b[2]) - a[0].max(b[0])).max(0.0);
    let high = (a[3].min(b[3]) - a[1].max(b[1])).max(0.0);
    wide * high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_points_side_by_side_get_labels_that_do_not_overlap() {
        let mut labels = Labels::new(400.0, 400.0);
        for (x, name) in [(200.0, "T01 邵东市"), (212.0, "T02 新邵县")] {
            labels.keep_clear(x, 200.0, 4.0);
            labels.want(x, 200.0, 12.0, name.into());
        }
        let placed = labels.place();
        let box_of = |label: &Label| {
            let top = label.y + 12.0 * 0.2 - 12.0;
            [
                label.x,
                top,
                label.x + width_of(&label.text, 12.0),
                top + 12.0,
            ]
        };
        assert_eq!(
            shared(box_of(&placed[0]), box_of(&placed[1])),
            0.0,
            "{placed:?}"
        );
    }

    #[test]
    fn a_label_at_the_edge_stays_inside() {
        let mut labels = Labels::new(400.0, 400.0);
        labels.want(398.0, 200.0, 12.0, "T03 桂东县".into());
        let placed = labels.place();
        assert!(
            placed[0].x + width_of(&placed[0].text, 12.0) <= 400.0,
            "{placed:?}"
        );
    }
}
