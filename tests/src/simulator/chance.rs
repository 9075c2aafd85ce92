//! What befalls calls by chance. Each world has habits of its own: some troubles
//! are common there, others never happen, so that each is also seen alone.

use std::time::Duration;

use bellhop::model::Channel;
use bellhop::model::failure::SendFailure;

use super::fates::{Call, Fates, Reply};
use super::random::Random;

/// Troubles by chance.
#[derive(Debug)]
pub struct Chance {
    random: Random,
    troubles: u64,
    replies: Vec<(u64, Reply)>,
    send_events_lost: u64,
    send_events_late: u64,
    calm: bool,
}

impl Chance {
    /// The habits of this seed.
    pub fn seeded(seed: u64) -> Self {
        use SendFailure::{
            Configuration, NotSent, Permanent, QuotaExhausted, Throttled, Unrecognised,
        };

        let mut random = Random::seeded(seed);
        let possible = [
            (20, Reply::AcceptsSilently),
            (15, Reply::Vanishes),
            (20, Reply::Refuses(Throttled, "Throttled")),
            (10, Reply::Refuses(NotSent, "not_connected")),
            (10, Reply::Refuses(Permanent, "InvalidParameter")),
            (5, Reply::Refuses(Configuration, "KMSDisabled")),
            (5, Reply::Refuses(QuotaExhausted, "Throttling")),
            (5, Reply::Refuses(Unrecognised, "SomethingNew")),
        ];
        let mut replies = vec![(random.weighted(&[(3, 60), (1, 10)]), Reply::Accepts)];
        replies.extend(possible.into_iter().filter(|_| random.chance(400)));
        Self {
            troubles: random.weighted(&[(2, 0), (2, 30), (1, 150)]),
            send_events_lost: random.weighted(&[(2, 0), (1, 500)]),
            send_events_late: random.weighted(&[(2, 0), (1, 500)]),
            replies,
            random,
            calm: false,
        }
    }
}

impl Fates for Chance {
    fn call(&mut self) -> Call {
        if self.calm || !self.random.chance(self.troubles) {
            return Call::Works;
        }
        let troubles = [Call::Fails, Call::AnswerLost, Call::Repeated, Call::Late];
        self.random.weighted(&troubles.map(|trouble| (1, trouble)))
    }

    fn reply(&mut self, channel: Channel) -> Reply {
        if self.calm {
            return Reply::Accepts;
        }
        match self.random.weighted(&self.replies) {
            Reply::Refuses(SendFailure::Permanent, _)
                if channel == Channel::Push && self.random.chance(500) =>
            {
                Reply::Refuses(SendFailure::Permanent, "EndpointDisabled")
            }
            reply => reply,
        }
    }

    fn send_events(&mut self) -> Vec<Duration> {
        let mut delay = || match self.random.chance(self.send_events_late) {
            true => Duration::from_secs(self.random.below(3 * 60 * 60)),
            false => Duration::from_millis(self.random.below(5_000)),
        };
        let mut delays = vec![delay(), delay()];
        delays.truncate(1 + usize::from(self.random.chance(200)));
        delays.retain(|_| self.calm || !self.random.chance(self.send_events_lost));
        delays
    }

    fn calm(&mut self) {
        self.calm = true;
    }
}
