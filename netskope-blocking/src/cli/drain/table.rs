//! Columns for people.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};

/// A column of a table.
#[derive(Clone, Copy)]
pub(super) struct Column {
    title: &'static str,
    is_number: bool,
}

impl Column {
    pub(super) const fn text(title: &'static str) -> Self {
        Self {
            title,
            is_number: false,
        }
    }

    pub(super) const fn number(title: &'static str) -> Self {
        Self {
            title,
            is_number: true,
        }
    }
}

const GAP: usize = 2;

/// The columns that stay, however narrow a terminal is.
const ALWAYS: usize = 1;

/// Lines without an end after the last one. Where the width is known, the last columns give way.
pub(super) fn table(
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<String>>,
    width: Option<usize>,
) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(columns.iter().map(|column| column.title));
    table.add_rows(rows);
    for (place, column) in columns.iter().enumerate() {
        if let Some(shown) = table.column_mut(place) {
            shown.set_padding((0, u16::try_from(GAP).unwrap_or_default()));
            if column.is_number {
                shown.set_cell_alignment(CellAlignment::Right);
            }
        }
    }
    hide(&mut table, width);
    let lines: Vec<String> = table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.join("\n")
}

/// Hides last columns until the rest fits.
fn hide(table: &mut Table, width: Option<usize>) {
    let widths = table.column_max_content_widths();
    let mut needed: usize = widths.iter().map(|width| usize::from(*width) + GAP).sum();
    for (place, column) in widths.iter().enumerate().skip(ALWAYS).rev() {
        if width.is_none_or(|width| needed <= width + GAP) {
            break;
        }
        if let Some(hidden) = table.column_mut(place) {
            hidden.set_constraint(ColumnConstraint::Hidden);
        }
        needed -= usize::from(*column) + GAP;
    }
}
