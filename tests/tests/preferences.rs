//! What customers reach by the links in their mail: unsubscribing by one click, and the page
//! of their preferences, from the request to what the next event comes to.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says that something is wrong by panicking"
)]

use std::time::Duration;

use bellhop::catalogue::Catalogue;
use bellhop::content::{LinkKeys, Renderer, Scope, Shop, Subject, Token};
use bellhop::customer::{Choice, Chooser, How, KeepPreferences};
use bellhop::model::{Channel, CustomerId, OrderId, Topic};
use bellhop::platform::url::{Response, UrlRequest};
use bellhop::preferences::{Desk, MAX_BODY, Topics, answer};
use bellhop_tests::event::Event;
use bellhop_tests::world::{InMemory, World};
use serde_json::json;

const KEY: &str = "0123456789abcdef";
const FORM: &str = "application/x-www-form-urlencoded";
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

fn desk(world: &World) -> Desk<InMemory> {
    let shop = Shop {
        name: "Example Shop".to_owned(),
        url: "https://shop.example".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    };
    let (ledger, profiles, clock) = world.stores();
    Desk {
        keys: LinkKeys::parse(KEY).unwrap(),
        topics: Topics::of(&Catalogue::built_in().unwrap()),
        renderer: Renderer::new(shop).unwrap().into(),
        ledger,
        profiles,
        clock,
    }
}

fn ada() -> Subject {
    Subject::Customer("c-77".into())
}

fn guest(order: &str) -> Subject {
    Subject::Guest(OrderId::parse(order).unwrap())
}

fn seal(scope: Scope, subject: Subject) -> String {
    LinkKeys::parse(KEY).unwrap().seal(&Token { scope, subject })
}

fn unsubscribe(subject: Subject) -> String {
    format!("/u/{}", seal(Scope::Unsubscribe(Topic::Reviews), subject))
}

fn page(subject: Subject) -> String {
    let until = "2027-02-01T00:00:00Z".parse().unwrap();
    format!("/p/{}", seal(Scope::Preferences { until }, subject))
}

/// A request as a function URL hands it on.
fn request(method: &str, path: &str, form: Option<&str>) -> UrlRequest {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kind = if form.is_some() { FORM } else { "" };
    serde_json::from_value(json!({
        "version": "2.0", "rawPath": path, "rawQueryString": query,
        "headers": {"content-type": kind, "accept-language": "de-AT,de;q=0.9"},
        "requestContext": {"http": {"method": method, "path": path, "sourceIp": "192.0.2.1"}},
        "isBase64Encoded": false, "body": form,
    }))
    .unwrap()
}

/// Asks, and looks at what every page has.
async fn ask(world: &World, request: &UrlRequest) -> Response {
    let response = answer(&desk(world), request).await;
    let header = |name: &str| response.headers[name].to_string();
    assert_eq!(header("content-type"), "text/html; charset=utf-8");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("x-robots-tag"), "noindex, nofollow");
    let policy = header("content-security-policy");
    for directive in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(directive), "{policy}");
    }
    assert!(!response.body.contains("k1."), "the link is on no page: {}", response.body);
    response
}

async fn get(world: &World, path: &str) -> Response {
    ask(world, &request("GET", path, None)).await
}

async fn post(world: &World, path: &str, form: &str) -> Response {
    ask(world, &request("POST", path, Some(form))).await
}

/// The heading.
fn heading(response: &Response) -> &str {
    let rest = response.body.split_once("<h1>").unwrap().1;
    rest.split_once("</h1>").unwrap().0
}

async fn choices(world: &World, of: Chooser) -> Vec<Choice> {
    let (_, profiles, _) = world.stores();
    profiles.preferences(&of).await.unwrap().choices().to_vec()
}

fn customer() -> Chooser {
    Chooser::Customer(CustomerId::new("c-77"))
}

/// What became of the order's notifications, as `channel: reason` or `channel`.
async fn told(world: &World, order: &str) -> Vec<String> {
    let mut told = Vec::new();
    for notification in world.order(order).await.notifications {
        let sent = notification.deliveries.iter().map(|d| d.recipient.channel().to_string());
        told.extend(sent);
        told.extend(notification.skips.iter().map(|s| format!("{}: {}", s.channel, s.reason)));
    }
    told
}

fn completed(order: &str) -> Event {
    Event::of("order.completed").id(&format!("evt-{order}")).about(order)
}

