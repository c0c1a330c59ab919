#[test]
fn the_committed_openapi_document_is_the_routes() {
    test_support::committed(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json"), &sop_ingest_service::openapi());
}
