//! The bill as a page of Markdown.

use std::fmt::Write;

use bellhop::catalogue::CatalogueError;

use super::bill::{self, Counts, Line, Traced, bill, counts};
use super::prices;

/// The page for these numbers of orders a month.
///
/// # Errors
/// [`CatalogueError`], which the built-in catalogue has not.
pub fn page(volumes: &[u32]) -> Result<String, CatalogueError> {
    let counts = counts()?;
    let bills: Vec<_> = volumes.iter().map(|orders| bill(&counts, f64::from(*orders))).collect();
    let mut page = String::new();
    // Writing to a String never fails.
    _ = write_page(&mut page, &counts, volumes, &bills);
    Ok(page)
}

fn write_page(
    page: &mut String,
    counts: &Counts,
    volumes: &[u32],
    bills: &[Vec<Line>],
) -> std::fmt::Result {
    writeln!(page, "# What a month costs\n")?;
    writeln!(
        page,
        "Written by `cargo bellhop cost`; `cargo bellhop cost --orders N` computes it for another number of \
         orders.\nUS dollars a month in us-east-1, what is always free taken off; without SMS, see below.\n"
    )?;
    let heads = volumes.iter().map(|orders| format!(" {} orders |", number(f64::from(*orders))));
    writeln!(page, "| |{}", heads.collect::<String>())?;
    writeln!(page, "|---|{}", "---:|".repeat(volumes.len()))?;
    for (row, line) in bills.first().into_iter().flatten().enumerate() {
        let cells = bills.iter().filter_map(|bill| bill.get(row));
        let cells: String = cells.map(|line| format!(" {} |", dollars(line.usd()))).collect();
        writeln!(page, "| {} |{cells}", line.price.what)?;
    }
    let sum = |bill: &Vec<Line>| bill.iter().map(Line::usd).sum::<f64>();
    let sums: String = bills.iter().map(|bill| format!(" **{}** |", dollars(sum(bill)))).collect();
    writeln!(page, "| **Sum** |{sums}")?;
    let each = volumes.iter().zip(bills);
    let each: String = each
        .map(|(orders, bill)| format!(" {:.5} |", sum(bill) / f64::from(*orders).max(1.0)))
        .collect();
    writeln!(page, "| An order |{each}\n")?;
    write_counts(page, counts)?;
    write_prices(page, bills)
}

fn write_counts(page: &mut String, counts: &Counts) -> std::fmt::Result {
    let Counts { events, emails, pushes, sms, queues, standard_queues, alarms, metrics, traced } =
        counts;
    writeln!(page, "## What is counted\n")?;
    writeln!(
        page,
        "- An order has {events} events ({}), and by the\n  catalogue's \
         routes {emails} e-mails and {pushes:.1} push messages, as {:.0} % of customers have a device.",
        bill::EVENTS.join(", "),
        100.0 * bill::WITH_A_DEVICE,
    )?;
    writeln!(
        page,
        "- A message is sent, received and deleted, each by a request of its own: at higher loads batches make it less. \
         {}\n  queues are polled by {} pollers each, which ask every {} seconds, also where there is nothing.",
        queues + standard_queues,
        bill::POLLERS,
        bill::POLL_SECONDS,
    )?;
    writeln!(
        page,
        "- A function works for {} s on a message, in {} GB: an estimate, most of which waits for the provider.",
        bill::SECONDS,
        bill::MEMORY,
    )?;
    writeln!(
        page,
        "- An event is one write, two of the indexes by address and number, and {} reads (profile, suppressions\n  of \
         address and phone, and by half a read what they were told of late), a delivery two writes, and by push\n  one of \
         the index. On the samples in `events/` an event's item takes {} KB, a delivery's {}; a message takes\n  {} KB of \
         the log. Items stay for {} days.",
        bill::CUSTOMER_READS,
        bill::NOTIFICATION_KB,
        bill::DELIVERY_KB,
        bill::LOG_KB,
        bill::days_kept(),
    )?;
    writeln!(
        page,
        "- **Feedback**: SES publishes {} events of a mail (sent, delivered) to SNS, which fills a queue without charge; SNS \
         logs a push\n  message once. A report is one invocation, a log's line one more, each with a read and a write of \
         its delivery, and {} KB of\n  the log.",
        bill::MAIL_REPORTS,
        bill::REPORT_LOG_KB,
    )?;
    writeln!(
        page,
        "- **Outcomes**: each of these changes, and each acceptance, is one invocation on the ledger's stream at worst, of {} \
         s;\n  {:.0} % of deliveries fail and are published.",
        bill::OUTCOME_SECONDS,
        100.0 * bill::FAILED,
    )?;
    writeln!(
        page,
        "- The key is asked {} times: an estimate, as data keys are kept for minutes.",
        number(bill::KEY_CALLS),
    )?;
    writeln!(
        page,
        "- {metrics} metrics, whatever types and channels are used; alarms of `template.yaml` look at {alarms} metrics. {}",
        match traced {
            Traced::Sampled =>
                "Invocations are traced by\n  X-Ray's default rule: one a second, and a twentieth of the rest.",
            Traced::Never => "No invocation starts a trace.",
        },
    )?;
    writeln!(
        page,
        "- **SMS** are dearer than all else. If they are allowed, an order has {sms:.1} more, to customers without a \
         device. A part to the\n  US is ${:.5} and the carrier's fee; to other countries up to some twenty times as \
         much. A text may have several parts.",
        prices::SMS_US.usd / prices::SMS_US.per,
    )?;
    writeln!(
        page,
        "- Not counted: bounces and complaints, the webhook, queries of the log, data transfer, taxes, retries.\n"
    )
}