#[tokio::test]
async fn opening_a_link_changes_nothing_and_one_click_unsubscribes_however_often() {
    let world = World::new();
    let link = unsubscribe(ada());
    for method in ["GET", "HEAD"] {
        let asked = ask(&world, &request(method, &link, None)).await;
        assert_eq!(asked.status_code, 200);
        assert_eq!(asked.body.is_empty(), method == "HEAD");
    }
    let shown = get(&world, &link).await;
    assert_eq!(heading(&shown), "Abbestellen?", "in the browser's language");
    assert!(shown.body.contains("<form method=\"post\">"), "{}", shown.body);
    assert_eq!(choices(&world, customer()).await, []);

    let mut before = Vec::new();
    for _ in 0..2 {
        let done = post(&world, &link, ONE_CLICK).await;
        assert_eq!((done.status_code, heading(&done)), (200, "Sie haben abbestellt"));
        let known = choices(&world, customer()).await;
        assert!(before.is_empty() || before == known, "{known:?}");
        before = known;
    }
    let said: Vec<_> =
        before.iter().map(|choice| (choice.topic, choice.wanted, choice.how)).collect();
    assert_eq!(said, [(Topic::Reviews, false, How::OneClick); 3]);

    // The next event comes to nothing, and says why.
    world.publish(&completed("A-2001"));
    world.publish(&Event::of("order.paid").id("evt-paid").about("A-2002"));
    world.settle().await;
    let told_of = told(&world, "A-2001").await;
    assert_eq!(told_of, ["push: no_recipient", "email: unsubscribed"]);
    assert!(told(&world, "A-2002").await.contains(&"email".to_owned()), "orders go on");
}

#[tokio::test]
async fn the_button_of_the_page_and_both_kinds_of_form_unsubscribe_too() {
    let world = World::new();
    let link = unsubscribe(ada());
    post(&world, &link, "unsubscribe=page").await;
    assert_eq!(choices(&world, customer()).await[0].how, How::Page);

    let world = World::new();
    let body = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    // Function URLs hand some bodies on as Base64.
    let encoded = "LS1iDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9Ikxpc3QtVW5zdWJzY3JpYmUiDQoNCk9uZS1DbGljaw0KLS1iLS0NCg==";
    for (body, is_encoded) in [(body, false), (encoded, true)] {
        let request = serde_json::from_value(json!({
            "rawPath": link, "headers": {"content-type": "multipart/form-data; boundary=b"},
            "requestContext": {"http": {"method": "POST"}},
            "isBase64Encoded": is_encoded, "body": body,
        }));
        let done = ask(&world, &request.unwrap()).await;
        assert_eq!(done.status_code, 200, "{}", done.body);
        assert_eq!(heading(&done), "You’re unsubscribed");
    }
    assert_eq!(choices(&world, customer()).await.len(), 3);
}

#[tokio::test]
async fn a_link_that_is_not_ours_changes_nothing_and_says_so() {
    let world = World::new();
    let (ours, page_of_ada) = (unsubscribe(ada()), page(ada()));
    let other = LinkKeys::parse("fedcba9876543210").unwrap();
    let forged = other.seal(&Token { scope: Scope::Unsubscribe(Topic::Reviews), subject: ada() });
    let until = "2026-11-01T00:00:00Z".parse().unwrap();
    let expired = format!("/p/{}", seal(Scope::Preferences { until }, ada()));
    let swap = |path: &str, from: &str, to: &str| path.replacen(from, to, 1);
    for (path, status) in [
        (format!("/u/{forged}"), 403),
        (ours[..ours.len() - 1].to_owned(), 403),
        (ours[..20].to_owned(), 400),
        (format!("{ours}A"), 403),
        (swap(&ours, "k1.", "k9."), 403),
        (swap(&ours, "/u/", "/p/"), 403),
        (swap(&page_of_ada, "/p/", "/u/"), 403),
        (expired, 410),
        (unsubscribe(guest("A-404")), 410),
        (page(guest("A-404")), 410),
    ] {
        let form = if path.starts_with("/u/") { ONE_CLICK } else { ALL };
        let answered = post(&world, &path, form).await;
        assert_eq!(answered.status_code, status, "{path}");
        assert_eq!(heading(&answered), "Das hat nicht geklappt");
    }
    for (method, path, status) in [
        ("GET", "/", 404),
        ("GET", "/u", 404),
        ("GET", "/u/", 404),
        ("GET", "/x/k1.a.b", 404),
        ("GET", "/favicon.ico", 404),
        ("GET", "/../../etc/passwd", 404),
        ("PUT", &ours, 405),
        ("DELETE", &ours, 405),
    ] {
        let answered = ask(&world, &request(method, path, None)).await;
        assert_eq!(answered.status_code, status, "{method} {path}");
        assert_eq!(answered.headers.contains_key("allow"), status == 405);
    }
    assert_eq!(choices(&world, customer()).await, []);
}

#[tokio::test]
async fn a_form_that_says_something_else_or_too_much_changes_nothing() {
    let world = World::new();
    let long = format!("{ONE_CLICK}&x={}", "a".repeat(MAX_BODY));
    for (path, form, status) in [
        (unsubscribe(ada()), "", 400),
        (unsubscribe(ada()), "List-Unsubscribe=Two-Clicks", 400),
        (unsubscribe(ada()), "list=One-Click", 400),
        (unsubscribe(ada()), &long, 413),
        (page(ada()), "", 400),
        (page(ada()), "on=reviews.email", 400),
        (page(ada()), ONE_CLICK, 400),
    ] {
        let answered = post(&world, &path, form).await;
        assert_eq!(answered.status_code, status, "{path} {}", &form[..form.len().min(40)]);
    }
    let mut plain = request("POST", &unsubscribe(ada()), Some(ONE_CLICK));
    plain.headers.insert("content-type".to_owned(), "text/plain".to_owned());
    assert_eq!(ask(&world, &plain).await.status_code, 400);
    assert_eq!(choices(&world, customer()).await, []);
}

