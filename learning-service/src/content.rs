//! Finding things in a package.

use course_format::course::{CoursePackage, Item, ItemKey, Lesson};
use platform::Problem;
use uuid::Uuid;

pub fn lesson(package: &CoursePackage, id: Uuid) -> Result<&Lesson, Problem> {
    package.course.lessons().find(|l| l.id == id).ok_or_else(Problem::not_found)
}

/// An item of a lesson, with the lesson and the key. Items of the assessment are not practised.
pub fn practice_item(package: &CoursePackage, id: Uuid) -> Result<(&Lesson, &Item, &ItemKey), Problem> {
    let found = package.course.lessons().find_map(|l| items(l).find(|i| i.id == id).map(|i| (l, i)));
    let (lesson, item) = found.ok_or_else(Problem::not_found)?;
    Ok((lesson, item, key(package, item)?))
}

pub fn items(lesson: &Lesson) -> impl Iterator<Item = &Item> {
    lesson.activities.iter().flat_map(|a| &a.items)
}

pub fn key<'a>(package: &'a CoursePackage, item: &Item) -> Result<&'a ItemKey, Problem> {
    package.keys.0.get(&item.id).ok_or_else(|| Problem::internal(anyhow::anyhow!("item {} has no key", item.id)))
}
