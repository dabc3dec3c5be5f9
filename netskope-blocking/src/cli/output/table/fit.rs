//! Making the columns fit a terminal.

use comfy_table::{ColumnConstraint, Table, Width};

/// How many columns stay, however narrow the terminal is.
pub(super) const ALWAYS: usize = 5;

/// The columns that are best not wrapped: the status and the age.
const UNBROKEN: [usize; 2] = [1, 3];

/// Makes room for this many columns of a few letters: in a narrower terminal, its own line breaks are easier to read.
pub(super) fn widen(table: &mut Table, columns: usize) {
    const NARROWEST: u16 = 8;
    const UNKNOWN: u16 = 80;
    let terminal = match table.width() {
        None => return,
        Some(0) => UNKNOWN,
        Some(width) => width,
    };
    let columns = u16::try_from(columns).unwrap_or(u16::MAX);
    table.set_width(terminal.max(columns.saturating_mul(NARROWEST)));
}

/// Leaves out last columns while the rest would be wrapped too much, and keeps the short ones whole.
pub(super) fn fit(table: &mut Table) {
    const GAP: u16 = 2;
    const LONGEST_UNBROKEN: u16 = 12;
    let widths = table.column_max_content_widths();
    for column in UNBROKEN {
        let width = widths
            .get(column)
            .copied()
            .unwrap_or_default()
            .min(LONGEST_UNBROKEN);
        constrain(
            table,
            column,
            ColumnConstraint::LowerBoundary(Width::Fixed(width + GAP)),
        );
    }
    let Some(terminal) = table.width() else {
        return;
    };
    let wide = |width: u16| width.saturating_add(GAP);
    let mut needed = widths
        .iter()
        .copied()
        .map(wide)
        .fold(0, u16::saturating_add);
    for (column, &width) in widths.iter().enumerate().skip(ALWAYS).rev() {
        if needed <= terminal.saturating_add(terminal / 4) {
            break;
        }
        constrain(table, column, ColumnConstraint::Hidden);
        needed = needed.saturating_sub(wide(width));
    }
}

fn constrain(table: &mut Table, column: usize, constraint: ColumnConstraint) {
    if let Some(column) = table.column_mut(column) {
        column.set_constraint(constraint);
    }
}
