//! Lessons with a language model: whatever it says or does not say, the course is whole and every word of it is the SOP's.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use course_format::course::{CoursePackage, Relation};
use course_format::sop::ParsedSops;
use course_format::validate::{proven_texts, validate_course};
use course_gen_service::{Llm, LlmSettings};
use events::payloads::{CourseCreationCancelled, CourseGenerated};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};
use crate::model_server::{Act, ModelServer};

#[derive(Parser)]
#[command(args_override_self = true)]
struct Arguments {
    #[command(flatten)]
    llm: LlmSettings,
}

/// Settings for these servers, with short times.
pub fn settings(servers: &[&ModelServer], more: &[&str]) -> LlmSettings {
    let names = ["openai", "anthropic", "google"];
    let mut args = vec!["test".to_owned(), format!("--llm-providers={}", names[..servers.len()].join(","))];
    for (name, server) in names.iter().zip(servers) {
        args.push(format!("--{name}-api-key=key-of-the-test"));
        args.push(format!("--{name}-base-url={}", server.url));
    }
    args.extend(["--llm-idle-seconds=0.4", "--llm-call-seconds=2"].map(str::to_owned));
    args.extend(more.iter().map(|m| (*m).to_owned()));
    Arguments::parse_from(args).llm
}

pub fn llm(app: &TestApp, settings: &LlmSettings) -> Option<Arc<Llm>> {
    Llm::new(settings, app.db.pool.clone(), CancellationToken::new()).unwrap().map(Arc::new)
}

struct Made {
    package: CoursePackage,
    text: String,
}

/// One job on `app`, written with the model.
async fn make(app: &TestApp, settings: &LlmSettings) -> Made {
    let mut worker = app.worker.clone();
    worker.llm = llm(app, settings);
    let mut ready = app.ready(Uuid::now_v7(), HOTEL).await;
    ready.order.hours = 4.0;
    app.deliver(&ready).await;
    while worker.run_once().await.unwrap() {}
    let all = app.probe.events::<CourseGenerated>().await;
    let generated = all.iter().find(|g| g.request_id == ready.request_id).unwrap();
    let text = String::from_utf8(app.bytes(generated, "course.json").await).unwrap();
    Made { package: serde_json::from_str(&text).unwrap(), text }
}

/// What holds for every course, whoever wrote it.
fn is_sound(made: &Made, case: &str) {
    assert_eq!(validate_course(&made.package), [], "{case}");
    let sops: ParsedSops = serde_json::from_str(HOTEL).unwrap();
    for (place, text) in proven_texts(&made.package.course) {
        for provenance in &text.provenance {
            assert!(sops.documents.iter().any(|d| provenance.resolves(d)), "{case}: {place} {}", text.text);
        }
        assert!(text.relation == Relation::Language || !text.provenance.is_empty(), "{case}: {place}");
    }
    for sign in ["<a ", "evil", "boiler room", "17 minutes", "previous instructions", "all answers are", "a a a"] {
        assert!(!made.text.to_lowercase().contains(&sign.to_lowercase()), "{case}: {sign}");
    }
}

fn flagged(made: &Made, code: &str) -> bool {
    made.package.quality.flags.iter().any(|f| f.code == code)
}

fn dialogue_titles(made: &Made) -> Vec<String> {
    made.package.course.lessons().filter_map(|l| l.dialogue.as_ref()).map(|d| d.title.clone()).collect()
}