const ALL: &str = "of=order_updates.email&of=order_updates.sms&of=order_updates.push\
                   &of=reviews.email&of=reviews.push";

fn ticked(body: &str) -> Vec<&str> {
    let boxes = body.split("name=\"on\" value=\"").skip(1);
    let ticked = boxes.filter(|rest| rest.split_once('>').unwrap().0.ends_with("checked"));
    ticked.map(|rest| rest.split_once('"').unwrap().0).collect()
}

#[tokio::test]
async fn the_page_shows_what_is_wanted_and_saves_what_is_changed_and_no_more() {
    let world = World::new();
    let link = page(ada());
    let shown = get(&world, &link).await;
    let everything = [
        "order_updates.email",
        "order_updates.sms",
        "order_updates.push",
        "reviews.email",
        "reviews.push",
    ];
    assert_eq!(ticked(&shown.body), everything);

    let saved = post(&world, &link, &format!("{ALL}&on=order_updates.email&on=reviews.push")).await;
    assert_eq!(saved.status_code, 200);
    assert!(saved.body.contains("Gespeichert."), "{}", saved.body);
    assert_eq!(ticked(&saved.body), ["order_updates.email", "reviews.push"]);
    assert_eq!(ticked(&get(&world, &link).await.body), ["order_updates.email", "reviews.push"]);
    // A yes that nobody has changed is no consent that they have given.
    let known = choices(&world, customer()).await;
    assert!(known.iter().all(|choice| !choice.wanted && choice.how == How::Page), "{known:?}");
    assert_eq!(known.len(), 3);

    world.advance(Duration::from_secs(60));
    let form = format!("{ALL}&on=order_updates.email&on=reviews.push&on=reviews.email");
    post(&world, &link, &form).await;
    let known = choices(&world, customer()).await;
    let yes: Vec<_> = known.iter().filter(|choice| choice.wanted).collect();
    assert_eq!(yes.len(), 1);
    assert_eq!((yes[0].topic, yes[0].channel), (Topic::Reviews, Channel::Email));
    assert_eq!(yes[0].at, world.now());
}

#[tokio::test]
async fn what_the_law_wants_told_can_be_narrowed_to_one_channel_and_not_switched_off() {
    let world = World::new();
    let link = page(ada());
    let refused = post(&world, &link, &format!("{ALL}&on=reviews.email")).await;
    assert_eq!(refused.status_code, 422);
    assert!(refused.body.contains("role=\"alert\""), "{}", refused.body);
    assert_eq!(ticked(&refused.body), ["reviews.email"], "what they ticked is still there");
    assert_eq!(choices(&world, customer()).await, []);

    let narrowed = post(&world, &link, &format!("{ALL}&on=order_updates.sms")).await;
    assert_eq!(narrowed.status_code, 200);
    world.publish(&Event::of("order.paid").about("A-2003"));
    world.settle().await;
    let told_of = told(&world, "A-2003").await;
    assert_eq!(told_of, ["sms", "email: unsubscribed", "push: no_recipient"]);
}

#[tokio::test]
async fn a_guest_is_known_by_the_orders_contact_points_and_by_these_in_later_orders() {
    let world = World::new();
    let of_guest = |event: Event| event.without("/data/customer/id");
    world.publish(&of_guest(Event::of("order.paid").about("A-3001")));
    world.settle().await;
    let shown = get(&world, &page(guest("A-3001"))).await;
    let boxes = ["order_updates.email", "order_updates.sms", "reviews.email"];
    assert_eq!(ticked(&shown.body), boxes, "a guest has no devices");

    assert_eq!(post(&world, &unsubscribe(guest("A-3001")), ONE_CLICK).await.status_code, 200);
    world.publish(&of_guest(completed("A-3002")));
    world.settle().await;
    assert_eq!(told(&world, "A-3002").await, ["push: no_recipient", "email: unsubscribed"]);
    // Having opened an account since, they have not changed their mind.
    world.publish(&completed("A-3003"));
    world.settle().await;
    assert!(told(&world, "A-3003").await.contains(&"email: unsubscribed".to_owned()));
}

#[tokio::test]
async fn a_page_is_in_the_language_that_its_link_names_whatever_the_browser_asks_for() {
    let world = World::new();
    for (language, expected) in
        [("fr-CA", "Vous désabonner"), ("ja", "配信を停止しますか"), ("xx", "Unsubscribe")]
    {
        let shown = get(&world, &format!("{}?l={language}", unsubscribe(ada()))).await;
        assert!(heading(&shown).starts_with(expected), "{language}: {}", heading(&shown));
    }
    let forged = get(&world, "/u/k1.a.b?l=es").await;
    assert_eq!(heading(&forged), "No ha funcionado");
    let hostile = get(&world, "/u/k1.a.b?l=%3Cscript%3Ealert(1)").await;
    assert!(!hostile.body.contains("script"), "{}", hostile.body);
}
