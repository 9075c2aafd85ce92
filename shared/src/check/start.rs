//! What a sender renders with: a deployment's overrides are checked when it starts,
//! and left out as a whole if they break messages.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Check, Fixture};
use crate::catalogue::{Catalogue, CatalogueError};
use crate::content::{
    LayeredRenderer, RenderError, Renderer, ServedLocales, Shop, Sources, read_overrides,
    served_locales,
};
use crate::model::Channel;
use crate::platform::telemetry;

/// Reads and checks the overrides in this folder for this channel. What is wrong
/// with them is logged, and they are left out as a whole: half a look is none.
///
/// # Errors
/// [`RenderError`], if the shop's locale or URL is none.
pub fn open_renderer(
    shop: Shop,
    channel: Channel,
    folder: Option<&Path>,
    now: Timestamp,
) -> Result<LayeredRenderer, RenderError> {
    let built_in = Renderer::new(shop.clone())?;
    let overridden = folder.and_then(|folder| match overridden(shop, channel, folder) {
        Ok(renderer) => Some(renderer),
        Err(problems) => {
            telemetry::overrides_broken(channel.as_str(), &problems, now);
            None
        }
    });
    Ok(LayeredRenderer::new(built_in, overridden))
}

/// What planning knows of a deployment's overrides in this folder: its own types, and
/// the languages it writes in. What is wrong with them is logged, and they are left out
/// as a whole.
///
/// # Errors
/// [`CatalogueError`], if the built-in catalogue is broken.
pub fn open_catalogue(
    folder: Option<&Path>,
    now: Timestamp,
) -> Result<(Catalogue, ServedLocales), CatalogueError> {
    match folder.map(own_catalogue) {
        Some(Ok(found)) => return Ok(found),
        Some(Err(problems)) => telemetry::overrides_broken("plan", &problems, now),
        None => {}
    }
    Ok((Catalogue::built_in()?, served_locales()))
}

fn own_catalogue(folder: &Path) -> Result<(Catalogue, ServedLocales), Vec<String>> {
    let texts = read_overrides(folder).map_err(|e| vec![e.to_string()])?;
    let sources = Arc::new(Sources::over_built_in(&folder.display().to_string(), texts));
    let catalogue = sources.catalogue().map_err(|e| vec![e.to_string()])?;
    let served = ServedLocales::new(sources.locales());
    // What is planned is what all senders will know.
    let built_in = Sources::built_in().locales();
    let has_language = sources.locales().iter().any(|locale| !built_in.contains(locale));
    if has_language || catalogue.types().iter().any(|kind| kind.is_own) {
        let shop = Shop {
            name: "Shop".to_owned(),
            url: "https://shop.example".to_owned(),
            default_locale: "en".to_owned(),
            ..Shop::default()
        };
        let check = Check {
            locales: sources.changed_locales(),
            sources: Arc::clone(&sources),
            shops: vec![shop],
            kinds: catalogue.types().iter().collect(),
            channels: Channel::ALL.to_vec(),
            fixtures: Fixture::few().map_err(|e| vec![e.to_string()])?,
        };
        let findings = check.run().map_err(|e| vec![e.to_string()])?;
        let broken = findings.iter().filter(|finding| finding.breaks);
        let broken: Vec<_> = broken.map(ToString::to_string).collect();
        if !broken.is_empty() {
            return Err(broken);
        }
    }
    Ok((catalogue, served))
}

