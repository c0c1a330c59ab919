//! How long an event takes from the commit that tells of it to the commit of its effect in another service, and how many
//! get through: a producing and a consuming service in one process, each with its own database, and between them the real
//! outbox, relay, Kafka and consumer. Prints JSON. `infra/bench/run` starts it on a stack where Postgres keeps the times
//! of commits, so that both ends are read off the same clock.

mod services;
mod times;
mod writes;

use clap::Parser;
use serde::Serialize;
use services::{Consuming, Producing};
use times::Times;

#[derive(Parser)]
struct Args {
    #[arg(long, env = "KAFKA_BROKERS")]
    kafka_brokers: String,
    /// Events a second, each from a transaction of its own; measured one after the other.
    #[arg(long, value_delimiter = ',', default_value = "50,500")]
    rates: Vec<u32>,
    #[arg(long, default_value_t = 20)]
    seconds: u32,
    /// Events that wait in the outbox when the relay starts.
    #[arg(long, default_value_t = 20_000)]
    backlog: u32,
}

#[derive(Serialize)]
struct Report {
    steady: Vec<Steady>,
    drain: Drain,
    writes: writes::Writes,
}

#[derive(Serialize)]
struct Steady {
    per_second: u32,
    events: usize,
    /// Of the commit in the producer's database to the commit of the effect in the consumer's.
    effect: Times,
    /// Of the commit to the moment when the relay knew that Kafka has the event.
    sent: Times,
}

#[derive(Serialize)]
struct Drain {
    events: u32,
    /// Until the last effect was committed.
    seconds: f64,
    per_second: f64,
    /// The relay alone.
    sent_per_second: f64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let prefix = services::topics(&args.kafka_brokers).await?;
    let producing = Producing::start(&args.kafka_brokers, &prefix).await?;
    let consuming = Consuming::start(&args.kafka_brokers, &prefix).await?;

    // The group is joined, connections and plans are warm.
    producing.emit(50, 2).await?;
    consuming.wait_for(producing.committed().await?).await?;

    let mut steady = Vec::new();
    for &rate in &args.rates {
        eprintln!("{rate} events a second for {} s", args.seconds);
        steady.push(at_rate(&producing, &consuming, rate, args.seconds).await?);
    }
    eprintln!("{} events from a full outbox", args.backlog);
    let drain = drain(&producing, &consuming, args.backlog).await?;
    eprintln!("Commits with and without an event");
    let writes = writes::compare(&producing).await?;
    println!("{}", serde_json::to_string_pretty(&Report { steady, drain, writes })?);
    Ok(())
}

async fn at_rate(producing: &Producing, consuming: &Consuming, rate: u32, seconds: u32) -> anyhow::Result<Steady> {
    let since = producing.now().await?;
    producing.emit(rate, seconds).await?;
    consuming.wait_for(producing.committed().await?).await?;
    let (committed, sent) = producing.times(since).await?;
    let effects = consuming.times().await?;
    let delays = |ends: &services::Moments| {
        committed
            .iter()
            .filter_map(|(id, at)| Some((*ends.get(id)? - *at).as_seconds_f64() * 1000.0))
            .collect::<Vec<_>>()
    };
    Ok(Steady {
        per_second: rate,
        events: committed.len(),
        effect: Times::of(delays(&effects)),
        sent: Times::of(delays(&sent)),
    })
}

async fn drain(producing: &Producing, consuming: &Consuming, backlog: u32) -> anyhow::Result<Drain> {
    producing.stop_relay().await;
    let since = producing.now().await?;
    producing.fill(backlog).await?;
    let started = producing.now().await?;
    producing.start_relay()?;
    consuming.wait_for(producing.committed().await?).await?;
    let (committed, sent) = producing.times(since).await?;
    let effects = consuming.times().await?;
    let last = |moments: &services::Moments| {
        let end = committed.keys().filter_map(|id| moments.get(id)).max().copied().unwrap_or(started);
        (end - started).as_seconds_f64()
    };
    let seconds = last(&effects);
    Ok(Drain {
        events: backlog,
        seconds,
        per_second: f64::from(backlog) / seconds,
        sent_per_second: f64::from(backlog) / last(&sent),
    })
}
