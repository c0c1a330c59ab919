use std::path::PathBuf;

use sop_ingest_service::pipeline::embed::{Embedder, dot};
use test_support::setting;

fn model() -> Embedder {
    Embedder::load(&PathBuf::from(setting("MODEL_DIR"))).unwrap()
}

#[tokio::test]
async fn vectors_are_those_of_the_model_as_it_was_published() {
    let texts = ["Open the gate.", "Wash your hands for at least 20 seconds before you touch food."];
    let vectors = model().embed(texts.map(str::to_owned).to_vec()).await.unwrap();
    // Worked out from the published weights in double precision.
    let expected = [
        [0.0737, -0.01696, -0.07074, 0.01224, 0.00105, -0.00495],
        [-0.00856, 0.00251, 0.0713, 0.04864, -0.04113, -0.01251],
    ];
    for (vector, expected) in vectors.iter().zip(expected) {
        assert!((dot(vector, vector) - 1.0).abs() < 1e-5);
        assert!(vector.iter().zip(expected).all(|(value, known)| (value - known).abs() < 2e-5), "{:?}", &vector[..6]);
    }
}

#[tokio::test]
async fn a_texts_vectors_do_not_depend_on_its_company() {
    let model = model();
    let texts: Vec<String> = (0..60)
        .map(|n| format!("Check pump {n} and {}write it down.", "the gauge, the seal, ".repeat(n % 7)))
        .collect();
    let together = model.embed_words(texts.clone()).await.unwrap();
    let again = model.embed_words(texts.clone()).await.unwrap();
    for (at, text) in texts.iter().enumerate().step_by(13) {
        let alone = model.embed(vec![text.clone()]).await.unwrap().remove(0);
        assert!(dot(&alone, &together[at].whole) > 0.999_99);
        assert_eq!(together[at].words, again[at].words);
        // One for each word; none for the comma and the full stop.
        assert!(together[at].words.len() >= text.split_whitespace().count());
    }
    assert!(model.embed(Vec::new()).await.unwrap().is_empty());
}
