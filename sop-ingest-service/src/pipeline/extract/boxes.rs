//! Where the words of a block stand on its pages.

use std::ops::Range;

use course_format::sop::PageBox;

/// One printed line of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineBox {
    /// Byte of the block's text at which the line begins.
    pub start: usize,
    pub area: PageBox,
}

/// The areas of the lines that hold these bytes of a block, one for each column of each page.
pub fn of_part(lines: &[LineBox], part: &Range<usize>) -> Vec<PageBox> {
    let mut boxes: Vec<PageBox> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let end = lines.get(at + 1).map_or(usize::MAX, |next| next.start);
        if line.start >= part.end || end <= part.start {
            continue;
        }
        match boxes.last_mut() {
            Some(last) if below(last, &line.area) => *last = last.around(line.area),
            _ => boxes.push(line.area),
        }
    }
    boxes
}

/// The next line of the same column, or more of the same line.
fn below(area: &PageBox, line: &PageBox) -> bool {
    let same_line = line.top < area.bottom && line.bottom > area.top;
    let same_column = line.left < area.right && line.right > area.left;
    area.page == line.page && line.bottom > area.top && (same_line || same_column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(start: usize, page: u32, left: f32, top: f32) -> LineBox {
        LineBox { start, area: PageBox { page, left, top, right: left + 0.4, bottom: top + 0.02 } }
    }

    #[test]
    fn a_part_has_one_box_for_each_column_that_it_stands_in() {
        let lines = [line(0, 1, 0.1, 0.8), line(20, 1, 0.1, 0.83), line(40, 1, 0.55, 0.1), line(60, 2, 0.1, 0.1)];
        let all = of_part(&lines, &(0..70));
        assert_eq!(
            all.iter().map(|b| (b.page, b.left, b.top)).collect::<Vec<_>>(),
            [(1, 0.1, 0.8), (1, 0.55, 0.1), (2, 0.1, 0.1)]
        );
        assert!(all[0].bottom > 0.84, "both lines are inside");
        assert_eq!(of_part(&lines, &(25..40)).len(), 1);
        assert_eq!(of_part(&[], &(0..40)), []);
    }
}
