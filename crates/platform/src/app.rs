//! A service's life: start, answer, work in the background, stop in good order.

mod http;

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use axum::Router;
use sqlx::PgPool;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use utoipa::openapi::OpenApi;

use crate::{
    Outbox,
    config::PlatformConfig,
    consumer::{Consumer, Handler},
    kafka::Kafka,
    relay::Relay,
    telemetry,
};

pub use http::{document, finish, router};

/// How long open requests and background tasks may take to end.
const GRACE: Duration = Duration::from_secs(8);

/// One process of a service.
pub struct App {
    service: &'static str,
    pool: PgPool,
    kafka: Kafka,
    outbox: Outbox,
    shutdown: CancellationToken,
    tasks: TaskTracker,
}

impl App {
    pub fn new(service: &'static str, config: &PlatformConfig, pool: PgPool, outbox: Outbox) -> Self {
        Self {
            service,
            pool,
            kafka: Kafka::new(config),
            outbox,
            shutdown: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    /// Told when the process is to stop.
    pub fn shutdown(&self) -> CancellationToken {
        self.shutdown.clone()
    }

    /// Runs `task` beside the server. It must end soon after [`App::shutdown`] is cancelled.
    pub fn spawn<F>(&self, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.tasks.spawn(task);
    }

    /// Starts sending what the outbox holds.
    ///
    /// # Errors
    /// A Kafka setting that is refused.
    pub fn relay(&self) -> anyhow::Result<()> {
        let relay = Relay::new(self.pool.clone(), self.kafka.clone())?;
        self.spawn(relay.run(self.shutdown()));
        self.spawn(self.outbox.clone().ring(self.pool.clone(), self.shutdown()));
        Ok(())
    }

    /// Starts taking events.
    ///
    /// # Errors
    /// A Kafka setting that is refused.
    pub fn consume<H: Handler>(&self, handler: H) -> anyhow::Result<()> {
        let consumer =
            Consumer::new(self.service, self.pool.clone(), self.kafka.clone(), self.outbox.clone(), handler)?;
        let shutdown = self.shutdown();
        self.spawn(async move {
            if let Err(error) = consumer.run(shutdown).await {
                tracing::error!(error.message = %error, "the consumer cannot run");
            }
        });
        Ok(())
    }

    /// Answers requests until SIGTERM or SIGINT, then lets what is under way end.
    ///
    /// # Errors
    /// The address cannot be had, or the metrics recorder cannot be installed.
    pub async fn run(self, addr: SocketAddr, routes: Router, openapi: OpenApi) -> anyhow::Result<()> {
        let metrics = telemetry::metrics_handle()?;
        self.spawn(telemetry::upkeep(metrics, self.shutdown()));
        let app = router(self.service, self.pool.clone(), routes, openapi, metrics);
        let listener = TcpListener::bind(addr).await.with_context(|| format!("cannot listen on {addr}"))?;
        tracing::info!(service = self.service, http.addr = %listener.local_addr()?, "ready to answer");
        let stop = self.shutdown.clone();
        tokio::spawn(async move {
            terminated().await;
            stop.cancel();
        });
        let server = axum::serve(listener, app).with_graceful_shutdown(self.shutdown.clone().cancelled_owned());
        let mut server = tokio::spawn(server.into_future());
        tokio::select! {
            ended = &mut server => ended??,
            () = self.shutdown.cancelled() => {}
        }
        self.shutdown.cancel();
        self.tasks.close();
        // Streams that stay open and tasks that hang do not keep the process alive.
        let ended = tokio::time::timeout(GRACE, async {
            self.tasks.wait().await;
            if !server.is_finished() {
                let _ = tokio::time::timeout(Duration::from_secs(2), &mut server).await;
            }
        });
        if ended.await.is_err() {
            tracing::warn!("stopped before everything had ended");
        }
        Ok(())
    }
}

async fn terminated() {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