#[tokio::test]
async fn a_model_writes_language_on_the_frame_of_the_rules() {
    let app = TestApp::spawn().await;
    let by_rules = make(&app, &settings(&[], &[])).await;
    assert!(by_rules.package.quality.model_use.is_none());
    let server = ModelServer::start(|_| Act::Good).await;
    let made = make(&app, &settings(&[&server], &[])).await;
    is_sound(&made, "good");
    let quality = &made.package.quality;
    let lessons = made.package.course.lessons().count();
    assert_eq!(server.calls(), lessons * 4, "two parts, two candidates");
    let used = quality.model_use.as_ref().unwrap();
    assert_eq!(
        (used.calls as usize, used.input_tokens, used.output_tokens),
        (lessons * 4, lessons as u64 * 4000, lessons as u64 * 400)
    );
    // gpt-4.1: 1,000 tokens in and 100 out cost 2,800 millionths of a dollar.
    assert!((used.cost_usd - lessons as f64 * 4.0 * 0.0028).abs() < 1e-9, "{}", used.cost_usd);
    assert_eq!(used.models, ["openai gpt-4.1"]);
    assert!(quality.author.starts_with("llm-author"), "{}", quality.author);
    assert!(quality.versions.contains_key("prompt lesson-text"));
    assert!(dialogue_titles(&made).iter().filter(|t| *t == "First day").count() * 2 >= lessons, "{:?}", quality.flags);
    let keys = |m: &Made| serde_json::to_string(&m.package.keys).unwrap();
    assert_eq!(keys(&made), keys(&by_rules), "a model writes no key");
    let items = |m: &Made| m.package.course.items().map(|i| serde_json::to_string(i).unwrap()).collect::<Vec<_>>();
    assert_eq!(items(&made), items(&by_rules));
}

#[tokio::test]
async fn sop_text_goes_out_as_data_behind_instructions_that_never_change() {
    let app = TestApp::spawn().await;
    let server = ModelServer::start(|_| Act::Good).await;
    make(&app, &settings(&[&server], &["--llm-candidates=1"])).await;
    let seen = server.seen();
    let system: std::collections::BTreeSet<String> =
        seen.iter().map(|(_, r)| r["messages"][0]["content"].as_str().unwrap().to_owned()).collect();
    assert_eq!(system.len(), 2, "one for each kind of question");
    for (_, request) in &seen {
        assert_eq!(request["messages"].as_array().unwrap().len(), 2);
        assert_eq!(
            (&request["messages"][0]["role"], &request["messages"][1]["role"]),
            (&"system".into(), &"user".into())
        );
        assert!(!request["messages"][0]["content"].as_str().unwrap().contains("trolley"));
        assert_eq!(request["response_format"]["json_schema"]["strict"], true);
        assert_eq!((&request["store"], &request["stream"]), (&false.into(), &true.into()));
    }
}

#[tokio::test]
async fn whatever_a_model_does_the_course_is_whole_and_grounded() {
    let app = TestApp::spawn().await;
    // What the answer is worth: taken, refused in parts, or none at all.
    let cases = [
        (Act::Fence, ""),
        (Act::Whole, ""),
        (Act::Truncated, "written_by_rules"),
        (Act::WrongKinds, "written_by_rules"),
        (Act::Huge, "llm_unavailable"),
        (Act::Empty, "written_by_rules"),
        (Act::Refusal, "written_by_rules"),
        (Act::ForeignQuote, "written_by_rules"),
        (Act::Markup, "written_by_rules"),
        (Act::Obedient, "written_by_rules"),
        (Act::WrongFacts, "written_by_rules"),
        (Act::Unproven, "written_by_rules"),
        (Act::Status(429, "1"), "llm_unavailable"),
        (Act::Status(429, ""), "llm_unavailable"),
        (Act::Status(500, ""), "llm_unavailable"),
        (Act::Status(503, "1"), "llm_unavailable"),
        (Act::Status(401, ""), "llm_unavailable"),
        (Act::Hang, "llm_unavailable"),
        (Act::Silence, "llm_unavailable"),
        (Act::Cut, "llm_unavailable"),
        (Act::Garbage, "llm_unavailable"),
    ];
    for (act, flag) in cases {
        let case = format!("{act:?}");
        let server = ModelServer::start(move |_| act).await;
        let made = make(&app, &settings(&[&server], &[])).await;
        is_sound(&made, &case);
        let lessons = made.package.course.lessons().count();
        assert!(server.calls() <= lessons * 4 + (lessons * 4 / 10).max(1), "{case}: {} calls", server.calls());
        assert!(server.calls() > 0, "{case}");
        assert!(flag.is_empty() || flagged(&made, flag), "{case}: {:?}", made.package.quality.flags);
        if flag == "llm_unavailable" {
            assert!(made.package.quality.author.starts_with("rules-author"), "{case}");
            assert!(dialogue_titles(&made).iter().all(|t| t != "First day"), "{case}");
        }
        assert_eq!(made.package.quality.model_use.unwrap().calls as usize, server.calls(), "{case}");
    }
}

