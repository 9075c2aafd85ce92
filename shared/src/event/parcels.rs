//! The parcels of a shipment, however the shop lists them.

use super::{Shipment, WebUrl};

/// A parcel that can be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked<'s> {
    /// Who carries it.
    pub carrier: Option<&'s str>,
    /// The carrier's number.
    pub number: Option<&'s str>,
    /// Where to follow it.
    pub url: Option<WebUrl>,
}

/// A shipment of more parcels is none that anybody follows.
const MOST_PARCELS: usize = 100;

/// The parcels of a shipment: those it lists, and those of its own fields. Several
/// numbers in one field are several parcels, of which each has its own link.
pub fn parcels(shipment: &Shipment) -> Vec<Tracked<'_>> {
    let carrier = shipment.carrier.as_deref();
    let own = (carrier, shipment.tracking_number.as_deref(), shipment.tracking_url.as_ref());
    let listed = shipment.parcels.iter().map(|parcel| {
        let carrier = parcel.carrier.as_deref().or(carrier);
        (carrier, parcel.tracking_number.as_deref(), parcel.tracking_url.as_ref())
    });
    let mut parcels: Vec<Tracked<'_>> = Vec::new();
    for (carrier, numbers, url) in listed.take(MOST_PARCELS).chain([own]) {
        if parcels.len() >= MOST_PARCELS {
            break;
        }
        for parcel in split(carrier, numbers, url) {
            // The shipment's own fields repeat what the parcels say.
            let known = |known: &Tracked<'_>| match parcel.number {
                Some(number) => known.number == Some(number),
                None => parcel.url.is_none() || known.url == parcel.url,
            };
            if !parcels.iter().any(known) {
                parcels.push(parcel);
            }
        }
    }
    if parcels.is_empty() && carrier.is_some() {
        parcels.push(Tracked { carrier, number: None, url: None });
    }
    parcels
}

/// What a customer is told of a shipment's parcels: a later event that says more of it
/// is news.
pub fn tracked(shipment: &Shipment) -> Vec<(String, String)> {
    let shown = |parcel: Tracked<'_>| {
        let number = parcel.number.unwrap_or_default().to_owned();
        (number, parcel.url.map_or(String::new(), String::from))
    };
    let mut tracked: Vec<_> = parcels(shipment).into_iter().map(shown).collect();
    tracked.retain(|(number, url)| !number.is_empty() || !url.is_empty());
    tracked.sort();
    tracked
}

fn split<'s>(
    carrier: Option<&'s str>,
    numbers: Option<&'s str>,
    url: Option<&WebUrl>,
) -> Vec<Tracked<'s>> {
    let numbers = numbers.unwrap_or_default();
    let listed = numbers.split([',', ';', '|', '\n', '\t']).flat_map(|some| some.split(" / "));
    let listed = listed.map(str::trim);
    let listed: Vec<_> = listed.filter(|number| !number.is_empty()).take(MOST_PARCELS).collect();
    if listed.is_empty() {
        let has_url = url.is_some();
        return has_url
            .then(|| Tracked { carrier, number: None, url: url.cloned() })
            .into_iter()
            .collect();
    }
    // A link to one of the parcels leads to the others by their numbers.
    let alone = |number: &str| {
        let url = url.map_or("", WebUrl::as_str);
        let is_edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
        let mut places = url.match_indices(number);
        places.all(|(at, _)| {
            let after = url[at + number.len()..].chars().next();
            is_edge(url[..at].chars().next_back()) && is_edge(after)
        }) && url.contains(number)
    };
    let named = listed.iter().find(|number| alone(number));
    let link = |number: &str| match named {
        Some(named) if listed.len() > 1 => {
            WebUrl::parse(&url?.as_str().replace(named, number)).ok()
        }
        _ => url.cloned(),
    };
    listed
        .iter()
        .map(|number| Tracked { carrier, number: Some(number), url: link(number) })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn shown(shipment: Value) -> String {
        let shipment: Shipment = serde_json::from_value(shipment).unwrap();
        let parcel = |parcel: &Tracked<'_>| {
            let url = parcel.url.as_ref().map_or("-", |url| url.as_str());
            let url = url.trim_start_matches("https://t.example/");
            format!("{} {} {url}", parcel.carrier.unwrap_or("-"), parcel.number.unwrap_or("-"))
        };
        parcels(&shipment).iter().map(parcel).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn each_parcel_has_its_number_and_its_link() {
        let t = |path: &str| format!("https://t.example/{path}");
        for (shipment, expected) in [
            (
                json!({ "carrier": "Post", "tracking_number": "R1", "tracking_url": t("R1") }),
                "Post R1 R1",
            ),
            (
                json!({ "carrier": "Post", "tracking_number": "R1, R2;R3", "tracking_url": t("R1?x=R1") }),
                "Post R1 R1?x=R1, Post R2 R2?x=R2, Post R3 R3?x=R3",
            ),
            (
                json!({ "tracking_number": "R1, R2", "tracking_url": t("all") }),
                "- R1 all, - R2 all",
            ),
            (
                json!({ "carrier": "Post", "tracking_number": "R1", "tracking_url": t("R1"),
                        "parcels": [{ "tracking_number": "R1", "tracking_url": t("R1") },
                                    { "carrier": "DHL", "tracking_number": "R2" }] }),
                "Post R1 R1, DHL R2 -",
            ),
            (json!({ "tracking_url": t("x") }), "- - x"),
            (json!({ "carrier": "Post" }), "Post - -"),
            (json!({ "parcels": [{}] }), ""),
            (json!({}), ""),
        ] {
            assert_eq!(shown(shipment.clone()), expected, "{shipment}");
        }
    }
}
