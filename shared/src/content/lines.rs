//! Which lines of an order a message is about: all of them, or those that a
//! shipment, a refund or a review names.

use crate::event::{Item, ShipmentItem};

/// A line, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line<'a> {
    pub sku: &'a str,
    /// The order's line; none if the order does not list the article.
    pub item: Option<&'a Item>,
    /// How many; none if nobody says.
    pub quantity: Option<u32>,
}

impl Line<'_> {
    /// How many were ordered, if that is more than this part.
    pub fn ordered(&self) -> Option<u32> {
        self.item
            .map(|item| item.quantity)
            .filter(|ordered| self.quantity.is_some_and(|q| q < *ordered))
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

/// Divides an order's lines by what is named.
///
/// An order may hold one article in several lines (two engravings of one mug):
/// named pieces are taken from the first of them, then from the next.
pub(crate) fn divide<'a>(items: &'a [Item], named: &'a [ShipmentItem]) -> Share<'a> {
    let named: Vec<_> = named.iter().filter(|part| part.quantity != Some(0)).collect();
    let line = |item: &'a Item, quantity| Line {
        sku: &item.sku,
        item: Some(item),
        quantity: Some(quantity),
    };
    if named.is_empty() {
        return Share {
            named: items.iter().map(|item| line(item, item.quantity)).collect(),
            rest: Vec::new(),
        };
    }
    let mut taken = vec![0_u32; items.len()];
    let mut unknown = Vec::new();
    for part in named {
        let mut wanted = part.quantity;
        let mut last = None;
        for (index, item) in items.iter().enumerate().filter(|(_, item)| item.sku == part.sku) {
            last = Some(index);
            let left = item.quantity.saturating_sub(taken[index]);
            let take = wanted.map_or(left, |wanted| wanted.min(left));
            taken[index] += take;
            wanted = wanted.map(|wanted| wanted - take);
        }
        match last {
            // More than was ordered: the shop says so, and it is its parcel.
            Some(index) => taken[index] = taken[index].saturating_add(wanted.unwrap_or(0)),
            None => unknown.push(Line { sku: &part.sku, item: None, quantity: part.quantity }),
        }
    }
    let mut share = Share::default();
    for (item, taken) in items.iter().zip(taken) {
        if taken > 0 {
            share.named.push(line(item, taken));
        }
        if item.quantity > taken {
            share.rest.push(line(item, item.quantity - taken));
        }
    }
    share.named.append(&mut unknown);
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(sku: &str, quantity: u32) -> Item {
        let sku = sku.to_owned();
        Item { title: sku.clone(), sku, quantity, unit_price: None, image_url: None, url: None }
    }

    fn part(sku: &str, quantity: Option<u32>) -> ShipmentItem {
        ShipmentItem { sku: sku.to_owned(), quantity }
    }

    fn check(items: &[Item], named: &[ShipmentItem], expect_named: &str, expect_rest: &str) {
        let share = divide(items, named);
        let show = |lines: &[Line<'_>]| {
            let one = |line: &Line<'_>| {
                let quantity = line.quantity.map_or("?".to_owned(), |q| q.to_string());
                let ordered = line.ordered().map_or(String::new(), |o| format!("/{o}"));
                format!("{}{quantity}{ordered}", line.sku)
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
        check(&items, &[part("a", Some(0))], "a1 b2", "");
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
        check(&[item("a", 1)], &[part("a", Some(u32::MAX)), part("a", Some(9))], "a4294967295", "");
    }
}
