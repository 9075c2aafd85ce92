//! An order's sums, as templates see them.

use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::maker::{Maker, fact};
use crate::content::error::RenderError;
use crate::event::{Row, RowKind, sums};

/// A list of sums has not more of one kind: more are no sums for people.
const MOST_ROWS: usize = 20;

#[derive(Default, Serialize)]
struct TotalsView {
    /// What makes the total.
    rows: Vec<RowView>,
    total: Option<String>,
    /// The taxes that the rows have in them.
    included: Vec<RowView>,
    /// What was paid towards the total.
    settled: Vec<RowView>,
    /// What is still to pay.
    due: Option<String>,
    /// Whether anything is.
    is_due: bool,
}

#[derive(Serialize)]
struct RowView {
    /// `subtotal`, `discount`, `shipping`, `fee`, `tip`, `tax`, `gift_card`, `rounding`, `paid`.
    kind: &'static str,
    /// Its name, where the shop gives one.
    title: Option<String>,
    /// A discount's code, or a tax's rate.
    detail: Option<String>,
    is_free: bool,
    amount: String,
}

fn name(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Subtotal => "subtotal",
        RowKind::Discount => "discount",
        RowKind::Shipping => "shipping",
        RowKind::Fee => "fee",
        RowKind::Tip => "tip",
        RowKind::Tax => "tax",
        RowKind::GiftCard => "gift_card",
        RowKind::Rounding => "rounding",
        RowKind::Paid => "paid",
    }
}

impl Maker {
    /// The order's sums; none of them where prices are hidden.
    pub fn totals(&self) -> Result<Value, RenderError> {
        let sums = sums(&self.data.order);
        let money = |amount| match amount {
            Some(amount) => self.money(amount),
            None => Ok(None),
        };
        Ok(Value::from(Serde(&TotalsView {
            rows: self.rows(&sums.rows)?,
            total: money(sums.total)?,
            included: self.rows(&sums.included)?,
            settled: self.rows(&sums.settled)?,
            due: money(sums.due)?,
            is_due: sums.due.is_some_and(|due| !due.is_zero()),
        })))
    }

    fn rows(&self, rows: &[Row<'_>]) -> Result<Vec<RowView>, RenderError> {
        let mut shown = Vec::with_capacity(rows.len());
        // Rows that can't all be shown would not add up.
        if rows.len() > 3 * MOST_ROWS {
            return Ok(shown);
        }
        for row in rows {
            let Some(amount) = self.money(row.amount)? else { return Ok(Vec::new()) };
            let rate = row.rate.map(|rate| self.conventions().percent(rate)).transpose()?;
            let title = fact(row.title);
            // `MwSt 19 %` says its rate already.
            let said = |rate: &String| title.as_ref().is_some_and(|title| title.contains(rate));
            let detail = fact(row.code).or(rate.filter(|rate| !said(rate)));
            let is_free = row.of == RowKind::Shipping && row.amount.is_zero();
            shown.push(RowView { kind: name(row.of), title, detail, is_free, amount });
        }
        Ok(shown)
    }
}
