use std::path::Path;

#[test]
fn the_committed_openapi_document_is_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let document = platform::app::document(&user_service::router::openapi()).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &document).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == document, "openapi.json is out of date: run `UPDATE=1 cargo test -p user-service openapi`");
}
