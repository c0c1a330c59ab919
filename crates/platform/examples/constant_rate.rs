//! Sends GET requests at a constant rate, whether or not the ones before were answered, and prints how long they took as
//! JSON. A request's time counts from when it was due, so that a slow answer cannot hide the wait of those behind it.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    time::{Duration, Instant},
};

use clap::Parser;
use serde_json::json;
use tokio::task::JoinSet;

#[derive(Parser)]
struct Args {
    url: String,
    #[arg(long, default_value_t = 200)]
    rate: u32,
    #[arg(long, default_value_t = 20)]
    seconds: u32,
    /// Seconds at the same rate before, not counted.
    #[arg(long, default_value_t = 2)]
    warm_up: u32,
    /// Access tokens, one a line; the callers take turns.
    #[arg(long)]
    tokens: Option<PathBuf>,
    /// Certificate authority to trust.
    #[arg(long)]
    ca: Option<PathBuf>,
}

/// Status (0 when there was no answer), milliseconds, length of the body.
type Outcome = (u16, f64, usize);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10));
    if let Some(path) = &args.ca {
        client = client.tls_certs_only([reqwest::Certificate::from_pem(&std::fs::read(path)?)?]);
    }
    let client = client.build()?;
    let tokens: Vec<String> = match &args.tokens {
        Some(path) => std::fs::read_to_string(path)?.lines().map(str::to_owned).collect(),
        None => Vec::new(),
    };
    run(&client, &args, &tokens, args.warm_up).await?;
    let start = Instant::now();
    let outcomes = run(&client, &args, &tokens, args.seconds).await?;
    report(&args, &outcomes, start.elapsed())
}

async fn run(client: &reqwest::Client, args: &Args, tokens: &[String], seconds: u32) -> anyhow::Result<Vec<Outcome>> {
    let start = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..args.rate * seconds {
        let due = start + Duration::from_secs(1) * number / args.rate;
        tokio::time::sleep_until(due.into()).await;
        let mut request = client.get(&args.url);
        if let Some(token) = tokens.get(number as usize % tokens.len().max(1)) {
            request = request.bearer_auth(token);
        }
        running.spawn(async move {
            let (status, length) = answer(request).await.unwrap_or((0, 0));
            (status, due.elapsed().as_secs_f64() * 1000.0, length)
        });
    }
    let mut outcomes = Vec::new();
    while let Some(outcome) = running.join_next().await {
        outcomes.push(outcome?);
    }
    Ok(outcomes)
}

async fn answer(request: reqwest::RequestBuilder) -> Result<(u16, usize), reqwest::Error> {
    let response = request.send().await?;
    let status = response.status().as_u16();
    Ok((status, response.bytes().await?.len()))
}

fn report(args: &Args, outcomes: &[Outcome], took: Duration) -> anyhow::Result<()> {
    let mut statuses = BTreeMap::<String, usize>::new();
    for (status, ..) in outcomes {
        *statuses.entry(if *status == 0 { "no answer".to_owned() } else { status.to_string() }).or_default() += 1;
    }
    let good: Vec<_> = outcomes.iter().filter(|(status, ..)| *status == 200).collect();
    let mut times: Vec<f64> = good.iter().map(|(_, milliseconds, _)| *milliseconds).collect();
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get((times.len() * percent).div_ceil(100).max(1) - 1).copied();
    let report = json!({
        "rate": args.rate,
        "answered_per_second": good.len() as f64 / took.as_secs_f64(),
        "requests": outcomes.len(),
        "errors": outcomes.len() - good.len(),
        "statuses": statuses,
        "body_bytes": good.iter().map(|(.., length)| length).sum::<usize>() / good.len().max(1),
        "p50_ms": at(50),
        "p90_ms": at(90),
        "p99_ms": at(99),
        "max_ms": at(100),
    });
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}
