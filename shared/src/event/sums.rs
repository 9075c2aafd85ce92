//! An order's sums as rows that add up to its total. Shops count differently: a
//! subtotal with the discount in it or without, tax within prices or on top, gift
//! cards within the total or paid towards it. The rows are those of the reading that
//! makes the total; if none does, the total stands alone.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Amount, Currency, Item, Order, Totals};

/// An order's sums.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sums<'o> {
    /// What makes the total, in the order to show it.
    pub rows: Vec<Row<'o>>,
    /// What the order costs.
    pub total: Option<Decimal>,
    /// The taxes that the rows have in them.
    pub included: Vec<Row<'o>>,
    /// What was paid towards the total.
    pub settled: Vec<Row<'o>>,
    /// What is still to pay, if the shop says so.
    pub due: Option<Decimal>,
    /// Whether something was given that is not shown, as it does not add up.
    pub is_odd: bool,
    /// Whether what was paid or is due does not fit the total.
    pub is_unsettled: bool,
}

/// One of the sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'o> {
    /// What it is.
    pub of: RowKind,
    /// Its name, where the shop gives one.
    pub title: Option<&'o str>,
    /// The code of a discount.
    pub code: Option<&'o str>,
    /// The rate of a tax, in percent.
    pub rate: Option<Decimal>,
    /// How much: below zero where it is taken off.
    pub amount: Decimal,
}

/// What a sum is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// The lines.
    Subtotal,
    /// Taken off.
    Discount,
    /// Shipping.
    Shipping,
    /// Charged besides.
    Fee,
    /// A tip.
    Tip,
    /// A tax.
    Tax,
    /// Paid with a gift card.
    GiftCard,
    /// What rounding made.
    Rounding,
    /// Paid.
    Paid,
}

impl<'o> Row<'o> {
    fn new(of: RowKind, amount: Decimal) -> Self {
        Self { of, title: None, code: None, rate: None, amount }
    }

    fn known(of: RowKind, amount: Option<Amount>) -> Vec<Self> {
        let amount = amount.map(Amount::decimal).filter(|amount| !amount.is_zero());
        amount.map(|amount| Self::new(of, amount)).into_iter().collect()
    }
}

/// What a line costs: as the shop says, else as its price and quantity make it, which is
/// rounded as money is.
pub fn line_price(item: &Item, currency: Option<&Currency>) -> Option<Decimal> {
    let computed = || {
        let gross = price_of(item.unit_price?, item.quantity?, currency)?;
        // Beside a list price, the price is what is left after the discount.
        let discount = item.discount.filter(|_| item.list_price.is_none());
        Some(gross - discount.map_or(Decimal::ZERO, |discount| discount.decimal().abs()))
    };
    item.total.map(Amount::decimal).or_else(computed)
}

/// What so many cost; none if that is beyond what can be counted.
pub fn price_of(
    unit_price: Amount,
    quantity: Decimal,
    currency: Option<&Currency>,
) -> Option<Decimal> {
    let exact = unit_price.decimal().checked_mul(quantity)?;
    let digits = currency.map_or(2, Currency::minor_units);
    let is_exact = exact.normalize().scale() <= digits;
    Some(if is_exact { exact } else { rounded(exact, digits) })
}

/// Rounded as money is: half a unit counts as one.
fn rounded(amount: Decimal, digits: u32) -> Decimal {
    amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// The rows of an order.
pub fn sums(order: &Order) -> Sums<'_> {
    let totals = &order.totals;
    let Some(total) = totals.total.map(Amount::decimal) else {
        return Sums { is_odd: totals != &Totals::default(), ..Sums::default() };
    };
    let parts = Parts::of(order);
    let mut sums = parts.rows(total);
    if sums.rows.is_empty() {
        // Systems that count in fractions of a cent round the total alone.
        let digits = order.currency.as_ref().map_or(2, Currency::minor_units);
        let rounded = parts.rounded(digits).rows(total);
        if !rounded.rows.is_empty() {
            sums = rounded;
        }
    }
    sums.total = Some(total);
    settle(&mut sums, &parts, totals);
    sums
}