fn write_prices(page: &mut String, bills: &[Vec<Line>]) -> std::fmt::Result {
    writeln!(page, "## Prices\n")?;
    writeln!(page, "None was read on AWS's own pages; compare them with your bill.\n")?;
    writeln!(page, "| | US dollars | Always free | Source |")?;
    writeln!(page, "|---|---|---|---|")?;
    let lines = bills.first().into_iter().flatten().map(|line| line.price);
    for price in lines.chain([prices::SMS_US]) {
        let free = if price.free > 0.0 { number(price.free) } else { String::new() };
        writeln!(
            page,
            "| {} | {} {} | {free} | {} |",
            price.what, price.usd, price.unit, price.source
        )?;
    }
    Ok(())
}

/// Two digits, thousands apart.
fn dollars(usd: f64) -> String {
    let cents = (usd * 100.0).round();
    format!("{}.{:02}", number((cents / 100.0).floor()), cents % 100.0)
}

fn number(whole: f64) -> String {
    let digits = format!("{whole:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::VOLUMES;
    use super::*;

    /// `BELLHOP_REGENERATE=1` writes it anew.
    #[test]
    fn the_document_is_current() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/cost.md");
        let page = page(&VOLUMES).unwrap();
        if std::env::var_os("BELLHOP_REGENERATE").is_some_and(|value| value == "1") {
            fs::write(&file, &page).unwrap();
        }
        let written = fs::read_to_string(&file).unwrap_or_default();
        let how = "docs/cost.md is not current: cargo bellhop cost > docs/cost.md";
        assert_eq!(written, page, "{how}");
    }

    #[test]
    fn a_page_has_a_column_for_each_number_of_orders() {
        let page = page(&[5, 2_000_000]).unwrap();
        assert!(page.contains("| | 5 orders | 2,000,000 orders |"), "{page}");
        // Four e-mails each, at ten cents for a thousand.
        assert!(page.contains("| SES, e-mail | 0.00 | 800.00 |"), "{page}");
    }

    #[test]
    fn sums_have_two_digits_and_thousands_apart() {
        for (usd, text) in [
            (0.0, "0.00"),
            (0.005, "0.01"),
            (1.999, "2.00"),
            (1234.5, "1,234.50"),
            (4e6, "4,000,000.00"),
        ] {
            assert_eq!(dollars(usd), text);
        }
    }
}
