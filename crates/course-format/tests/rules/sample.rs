//! A course from the sample SOP with one item of every type, and short ways to make single items.

use std::collections::BTreeMap;

use course_format::Level;
use course_format::course::{
    Activity, Answer, AnswerKeys, Assessment, Choice, Course, CoursePackage, GapPiece, Gloss, Item, ItemBody, ItemKey,
    ItemType, Lesson, LineRole, Proven, Provenance, QualityReport, Reading, ReadingLine, Relation, RubricPoint,
    SopReference, Unit, VocabularyEntry, VocabularyKind,
};
use uuid::Uuid;

use crate::sample_items::more_items;
use crate::sample_lesson::parts_of_a_lesson;
use crate::sample_sop::{DOCUMENT, id, sop, span};

pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// Choices whose ids are their texts.
pub fn choices(texts: &[&str]) -> Vec<Choice> {
    texts.iter().map(|text| Choice { id: (*text).to_owned(), text: (*text).to_owned() }).collect()
}

pub fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
}

pub fn item(n: u128, body: ItemBody) -> Item {
    Item {
        id: uuid(n),
        stem: "What does the procedure say?".to_owned(),
        body,
        critical: false,
        points: 2,
        demand: None,
        expected_right: None,
    }
}

pub fn key(answer: Answer) -> ItemKey {
    ItemKey {
        answer,
        rationale: "Food above 8 °C is not safe.".to_owned(),
        relation: Relation::Infer,
        provenance: vec![quote("refuse", "Refuse food that is warmer than 8 °C.")],
        options: BTreeMap::new(),
    }
}

pub fn quote(clause: &str, words: &str) -> Provenance {
    Provenance {
        document_id: DOCUMENT,
        clause_id: id(clause),
        quote: words.to_owned(),
        span: span(words),
        page: 1,
        section: Some("Receiving chilled food".to_owned()),
    }
}

pub fn proven(relation: Relation, text: &str, clause: &str, words: &str) -> Proven {
    Proven { text: text.to_owned(), relation, provenance: vec![quote(clause, words)] }
}

pub fn single_choice() -> (Item, ItemKey) {
    let body = ItemBody::SingleChoice { options: choices(&["5 °C", "8 °C", "20 °C"]) };
    (item(101, body), key(Answer::SingleChoice { choice: "8 °C".to_owned() }))
}

pub fn multi_select() -> (Item, ItemKey) {
    let options = choices(&["check it", "sign the note", "leave it on the floor", "taste it"]);
    let answer = Answer::MultiSelect { choices: strings(&["check it", "sign the note"]) };
    (item(102, ItemBody::MultiSelect { options, select: 2 }), key(answer))
}

/// One gap, `g1`, in a sentence.
pub fn gap(accepted: &[&str]) -> (Item, ItemKey) {
    let text = |text: &str| GapPiece::Text { text: text.to_owned() };
    let pieces = vec![text("Look at the"), GapPiece::Gap { id: "g1".to_owned(), hint: None }, text("first.")];
    let accepted = BTreeMap::from([("g1".to_owned(), strings(accepted))]);
    (item(103, ItemBody::Gap { pieces }), key(Answer::Gap { accepted }))
}

pub fn matching() -> (Item, ItemKey) {
    let body = ItemBody::Matching {
        left: choices(&["check", "refuse", "sign"]),
        right: choices(&["delivery note", "temperature", "floor", "warm food"]),
    };
    let pairs = map(&[("check", "temperature"), ("refuse", "warm food"), ("sign", "delivery note")]);
    (item(104, body), key(Answer::Matching { pairs }))
}

pub fn ordering(exact: bool) -> (Item, ItemKey) {
    let steps = choices(&["sign", "check", "store", "refuse"]);
    let order = strings(&["check", "refuse", "sign", "store"]);
    (item(105, ItemBody::StepOrdering { steps }), key(Answer::StepOrdering { order, exact, precedence: Vec::new() }))
}

pub fn short_answer() -> (Item, ItemKey) {
    let point = |description: &str, tokens: &[&str], points| RubricPoint {
        description: description.to_owned(),
        tokens: strings(tokens),
        points,
    };
    let rubric = vec![
        point("names the probe thermometer", &["thermometer", "probe"], 1),
        point("names the limit", &["8 °C", "eight degrees"], 2),
    ];
    let model = "I check it with the probe thermometer. It must not be above 8 °C.".to_owned();
    let body = ItemBody::ShortAnswer { min_words: 3, max_words: 15 };
    (item(106, body), key(Answer::ShortAnswer { model, rubric }))
}

