use bellhop_cli::local::*;
#[tokio::main]
async fn main() {
    let mode = std::env::args().nth(1).unwrap();
    match mode.as_str() {
        "run" => {
            let mut options = Options::default();
            if let Some(p) = std::env::args().nth(2) { options.port = p.parse().ok(); }
            if let Ok(t) = std::env::var("TEMPLATE") { options.template = Some(t.into()); }
            match LocalAws::start(options, &ToStderr).await {
                Ok(aws) => {
                    println!("{:#?}", aws.stack);
                    if std::env::var("STAY").is_ok() { tokio::time::sleep(std::time::Duration::from_secs(600)).await; }
                    let t = std::time::Instant::now(); drop(aws); println!("ended in {:?}", t.elapsed());
                }
                Err(e) => { println!("ERROR {e}"); std::process::exit(1) }
            }
        }
        "up" => println!("{}", up(Options::default(), &ToStderr).await.map_or_else(|e| format!("ERROR {e}"), |s| serde_json::to_string(&s).unwrap())),
        "down" => println!("{:?}", down().await),
        "standing" => println!("{:?}", standing().await),
        "local-recorder" => {
            let upstream = std::env::args().nth(3).unwrap();
            recorder::serve_inherited(upstream, Default::default()).await.unwrap()
        }
        _ => {}
    }
}
