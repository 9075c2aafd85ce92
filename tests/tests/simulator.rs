//! The laws of delivery, in a simulator that runs the real planning, ledger and
//! sending under a virtual clock: workers die or stand still between any two
//! steps, queues deliver twice, providers' answers are lost.

use bellhop::event::Channel;
use bellhop_tests::simulator::every::{Scenario, explore};
use bellhop_tests::simulator::fates::Reply;
use bellhop_tests::simulator::told;

/// Two workers on one job, whose provider accepts without an answer: every order
/// of their steps, and every point at which either may stop or stand still.
fn in_every_course(channel: Channel) {
    let scenario = Scenario {
        channel,
        replies: vec![Reply::AcceptsSilently],
        send_events: vec![1],
        skews: [0, 0, 0],
        leaps: 1,
        stepped: 2,
    };
    told::listening(|| match explore(&scenario) {
        Ok(explored) => assert!(explored.courses > 1000, "{} courses", explored.courses),
        Err(broken) => panic!("{broken}"),
    });
}

#[test]
fn the_laws_hold_in_every_course_of_two_workers_on_one_email() {
    in_every_course(Channel::Email);
}

#[test]
fn the_laws_hold_in_every_course_of_two_workers_on_one_sms() {
    in_every_course(Channel::Sms);
}

#[test]
fn the_laws_hold_in_every_course_of_two_workers_on_one_push() {
    in_every_course(Channel::Push);
}
