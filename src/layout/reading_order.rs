//! The order of text on a line.
//!
//! Blitz paints boxes within a line, such as inline code, after all text of the line. What stands behind such a box is
//! moved behind it, so that text copied from a page comes as it is read. Pieces of one line do not overlap, so the
//! picture stays the same.

use kurbo::Point;

use crate::layout::page::Command;

/// Pixels by which the baselines of one line may differ.
const SAME_LINE: f64 = 1.5;

/// Moves glyph runs behind those that stand before them on their line, within one clip.
pub(super) fn in_reading_order(commands: &mut Vec<Command>) {
    let mut start = 0;
    for index in 0..commands.len() {
        let Some(at) = origin(&commands[index]) else {
            if matches!(
                commands[index],
                Command::PushClip { .. } | Command::PushGroup { .. } | Command::PushMask { .. } | Command::Pop
            ) {
                start = index + 1;
            }
            continue;
        };
        let mut moved = 0;
        for earlier in (start..index).rev() {
            let Some(other) = origin(&commands[earlier]) else { continue };
            if (other.y - at.y).abs() < SAME_LINE && other.x > at.x {
                let run = commands.remove(earlier);
                commands.insert(index - moved, run);
                moved += 1;
            }
        }
    }
}

/// Where a glyph run starts.
fn origin(command: &Command) -> Option<Point> {
    let Command::Glyphs(run) = command else { return None };
    let first = run.glyphs.first()?;
    Some(run.transform * Point::new(first.x.into(), first.y.into()))
}