/// What an order's total may consist of.
struct Parts<'o> {
    subtotal: Option<Decimal>,
    discounts: Vec<Row<'o>>,
    shipping: Option<Decimal>,
    extras: Vec<Row<'o>>,
    taxes: Vec<Row<'o>>,
    rounding: Vec<Row<'o>>,
    gift_cards: Vec<Row<'o>>,
    tax_included: Option<bool>,
}

fn sum(rows: &[Row<'_>]) -> Decimal {
    rows.iter().map(|row| row.amount).sum()
}

/// The sums one by one, if they make the one sum that stands beside them; else that.
fn one_by_one<'o>(of: RowKind, rows: Vec<Row<'o>>, whole: Option<Amount>) -> Vec<Row<'o>> {
    let whole = whole.map(Amount::decimal).filter(|whole| !whole.is_zero());
    let rows: Vec<_> = rows.into_iter().filter(|row| !row.amount.is_zero()).collect();
    match whole {
        Some(whole) if rows.is_empty() || sum(&rows).abs() != whole.abs() => {
            Row::known(of, Some(whole.into()))
        }
        _ => rows,
    }
}

impl<'o> Parts<'o> {
    fn of(order: &'o Order) -> Self {
        let totals = &order.totals;
        let charges = |of, charges: &'o [super::Charge]| {
            let row = move |charge: &'o super::Charge| {
                let amount = charge.amount?.decimal();
                Some(Row { title: charge.title.as_deref(), ..Row::new(of, amount) })
            };
            charges.iter().filter_map(row).filter(|row| !row.amount.is_zero())
        };
        let discounts = totals.discounts.iter().filter_map(|discount| {
            let (title, code) = (discount.title.as_deref(), discount.code.as_deref());
            let amount = discount.amount?.decimal();
            Some(Row { title, code, ..Row::new(RowKind::Discount, amount) })
        });
        let mut discounts = one_by_one(RowKind::Discount, discounts.collect(), totals.discount);
        discounts.iter_mut().for_each(|row| row.amount = -row.amount.abs());
        let taxes = totals.taxes.iter().filter_map(|tax| {
            let amount = tax.amount?.decimal();
            Some(Row {
                title: tax.title.as_deref(),
                rate: tax.rate,
                ..Row::new(RowKind::Tax, amount)
            })
        });
        let mut extras: Vec<_> = charges(RowKind::Fee, &totals.fees).collect();
        extras.extend(Row::known(RowKind::Tip, totals.tip));
        let mut gift_cards: Vec<_> = charges(RowKind::GiftCard, &totals.gift_cards).collect();
        gift_cards.iter_mut().for_each(|row| row.amount = -row.amount.abs());
        let of_lines = || {
            let prices = order
                .items
                .iter()
                .map(|item| line_price(item, order.currency.as_ref()))
                .collect::<Option<Vec<_>>>()?;
            (!prices.is_empty()).then(|| prices.into_iter().sum())
        };
        Self {
            subtotal: totals.subtotal.map(Amount::decimal).or_else(of_lines),
            discounts,
            shipping: totals.shipping.map(Amount::decimal),
            extras,
            taxes: one_by_one(RowKind::Tax, taxes.collect(), totals.tax),
            rounding: Row::known(RowKind::Rounding, totals.rounding),
            gift_cards,
            tax_included: totals.tax_included,
        }
    }

    /// The same with every sum rounded as money is.
    fn rounded(&self, digits: u32) -> Self {
        let rows = |rows: &[Row<'o>]| {
            let row = |row: &Row<'o>| Row { amount: rounded(row.amount, digits), ..row.clone() };
            rows.iter().map(row).collect()
        };
        Self {
            subtotal: self.subtotal.map(|amount| rounded(amount, digits)),
            discounts: rows(&self.discounts),
            shipping: self.shipping.map(|amount| rounded(amount, digits)),
            extras: rows(&self.extras),
            taxes: rows(&self.taxes),
            rounding: rows(&self.rounding),
            gift_cards: rows(&self.gift_cards),
            tax_included: self.tax_included,
        }
    }

    /// The rows of the first reading that makes the total.
    fn rows(&self, total: Decimal) -> Sums<'o> {
        let readings: &[bool] = match self.tax_included {
            _ if self.taxes.is_empty() => &[true],
            Some(true) => &[true],
            Some(false) => &[false],
            None => &[false, true],
        };
        let either = [false, true];
        for (discount_is_within, gift_cards_are_within) in
            either.iter().flat_map(|gift| either.iter().map(move |discount| (*discount, *gift)))
        {
            for &tax_is_included in readings {
                let rows = self.reading(discount_is_within, tax_is_included, gift_cards_are_within);
                if let Some(rows) = rows.filter(|rows| sum(rows) == total) {
                    let included = if tax_is_included { self.taxes.clone() } else { Vec::new() };
                    let settled =
                        if gift_cards_are_within { Vec::new() } else { self.gift_cards.clone() };
                    return Sums { rows, included, settled, ..Sums::default() };
                }
            }
        }
        Sums { is_odd: self.says_more_than(total), ..Sums::default() }
    }

    fn reading(
        &self,
        discount_is_within: bool,
        tax_is_included: bool,
        gift_cards_are_within: bool,
    ) -> Option<Vec<Row<'o>>> {
        let mut subtotal = self.subtotal?;
        if discount_is_within {
            subtotal -= sum(&self.discounts);
        }
        let mut rows = vec![Row::new(RowKind::Subtotal, subtotal)];
        rows.extend(self.discounts.iter().cloned());
        rows.extend(self.shipping.map(|shipping| Row::new(RowKind::Shipping, shipping)));
        rows.extend(self.extras.iter().cloned());
        if !tax_is_included {
            rows.extend(self.taxes.iter().cloned());
        }
        rows.extend(self.rounding.iter().cloned());
        if gift_cards_are_within {
            rows.extend(self.gift_cards.iter().cloned());
        }
        Some(rows)
    }

    /// Whether anything but the total itself was given.
    fn says_more_than(&self, total: Decimal) -> bool {
        let rows = [&self.discounts, &self.extras, &self.taxes, &self.rounding];
        self.subtotal.is_some_and(|subtotal| subtotal != total)
            || self.shipping.is_some_and(|shipping| !shipping.is_zero())
            || rows.iter().any(|rows| !rows.is_empty())
    }
}