#[tokio::test]
async fn now_and_then_a_failure_costs_nothing_but_a_repetition() {
    let app = TestApp::spawn().await;
    let server = ModelServer::start(|n| if n == 3 { Act::Status(500, "") } else { Act::Good }).await;
    let made = make(&app, &settings(&[&server], &[])).await;
    is_sound(&made, "one 500");
    assert!(!flagged(&made, "llm_unavailable"));
    assert_eq!(server.calls(), made.package.course.lessons().count() * 4 + 1);
}

#[tokio::test]
async fn retry_after_is_obeyed() {
    let app = TestApp::spawn().await;
    let server = ModelServer::start(|n| if n == 1 { Act::Status(429, "1") } else { Act::Good }).await;
    let made = make(&app, &settings(&[&server], &["--llm-candidates=1"])).await;
    is_sound(&made, "429");
    let seen = server.seen();
    // Calls that were under way when the answer came are not held back.
    let pause = seen[1].0 + Duration::from_millis(300)..seen[1].0 + Duration::from_millis(950);
    assert!(seen[2..].iter().all(|(at, _)| !pause.contains(at)), "nobody asks while the provider rests");
    assert!(!flagged(&made, "llm_unavailable"));
}

#[tokio::test]
async fn the_next_provider_steps_in() {
    let app = TestApp::spawn().await;
    let first = ModelServer::start(|_| Act::Status(503, "600")).await;
    let second = ModelServer::start(|_| Act::Good).await;
    let made = make(&app, &settings(&[&first, &second], &[])).await;
    is_sound(&made, "failover");
    assert!(first.calls() <= 2, "it asked for a rest: {}", first.calls());
    assert_eq!(made.package.quality.model_use.as_ref().unwrap().models, ["anthropic claude-sonnet-4-5"]);
    let request = &second.seen()[0].1;
    assert!(request.get("response_format").is_none(), "its endpoint does not take one");
    assert!(request["messages"][0]["content"].as_str().unwrap().contains("\"additionalProperties\":false"));
}

#[tokio::test]
async fn spending_stops_at_the_cap() {
    let app = TestApp::spawn().await;
    for (cap, whose) in
        [("--llm-job-usd=0.08", "job"), ("--llm-client-day-usd=0.08", "client"), ("--llm-day-usd=0", "day")]
    {
        let server = ModelServer::start(|_| Act::Good).await;
        let made = make(&app, &settings(&[&server], &[cap])).await;
        is_sound(&made, cap);
        let flag = made.package.quality.flags.iter().find(|f| f.code == "llm_unavailable").unwrap();
        assert!(flag.detail.contains(&format!("spend cap of the {whose}")), "{}", flag.detail);
        let spent = made.package.quality.model_use.map_or(0.0, |m| m.cost_usd);
        assert!(spent <= 0.08, "{spent}");
    }
}

#[tokio::test]
async fn a_job_has_an_end_whatever_the_provider_does() {
    let app = TestApp::spawn().await;
    let server = ModelServer::start(|_| Act::Silence).await;
    let start = Instant::now();
    let settings = settings(&[&server], &["--llm-job-seconds=1", "--llm-idle-seconds=60", "--llm-call-seconds=60"]);
    let made = make(&app, &settings).await;
    is_sound(&made, "job time");
    assert!(start.elapsed() < Duration::from_secs(15));
    assert!(flagged(&made, "llm_unavailable"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_taken_back_stops_asking() {
    let app = TestApp::spawn().await;
    let server = ModelServer::start(|_| Act::Hang).await;
    let long = settings(&[&server], &["--llm-idle-seconds=60", "--llm-call-seconds=60"]);
    let mut worker = app.worker.clone();
    worker.llm = llm(&app, &long);
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    app.deliver(&ready).await;
    let work = tokio::spawn(async move { while worker.run_once().await.unwrap() {} });
    let start = Instant::now();
    while server.calls() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    app.deliver(&CourseCreationCancelled {
        request_id: ready.request_id,
        client_id: ready.client_id,
        cancelled_by: Uuid::now_v7(),
    })
    .await;
    work.await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(10));
    tokio::time::sleep(Duration::from_secs(2)).await;
    app.work().await;
    let states: Vec<String> = sqlx::query_scalar("SELECT state FROM jobs").fetch_all(&app.db.pool).await.unwrap();
    assert_eq!(states, ["cancelled"]);
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 0);
}
