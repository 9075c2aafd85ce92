//! Which lines of an order a message is about: all of them, or those that a
//! shipment, a refund or a review names.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::event::{Amount, Item, LineRef};

/// A line, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line<'a> {
    /// What the shop knows the article by, where the order does not list it.
    pub sku: Option<&'a str>,
    /// The order's line; none if the order does not list the article.
    pub item: Option<&'a Item>,
    /// How many; none if nobody says.
    pub quantity: Option<Decimal>,
    /// What is given back for it.
    pub amount: Option<Amount>,
}

impl<'a> Line<'a> {
    fn whole(item: &'a Item) -> Self {
        Self { sku: item.sku.as_deref(), item: Some(item), quantity: item.quantity, amount: None }
    }

    /// How many were ordered, if that is more than this part.
    pub fn ordered(&self) -> Option<Decimal> {
        let ordered = self.item?.quantity?;
        Some(ordered).filter(|ordered| self.quantity.is_some_and(|part| part < *ordered))
    }

    /// What it is called.
    pub fn name(&self) -> Option<&'a str> {
        self.item.and_then(Item::name).or(self.sku)
    }
}

/// An order's lines, divided.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Share<'a> {
    /// What is named; everything if nothing is.
    pub named: Vec<Line<'a>>,
    /// What is not.
    pub rest: Vec<Line<'a>>,
}

/// What of a line was named so far.
#[derive(Clone, Copy, Default)]
struct Taken {
    quantity: Decimal,
    amount: Option<Amount>,
}

/// The lines of an order.
pub(crate) fn whole(items: &[Item]) -> Vec<Line<'_>> {
    items.iter().map(Line::whole).collect()
}

