use course_format::course::{LearnerCourse, LearnerLesson};
use serde_json::{Value, to_value};

use crate::sample::package;

fn field_names(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                names.push(name.clone());
                field_names(field, names);
            }
        }
        Value::Array(entries) => entries.iter().for_each(|entry| field_names(entry, names)),
        _ => {}
    }
}

#[test]
fn a_learner_gets_neither_keys_nor_trainers_notes_nor_the_tests_items() {
    let package = package();
    let view = to_value(LearnerCourse::from(&package.course)).unwrap();
    let mut names = Vec::new();
    field_names(&view, &mut names);
    for secret in ["trainer_notes", "answer", "accepted", "order", "exact", "model", "rubric", "rationale", "keys"] {
        assert!(!names.iter().any(|name| name == secret), "{secret}");
    }
    assert_eq!(view["assessment"]["items"], 1);
    assert!(!view.to_string().contains(&package.course.assessment.items[0].id.to_string()));
}

#[test]
fn a_learners_lesson_keeps_everything_else() {
    let package = package();
    let lesson = &package.course.units[0].lessons[0];
    let (mut whole, view) = (to_value(lesson).unwrap(), to_value(LearnerLesson::from(lesson)).unwrap());
    for own in ["trainer_notes", "trainer_page"] {
        assert!(whole.as_object_mut().unwrap().remove(own).is_some());
    }
    assert_eq!(whole, view);
}