/// The renderer with the overrides, or what is wrong with its texts.
fn overridden(shop: Shop, channel: Channel, folder: &Path) -> Result<Renderer, Vec<String>> {
    fn shown(problem: &dyn std::fmt::Display) -> Vec<String> {
        vec![problem.to_string()]
    }
    let texts = read_overrides(folder).map_err(|e| shown(&e))?;
    let files = texts.len();
    let sources = Sources::over_built_in(&folder.display().to_string(), texts);
    let catalogue = sources.catalogue().map_err(|e| shown(&e))?;
    let check = Check {
        // A start must not wait for what can't have changed.
        locales: sources.changed_locales(),
        sources: Arc::new(sources),
        shops: vec![shop.clone()],
        kinds: catalogue.types().iter().collect(),
        channels: vec![channel],
        fixtures: Fixture::few().map_err(|e| shown(&e))?,
    };
    let findings = check.run().map_err(|e| shown(&e))?;
    let (broken, flawed): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.breaks);
    if !broken.is_empty() {
        return Err(broken.iter().map(ToString::to_string).collect());
    }
    for finding in flawed {
        telemetry::overrides_flawed(channel, &finding.to_string());
    }
    telemetry::overrides_used(channel, files);
    Renderer::with(check.sources, shop).map_err(|e| shown(&e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::MessageInput;

    fn shop() -> Shop {
        Shop {
            name: "Example Shop".to_owned(),
            url: "https://shop.example".to_owned(),
            default_locale: "en".to_owned(),
            ..Shop::default()
        }
    }

    fn subject(folder: Option<&Path>) -> String {
        subject_of("1001", folder)
    }

    /// The subject of an order's mail.
    fn subject_of(number: &str, folder: Option<&Path>) -> String {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let renderer = open_renderer(shop(), Channel::Email, folder, now).unwrap();
        let mut fixture = Fixture::built_in().unwrap().remove(0);
        fixture.data.order.number = Some(number.to_owned());
        let input = MessageInput {
            kind: "order.paid",
            locale: "en",
            time_zone: "UTC",
            data: &fixture.data,
        };
        renderer.render(Channel::Email, now, |renderer| renderer.email(&input)).unwrap().subject
    }

    fn folder(path: &str, text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
        folder
    }

    #[test]
    fn the_shops_own_wording_stands_over_the_built_in() {
        let built_in = "Payment received for order 1001";
        assert_eq!(subject(None), built_in);
        let overrides = folder("locales/en.ftl", "paid-subject = Cheers for { $number }\n");
        assert_eq!(subject(Some(overrides.path())), "Cheers for 1001");
        let nothing = tempfile::tempdir().unwrap();
        assert_eq!(subject(Some(nothing.path())), built_in);
        assert_eq!(subject(Some(Path::new("/nowhere"))), built_in);
    }

    #[test]
    fn an_order_that_the_shops_own_template_fails_on_gets_the_built_in_one() {
        let template = "{% extends \"layout.txt\" %}\n\
            {% set subject = t(\"paid-subject\", number=nothing if order.number == \"13\" else \"own\") %}\n\
            {% set preheader = \"p\" %}{% set heading = \"h\" %}{% set intro = \"i\" %}\n\
            {% set facts = [] %}{% set action = none %}{% set link = none %}\n";
        let overrides = folder("templates/order.paid.txt", template);
        // Its heading is no longer used, which is logged and costs nothing.
        assert_eq!(subject_of("12", Some(overrides.path())), "Payment received for order own");
        assert_eq!(subject_of("13", Some(overrides.path())), "Payment received for order 13");
    }

    #[test]
    fn a_flaw_in_what_is_built_in_costs_the_shop_nothing() {
        // Its name needs an alphabet in which built-in texts take a segment more.
        let shop = Shop { name: "文具店".to_owned(), ..shop() };
        let overrides = folder("locales/ja.ftl", "paid-push-title = 入金しました\n");
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let renderer = open_renderer(shop, Channel::Sms, Some(overrides.path()), now).unwrap();
        assert!(renderer.is_overridden());
    }

    #[test]
    fn a_broken_file_of_the_shop_costs_its_look_and_not_the_message() {
        let built_in = "Payment received for order 1001";
        for (path, text) in [
            ("locales/en.ftl", "paid-subject = Cheers for { $nmber }\n"),
            ("locales/en.ftl", "paid-subject = { \n"),
            // The parser panics on it.
            ("locales/en.ftl", "paid-subject = {\"\\u00é\"}\n"),
            ("locales/nl.ftl", "paid-subject = { $number } betaald\n"),
            ("templates/order.paid.txt", "{{ nothing }}"),
            ("templates/layout.mjml", "<mjml><mj-body><mj-nothing/></mj-body></mjml>"),
        ] {
            let overrides = folder(path, text);
            assert_eq!(subject(Some(overrides.path())), built_in, "{path}: {text}");
        }
    }

    #[test]
    fn a_shops_own_type_is_planned_if_all_of_it_is_in_order_and_else_not() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let own = folder(
            "catalogue/order.engraved.toml",
            "class = \"transactional\"\npriority = \"normal\"\nlifecycle_rank = 25\n\
             not_after = \"3d\"\nroutes = [[\"sms\"]]\n",
        );
        let knows = || {
            let (catalogue, _) = open_catalogue(Some(own.path()), now).unwrap();
            catalogue.find("order.engraved").is_some()
        };
        assert!(!knows(), "it has no template");
        let template = own.path().join("templates/order.engraved.sms.txt");
        std::fs::create_dir_all(template.parent().unwrap()).unwrap();
        std::fs::write(&template, "{{ shop.name }}: {{ nothing }}").unwrap();
        assert!(!knows(), "its template is broken");
        std::fs::write(&template, "{{ shop.name }}: order {{ order.number }} is engraved").unwrap();
        assert!(knows());
        let fixture = Fixture::built_in().unwrap().remove(0);
        let input = MessageInput {
            kind: "order.engraved",
            locale: "en",
            time_zone: "UTC",
            data: &fixture.data,
        };
        let renderer = open_renderer(shop(), Channel::Sms, Some(own.path()), now).unwrap();
        let sms = renderer.render(Channel::Sms, now, |renderer| renderer.sms(&input)).unwrap();
        assert_eq!(sms.text, "Example Shop: order 1001 is engraved");
    }

    #[test]
    fn a_language_of_the_shops_own_is_served() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let wording = Sources::built_in().built_in_text("locales/en.ftl").unwrap();
        let dutch = folder("locales/nl.ftl", wording);
        let (_, served) = open_catalogue(Some(dutch.path()), now).unwrap();
        assert_eq!(served.first_served(["sv", "nl-BE", "fr"]).as_deref(), Some("nl-BE"));
        let (_, served) = open_catalogue(None, now).unwrap();
        assert_eq!(served.first_served(["sv", "nl-BE", "fr"]).as_deref(), Some("fr"));
    }
}
