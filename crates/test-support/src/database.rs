use sqlx::{Connection as _, PgConnection, PgPool, migrate::Migrator};
use uuid::Uuid;

/// A migrated database that exists for one test and is dropped with this.
pub struct Database {
    pub pool: PgPool,
    pub url: String,
    name: String,
}

impl Database {
    /// # Panics
    /// When Postgres is away or a migration fails.
    pub async fn create(service: &Migrator) -> Self {
        let admin = crate::setting("TEST_DATABASE_ADMIN_URL");
        let name = format!("test_{}", Uuid::new_v4().simple());
        let mut connection = PgConnection::connect(&admin).await.expect("Postgres of the test stack");
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.unwrap();
        let (base, query) = admin.split_once('?').unwrap_or((&admin, ""));
        let server = base.rsplit_once('/').expect("a database in TEST_DATABASE_ADMIN_URL").0;
        let url = format!("{server}/{name}?{query}");
        let pool = platform::db::pool(&url).unwrap();
        platform::db::migrate(&pool, service).await.unwrap();
        Self { pool, url, name }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // Drop cannot wait; a thread of its own can, and a database left behind is only litter.
        let _ = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                if let Ok(mut admin) = PgConnection::connect(&crate::setting("TEST_DATABASE_ADMIN_URL")).await {
                    let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                    let _ = sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await;
                }
            });
        })
        .join();
    }
}
