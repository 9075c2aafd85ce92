#![no_main]

use bellhop_tests::fuzz;
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    // The check survives a parser that panics; libFuzzer's own hook would not let it. A
    // panic that leaves the target still ends the process.
    init: std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))),
    |data: &[u8]| fuzz::template(data)
);
