use bellhop_tests::simulator::{course, told};
#[test]
fn random() {
    let n: u64 = std::env::var("BELLHOP_SCHEDULES").ok().map_or(200, |n| n.parse().unwrap());
    if std::env::var_os("TRACE").is_some() {
        told::listening(|| {
            let o = course::run(std::env::var("BELLHOP_SEED").unwrap().parse().unwrap(), true);
            eprintln!("{o}");
        });
        return;
    }
    let first: u64 = std::env::var("BELLHOP_SEED").ok().map_or(0, |n| n.parse().unwrap());
    let all = std::sync::Mutex::new((
        bellhop_tests::simulator::outcome::Counts::default(),
        std::collections::BTreeMap::<String, Vec<u64>>::new(),
    ));
    std::thread::scope(|s| {
        for t in 0..2 {
            let all = &all;
            s.spawn(move || {
                told::listening(|| {
                    for seed in (first..first + n).filter(|s| s % 2 == t) {
                        let o = course::run(seed, false);
                        let mut all = all.lock().unwrap();
                        for v in &o.violations {
                            let how: String = v
                                .how
                                .split(' ')
                                .filter(|w| !w.contains(['-', '.', '#']) && w.len() != 4)
                                .collect::<Vec<_>>()
                                .join(" ");
                            let e = all.1.entry(format!("{}: {}", v.law, how)).or_default();
                            e.push(seed);
                        }
                        all.0 += o.counts;
                    }
                })
            });
        }
    });
    let all = all.into_inner().unwrap();
    eprintln!("{}", all.0);
    for (k, v) in all.1 {
        eprintln!("{} {k}  {:?}", v.len(), &v[..v.len().min(4)]);
    }
}
#[test]
fn every() {
    use bellhop::event::Channel;
    use bellhop::failure::SendFailure::*;
    use bellhop_tests::simulator::{
        every::{Scenario, explore},
        fates::Reply::*,
    };
    let leaps: usize = std::env::var("LEAPS").ok().map_or(1, |n| n.parse().unwrap());
    let stepped: usize = std::env::var("STEPPED").ok().map_or(2, |n| n.parse().unwrap());
    let stale: usize = std::env::var("STALE").ok().map_or(1, |n| n.parse().unwrap());
    told::listening(|| {
        for channel in Channel::ALL {
            for reply in [
                Accepts,
                AcceptsSilently,
                Vanishes,
                Refuses(Throttled, "Throttled"),
                Refuses(Permanent, "EndpointDisabled"),
                Refuses(Configuration, "KMSDisabled"),
            ] {
                for skews in [[0, 0, 0], [-10, 10, 0], [10, -10, 0]] {
                    let t = std::time::Instant::now();
                    let s = Scenario {
                        channel,
                        replies: vec![reply],
                        send_events: vec![1],
                        skews,
                        leaps,
                        stepped,
                    };
                    match explore(&s) {
                        Ok(e) => eprintln!(
                            "{channel} {reply:?} {skews:?}: {} places {} courses {} rests, {:?}",
                            e.places,
                            e.courses,
                            e.rests,
                            t.elapsed()
                        ),
                        Err(f) => {
                            eprintln!("{f}");
                        }
                    }
                }
            }
        }
    });
}