/// What was paid and what is due, as far as they make the total.
fn settle<'o>(sums: &mut Sums<'o>, parts: &Parts<'o>, totals: &'o Totals) {
    let Some(total) = sums.total else { return };
    let cards = &parts.gift_cards;
    let are_within = sums.rows.iter().any(|row| row.of == RowKind::GiftCard);
    let mut paid = Row::known(RowKind::Paid, totals.paid);
    paid.iter_mut().for_each(|row| row.amount = -row.amount.abs());
    let due = totals.due.map(Amount::decimal);
    let left = |settled: &[Row<'_>]| total + sum(settled);
    let both: Vec<_> = cards.iter().chain(&paid).cloned().collect();
    // Some count what gift cards paid as paid, and some what was paid beside them.
    let readings: [&[Row<'_>]; 3] =
        if are_within { [&paid, &[], &[]] } else { [&both, &paid, cards] };
    let fits = |settled: &&&[Row<'_>]| match due {
        Some(due) => left(settled) == due,
        None => left(settled) >= Decimal::ZERO,
    };
    if let Some(settled) = readings.iter().find(fits) {
        sums.settled = settled.to_vec();
    } else {
        // Nothing is left to pay, and how it was paid is not said or counted otherwise.
        let is_done = due.is_some_and(|due| due.is_zero());
        sums.is_unsettled = !is_done && (due.is_some() || !paid.is_empty());
        sums.settled.clear();
    }
    // What is to pay is what a customer must know; what the shop owes is told by a refund.
    sums.due = due.filter(|due| *due > Decimal::ZERO && *due <= total);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::event::order_of;

    /// The rows of an order with these totals.
    fn shown(totals: Value) -> String {
        let order = order_of(&json!({ "id": "A-1", "currency": "EUR", "totals": totals }));
        let sums = sums(&order);
        let row = |row: &Row<'_>| {
            let title = row.title.map_or(String::new(), |title| format!(" {title}"));
            format!("{:?}{title} {}", row.of, row.amount)
        };
        let mut shown: Vec<_> = sums.rows.iter().map(row).collect();
        shown.push(sums.total.map_or("no total".to_owned(), |total| format!("= {total}")));
        shown.extend(sums.included.iter().map(|tax| format!("with {}", row(tax))));
        shown.extend(sums.settled.iter().map(row));
        shown.extend(sums.due.map(|due| format!("due {due}")));
        if sums.is_odd {
            shown.push("odd".to_owned());
        }
        if sums.is_unsettled {
            shown.push("unsettled".to_owned());
        }
        shown.join(", ")
    }

    #[test]
    fn the_rows_make_the_total_however_the_shop_counts() {
        for (totals, expected) in [
            (
                json!({ "subtotal": "78.00", "shipping": "6.00", "tax": "15.71", "total": "84.00" }),
                "Subtotal 78.00, Shipping 6.00, = 84.00, with Tax 15.71",
            ),
            (
                json!({ "subtotal": "18.00", "shipping": "10.00", "tax": "1.35", "total": "29.35" }),
                "Subtotal 18.00, Shipping 10.00, Tax 1.35, = 29.35",
            ),
            // The subtotal has the discount in it.
            (
                json!({ "subtotal": "393.00", "discount": "5.00", "shipping": "10.00", "tax": "0.00", "total": "403.00" }),
                "Subtotal 398.00, Discount -5.00, Shipping 10.00, = 403.00",
            ),
            // A fee that nobody names.
            (
                json!({ "subtotal": "78.00", "shipping": "6.00", "tax": "16.27", "total": "87.00" }),
                "= 87.00, odd",
            ),
            (
                json!({ "subtotal": "78.00", "shipping": "6.00", "tax": "16.27", "total": "87.00",
                        "fees": [{ "title": "Cash on delivery", "amount": "3.00" }] }),
                "Subtotal 78.00, Shipping 6.00, Fee Cash on delivery 3.00, = 87.00, with Tax 16.27",
            ),
            (
                json!({ "subtotal": "100.00", "discounts": [{ "title": "Welcome", "amount": "-10.00" }, { "amount": "5" }],
                        "taxes": [{ "title": "MwSt", "rate": "19 %", "amount": "16.15" }], "tax_included": false,
                        "tip": "2.00", "rounding": "-0.15", "total": "103.00" }),
                "Subtotal 100.00, Discount Welcome -10.00, Discount -5, Tip 2.00, Tax MwSt 16.15, Rounding -0.15, = 103.00",
            ),
            (
                json!({ "subtotal": "78.00", "discount": "78.00", "shipping": "0.00", "tax": "0.00", "total": "0.00" }),
                "Subtotal 78.00, Discount -78.00, Shipping 0.00, = 0.00",
            ),
            // Sums in fractions of a cent.
            (
                json!({ "subtotal": "33.333333", "tax": "6.333333", "tax_included": false, "total": "39.66" }),
                "Subtotal 33.33, Tax 6.33, = 39.66",
            ),
            (
                json!({ "subtotal": "10.00", "discount": "0.00", "discounts": [{ "amount": "1.00" }], "total": "9.00" }),
                "Subtotal 10.00, Discount -1.00, = 9.00",
            ),
            // Paid, and nothing said of how; more paid than it costs.
            (
                json!({ "subtotal": "9.00", "total": "9.00", "due": "0.00" }),
                "Subtotal 9.00, = 9.00",
            ),
            (
                json!({ "subtotal": "9.00", "total": "9.00", "paid": "10.00", "due": "-1.00" }),
                "Subtotal 9.00, = 9.00, Paid -10.00",
            ),
            (json!({ "total": "29.90" }), "= 29.90"),
            (json!({ "shipping": "4.90", "total": "29.90" }), "= 29.90, odd"),
            (json!({ "subtotal": "29.90" }), "no total, odd"),
        ] {
            assert_eq!(shown(totals.clone()), expected, "{totals}");
        }
    }

    #[test]
    fn whether_tax_is_included_is_not_guessed_when_it_is_said() {
        let totals = |included: bool| json!({ "subtotal": "100.00", "tax": "19.00", "tax_included": included, "total": "119.00" });
        assert_eq!(shown(totals(false)), "Subtotal 100.00, Tax 19.00, = 119.00");
        assert_eq!(shown(totals(true)), "= 119.00, odd");
    }

    #[test]
    fn gift_cards_count_towards_the_total_or_in_it() {
        let cards = json!([{ "title": "…1234", "amount": "20.00" }]);
        for (more, expected) in [
            (json!({ "total": "50.00" }), "Subtotal 50.00, = 50.00, GiftCard …1234 -20.00"),
            (
                json!({ "total": "50.00", "due": "30.00" }),
                "Subtotal 50.00, = 50.00, GiftCard …1234 -20.00, due 30.00",
            ),
            (
                json!({ "total": "50.00", "paid": "30.00", "due": "0.00" }),
                "Subtotal 50.00, = 50.00, GiftCard …1234 -20.00, Paid -30.00",
            ),
            (
                json!({ "total": "50.00", "paid": "50.00", "due": "0.00" }),
                "Subtotal 50.00, = 50.00, Paid -50.00",
            ),
            (json!({ "total": "30.00" }), "Subtotal 50.00, GiftCard …1234 -20.00, = 30.00"),
            (
                json!({ "total": "50.00", "paid": "10.00", "due": "7.00" }),
                "Subtotal 50.00, = 50.00, due 7.00, unsettled",
            ),
        ] {
            let mut totals = json!({ "subtotal": "50.00", "gift_cards": cards });
            totals.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            assert_eq!(shown(totals.clone()), expected, "{totals}");
        }
    }

    proptest! {
        #[test]
        fn rows_always_make_the_total(
            amounts in prop::collection::vec(-20_000_i64..200_000, 8),
            scale in 0_u32..5,
            tax_included in prop::option::of(any::<bool>()),
            fits in any::<bool>(),
            within in any::<[bool; 2]>(),
        ) {
            let amount = |at: usize| Decimal::new(amounts[at], scale);
            let size = |at: usize| amount(at).abs();
            let mut total = amount(0) + amount(2) + amount(3) + amount(4) + amount(5);
            if !within[0] { total -= size(1); }
            if !tax_included.unwrap_or(within[1]) { total += amount(6); }
            if !fits { total += amount(7); }
            let text = |amount: Decimal| amount.to_string();
            let order = order_of(&json!({ "id": "A-1", "totals": {
                "subtotal": text(amount(0)), "discount": text(amount(1)), "shipping": text(amount(2)),
                "fees": [{ "amount": text(amount(3)) }], "tip": text(amount(4)), "rounding": text(amount(5)),
                "taxes": [{ "amount": text(amount(6)) }], "tax_included": tax_included, "total": text(total),
            } }));
            let sums = sums(&order);
            prop_assert!(sums.rows.is_empty() || sum(&sums.rows) == total);
            prop_assert!(!fits || !sums.rows.is_empty() || sums.total.is_none());
            if let Some(due) = sums.due {
                prop_assert_eq!(total + sum(&sums.settled), due);
            }
        }
    }
}
