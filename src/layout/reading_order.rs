//! The order of text within a paragraph.
//!
//! Blitz paints boxes within lines, such as inline code, after all text of the paragraph. Text that is read later is
//! moved behind them, so that it comes as it is read to those who copy it. Pieces of a paragraph do not overlap, so the
//! picture stays the same.

use crate::layout::page::Command;

/// The paragraph that a run stands in, and its place in reading order.
pub(super) type Order = (Option<usize>, usize);

/// Moves glyph runs behind those of their paragraph that are read before them, within one clip; `orders` has one entry
/// for each run.
pub(super) fn in_reading_order(commands: &mut Vec<Command>, orders: Vec<Order>) {
    let mut orders = orders.into_iter();
    let of_command = |command: &Command| matches!(command, Command::Glyphs(_)).then(|| orders.next()).flatten();
    let mut orders: Vec<Option<Order>> = commands.iter().map(of_command).collect();
    let mut start = 0;
    for index in 0..commands.len() {
        match &commands[index] {
            Command::Glyphs(_) => {}
            Command::PushClip { .. }
            | Command::PushGroup { .. }
            | Command::PushMask { .. }
            | Command::PushPart(_)
            | Command::Pop => {
                start = index + 1;
                continue;
            }
            Command::Fill { .. } | Command::Stroke { .. } | Command::Shadow { .. } => continue,
        }
        let Some((Some(paragraph), own)) = orders[index] else { continue };
        let mut moved = 0;
        for earlier in (start..index).rev() {
            let Some((other, order)) = orders[earlier] else { continue };
            if other != Some(paragraph) {
                start = earlier + 1;
                break;
            }
            if order > own {
                let run = commands.remove(earlier);
                commands.insert(index - moved, run);
                let run = orders.remove(earlier);
                orders.insert(index - moved, run);
                moved += 1;
            }
        }
    }
}
