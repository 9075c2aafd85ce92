use bellhop_tests::simulator::{course, told};
#[test]
fn random() {
    let n: u64 = std::env::var("BELLHOP_SCHEDULES").ok().map_or(200, |n| n.parse().unwrap());
    told::listening(|| {
        let mut counts = bellhop_tests::simulator::outcome::Counts::default();
        let first: u64 = std::env::var("BELLHOP_SEED").ok().map_or(0, |n| n.parse().unwrap());
        for seed in first..first+n {
            let o = course::run(seed, false);
            if !o.violations.is_empty() {
                let o = course::run(seed, true);
                panic!("seed {seed}\n{o}");
            }
            counts += o.counts;
        }
        eprintln!("{counts}");
    });
}