pub fn all_items() -> Vec<(Item, ItemKey)> {
    let first =
        vec![single_choice(), multi_select(), gap(&["thermometer"]), matching(), ordering(false), short_answer()];
    first.into_iter().chain(more_items()).collect()
}

pub fn package() -> CoursePackage {
    let (items, mut keys): (Vec<Item>, BTreeMap<Uuid, ItemKey>) =
        all_items().into_iter().map(|(item, key)| (item.clone(), (item.id, key))).unzip();
    let (mut last, last_key) = ordering(true);
    last.id = uuid(201);
    last.critical = true;
    keys.insert(last.id, last_key);
    let course = Course {
        format_version: "1.1".to_owned(),
        course_id: uuid(1),
        request_id: uuid(2),
        client_id: uuid(3),
        title: "English for receiving chilled food".to_owned(),
        level: Level::B1,
        hours: 1.5,
        sops: vec![SopReference {
            document_id: DOCUMENT,
            title: sop().title,
            version: 1,
            sha256: sop().version.sha256,
        }],
        entry_test: None,
        units: vec![Unit {
            id: uuid(10),
            number: 1,
            title: "Deliveries".to_owned(),
            lessons: vec![lesson(items)],
            test: None,
        }],
        assessment: Assessment { id: uuid(20), title: "Final test".to_owned(), pass_mark: 0.75, items: vec![last] },
    };
    CoursePackage { course, keys: AnswerKeys(keys), quality: quality() }
}

fn lesson(items: Vec<Item>) -> Lesson {
    let steps = [
        ("1", "Check the temperature of every delivery with the probe thermometer.", "check"),
        ("2", "Refuse food that is warmer than 8 °C.", "refuse"),
    ];
    let line = |(n, (label, text, clause)): (u128, (&str, &str, &str))| ReadingLine {
        id: uuid(40 + n),
        label: Some(label.to_owned()),
        role: LineRole::Step,
        text: proven(Relation::Quote, text, clause, text),
    };
    Lesson {
        id: uuid(11),
        number: 1,
        title: "Is it cold enough?".to_owned(),
        minutes: 45,
        objectives: vec![proven(
            Relation::Compress,
            "I can refuse food that is too warm.",
            "refuse",
            "Refuse food that is warmer than 8 °C.",
        )],
        vocabulary: vec![VocabularyEntry {
            id: uuid(30),
            term: "delivery log".to_owned(),
            kind: VocabularyKind::Term,
            collocations: vec![proven(Relation::Quote, "delivery is recorded", "log", "delivery is recorded")],
            part_of_speech: Some("noun".to_owned()),
            definition: Some(Proven::language("a book for notes about what arrived")),
            example: proven(
                Relation::Quote,
                "The delivery log is the book in which every delivery is recorded.",
                "log",
                "The delivery log is the book in which every delivery is recorded.",
            ),
        }],
        reading: Reading {
            title: "A delivery arrives".to_owned(),
            lines: (0..).zip(steps).map(line).collect(),
            glosses: vec![Gloss { word: "refuse".to_owned(), meaning: Proven::language("say no to") }],
            before_reading: Some(Proven::language("Who refuses a delivery? Find the answer in the text.")),
            ..Reading::default()
        },
        activities: vec![Activity {
            id: uuid(50),
            title: "What do you do?".to_owned(),
            instructions: "Answer the questions.".to_owned(),
            items,
        }],
        trainer_notes: vec![Proven::language("Ask for a real delivery note.")],
        ..parts_of_a_lesson()
    }
}

fn quality() -> QualityReport {
    QualityReport {
        texts_by_relation: BTreeMap::from([(Relation::Quote, 3), (Relation::Compress, 1)]),
        provenance_resolved: 1.0,
        items_by_type: BTreeMap::from([(ItemType::SingleChoice, 1), (ItemType::StepOrdering, 2)]),
        clause_coverage: 0.8,
        uncovered: vec![id("floor")],
        flags: Vec::new(),
        author: "rules-author 0.1.0".to_owned(),
        item_coverage: Some(0.9),
        left_out: Vec::new(),
        lessons: Vec::new(),
        key_check: None,
        largest_frame_share: Some(0.05),
        model_use: None,
        versions: BTreeMap::new(),
    }
}