/// Divides an order's lines by what is named.
///
/// A `line_id` names one line. An article may stand in several lines (two engravings of
/// one mug): pieces named by its SKU are taken from the first of them, then from the
/// next.
pub(crate) fn divide<'a>(items: &'a [Item], named: &'a [LineRef]) -> Share<'a> {
    let zero = Some(Decimal::ZERO);
    if named.is_empty() {
        return Share { named: whole(items), rest: Vec::new() };
    }
    // Where something is named that is nothing, it is not the whole order.
    let named: Vec<_> = named.iter().filter(|part| part.quantity != zero).collect();
    // A line of which nobody says how many is one.
    let quantity = |item: &Item| item.quantity.unwrap_or(Decimal::ONE);
    let index = Index::of(items);
    let mut taken = vec![None::<Taken>; items.len()];
    let mut taken_before = vec![false; items.len()];
    let mut unknown = Vec::new();
    for part in named {
        let lines = index.lines_of(part);
        let mut wanted = part.quantity;
        for &at in lines {
            let so_far = taken[at].unwrap_or_default();
            let left = (quantity(&items[at]) - so_far.quantity).max(Decimal::ZERO);
            let take = wanted.map_or(left, |wanted| wanted.min(left));
            if take.is_zero() {
                continue;
            }
            taken[at] = Some(Taken { quantity: so_far.quantity + take, ..so_far });
            wanted = wanted.map(|wanted| wanted - take);
        }
        match lines.last() {
            // More than was ordered: the shop says so, and it is its parcel.
            Some(&at) => {
                let so_far = taken[at].unwrap_or_default();
                let surplus = wanted.unwrap_or_default();
                let quantity = so_far.quantity.checked_add(surplus).unwrap_or(so_far.quantity);
                let amount = part.amount.filter(|_| lines.len() == 1);
                let amount = match (taken_before[at], amount) {
                    (true, amount) => so_far
                        .amount
                        .zip(amount)
                        .map(|(one, other)| Amount::from(one.decimal() + other.decimal())),
                    (false, amount) => amount,
                };
                taken_before[at] = true;
                if !quantity.is_zero() {
                    taken[at] = Some(Taken { quantity, amount });
                }
            }
            None => unknown.push(Line {
                sku: part.sku.as_deref(),
                item: None,
                quantity: part.quantity,
                amount: part.amount,
            }),
        }
    }
    let mut share = Share::default();
    for (item, taken) in items.iter().zip(taken) {
        let Some(Taken { quantity: part, amount }) = taken else {
            share.rest.push(Line::whole(item));
            continue;
        };
        let counted = |part| item.quantity.map(|_| part);
        share.named.push(Line { quantity: counted(part), amount, ..Line::whole(item) });
        if quantity(item) > part {
            let left = quantity(item) - part;
            share.rest.push(Line { quantity: counted(left), ..Line::whole(item) });
        }
    }
    unknown.retain(|line: &Line<'_>| line.sku.is_some());
    share.named.append(&mut unknown);
    share
}

/// An order's lines by what they are named by.
struct Index<'a> {
    by_line: HashMap<&'a str, Vec<usize>>,
    by_sku: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(items: &'a [Item]) -> Self {
        let (mut by_line, mut by_sku) = (HashMap::new(), HashMap::new());
        for (at, item) in items.iter().enumerate() {
            if let Some(id) = item.line_id.as_deref() {
                by_line.entry(id).or_insert_with(Vec::new).push(at);
            }
            if let Some(sku) = item.sku.as_deref() {
                by_sku.entry(sku).or_insert_with(Vec::new).push(at);
            }
        }
        Self { by_line, by_sku }
    }

    /// The lines that a part may be of.
    fn lines_of(&self, part: &LineRef) -> &[usize] {
        let by_line = part.line_id.as_deref().and_then(|id| self.by_line.get(id));
        let by_sku = || part.sku.as_deref().and_then(|sku| self.by_sku.get(sku));
        by_line.or_else(by_sku).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(sku: &str, quantity: u32) -> Item {
        let quantity = Some(quantity.into());
        Item { sku: Some(sku.to_owned()), quantity, ..Item::default() }
    }

    fn part(sku: &str, quantity: Option<u32>) -> LineRef {
        let quantity = quantity.map(Decimal::from);
        LineRef { sku: Some(sku.to_owned()), quantity, ..LineRef::default() }
    }

    fn check(items: &[Item], named: &[LineRef], expect_named: &str, expect_rest: &str) {
        let share = divide(items, named);
        let show = |lines: &[Line<'_>]| {
            let one = |line: &Line<'_>| {
                let quantity = line.quantity.map_or("?".to_owned(), |q| q.to_string());
                let ordered = line.ordered().map_or(String::new(), |o| format!("/{o}"));
                format!("{}{quantity}{ordered}", line.name().unwrap_or("-"))
            };
            lines.iter().map(one).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            (show(&share.named), show(&share.rest)),
            (expect_named.to_owned(), expect_rest.to_owned())
        );
    }

    #[test]
    fn a_parcel_holds_what_it_names_and_the_rest_is_still_to_come() {
        let items = [item("a", 1), item("b", 2), item("c", 1)];
        check(&items, &[part("a", Some(1)), part("b", Some(1))], "a1 b1/2", "b1/2 c1");
        check(&items, &[part("b", None)], "b2", "a1 c1");
        check(&items, &[part("c", None), part("b", Some(2)), part("a", Some(1))], "a1 b2 c1", "");
    }

    #[test]
    fn a_parcel_that_names_nothing_holds_everything() {
        let items = [item("a", 1), item("b", 2)];
        check(&items, &[], "a1 b2", "");
        check(&items, &[part("a", Some(0))], "", "a1 b2");
        check(&[], &[], "", "");
    }

    #[test]
    fn one_article_in_several_lines_is_taken_from_the_first() {
        let items = [item("a", 1), item("a", 2)];
        check(&items, &[part("a", Some(2))], "a1 a1/2", "a1/2");
        check(&items, &[part("a", Some(1)), part("a", Some(1))], "a1 a1/2", "a1/2");
        check(&items, &[part("a", None)], "a1 a2", "");
    }

    #[test]
    fn articles_the_order_does_not_list_are_shown_and_surplus_is_kept() {
        check(&[item("a", 1)], &[part("x", Some(3)), part("y", None)], "x3 y?", "a1");
        check(&[item("a", 1)], &[part("a", Some(3))], "a3", "");
        check(&[], &[part("x", Some(1))], "x1", "");
        check(&[item("a", 1)], &[part("a", Some(u32::MAX)), part("a", Some(9))], "a4294967304", "");
    }

    #[test]
    fn a_line_is_told_from_another_of_the_same_article_by_its_id() {
        let line = |id: &str| Item { line_id: Some(id.to_owned()), ..item("a", 2) };
        let named = |id: &str, quantity: Option<u32>| LineRef {
            line_id: Some(id.to_owned()),
            ..part("a", quantity)
        };
        let items = [line("1"), line("2")];
        check(&items, &[named("2", Some(1))], "a1/2", "a2 a1/2");
        check(&items, &[named("2", None), named("1", None)], "a2 a2", "");
        // An id that the order does not have leaves the article.
        check(&items, &[named("9", Some(3))], "a2 a1/2", "a1/2");
        let by_id = LineRef { sku: None, ..named("1", None) };
        check(&items, &[by_id], "a2", "a2");
        check(&items, &[LineRef { sku: None, ..named("9", None) }], "", "a2 a2");
    }

    #[test]
    fn goods_by_weight_and_lines_without_a_quantity_are_divided_too() {
        let tea = Item { quantity: Some("0.75".parse().unwrap()), ..item("tea", 1) };
        let half = LineRef { quantity: Some("0.5".parse().unwrap()), ..part("tea", None) };
        check(&[tea], &[half], "tea0.5/0.75", "tea0.25/0.75");
        let uncounted = Item { quantity: None, ..item("a", 1) };
        check(&[uncounted.clone(), item("b", 1)], &[part("a", None)], "a?", "b1");
        check(&[uncounted], &[part("a", Some(1))], "a?", "");
    }
}
