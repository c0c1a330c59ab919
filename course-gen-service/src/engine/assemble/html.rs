//! `course.html`: the whole course on one page that needs no server and no network.
//!
//! The SOP's text is hostile data. Every text goes through [`escape`]; the keys stand in a JSON element in which `<`, `>`
//! and `&` are written as escapes, so that no text can end it; and a content security policy allows only the one
//! script and the one style sheet that are compiled in, by their hashes.

mod entry;
mod exercises;
mod flags;
mod lessons;
mod parts;
mod quality;
mod sources;
mod trainer;

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use course_format::course::{CoursePackage, Provenance};
use sha2::{Digest, Sha256};

use crate::engine::library::Library;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// Who reads the page, and on what.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Audience {
    /// In a browser: exercises can be tried, sources unfold.
    Screen,
    /// On paper, without keys, final test and trainer's pages.
    Student,
    /// On paper, with everything.
    Teacher,
}

/// What is shown, and to whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    package: &'a CoursePackage,
    library: &'a Library,
    audience: Audience,
}

/// The page that needs no server.
pub fn page(package: &CoursePackage, library: &Library) -> String {
    page_for(package, library, Audience::Screen)
}

/// The course as one page for this audience.
pub fn page_for(package: &CoursePackage, library: &Library, audience: Audience) -> String {
    let view = View { package, library, audience };
    let course = &package.course;
    let mut out = String::with_capacity(256 * 1024);
    out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
    let policy = format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'",
        hash(STYLE),
        hash(SCRIPT)
    );
    let _ = writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    let _ = writeln!(out, "<title>{} · {}</title>", escape(&course.title), course.level);
    let _ = writeln!(out, "<style>{STYLE}</style>\n</head>\n<body>");
    if audience == Audience::Screen {
        out.push_str("<a class=\"skip\" href=\"#main\">Skip to the course</a>\n");
    }
    header(&mut out, view);
    out.push_str("<main id=\"main\">\n");
    quality::write(&mut out, view);
    contents(&mut out, view);
    entry::write(&mut out, view);
    for unit in &course.units {
        let _ = writeln!(
            out,
            "<section class=\"unit\" aria-labelledby=\"u{0}\">\n<h2 id=\"u{0}\"><span class=\"kicker\">Unit {0}</span> {1}</h2>",
            unit.number,
            escape(&unit.title)
        );
        for lesson in &unit.lessons {
            lessons::write(&mut out, view, lesson);
        }
        if let Some(test) = &unit.test {
            lessons::test(&mut out, view, test, &format!("t{}", unit.number));
        }
        out.push_str("</section>\n");
    }
    lessons::assessment(&mut out, view);
    sources::write(&mut out, view);
    out.push_str("</main>\n");
    if audience == Audience::Screen {
        let _ =
            writeln!(out, "<script type=\"application/json\" id=\"keys\">{}</script>", json_for_html(&package.keys));
        let _ = writeln!(out, "<script>{SCRIPT}</script>");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn header(out: &mut String, view: View<'_>) {
    let course = &view.package.course;
    let lessons = course.lessons().count();
    let items = course.items().count();
    let _ = writeln!(
        out,
        "<header class=\"top\">\n<p class=\"kicker\">English at work · level {}</p>\n<h1>{}</h1>",
        course.level,
        escape(&course.title)
    );
    let _ = writeln!(
        out,
        "<p>{lessons} {} · {items} exercises · {} {}</p>",
        if lessons == 1 { "lesson" } else { "lessons" },
        course.hours,
        if (course.hours - 1.0).abs() < f32::EPSILON { "hour" } else { "hours" }
    );
    out.push_str("</header>\n");
}

fn contents(out: &mut String, view: View<'_>) {
    let course = &view.package.course;
    out.push_str("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ul class=\"contents\">\n");
    if view.audience != Audience::Student && course.entry_test.is_some() {
        out.push_str("<li><a href=\"#entry\">Placement test</a></li>\n");
    }
    for unit in &course.units {
        let _ = writeln!(out, "<li><a href=\"#u{0}\">Unit {0}: {1}</a>\n<ol>", unit.number, escape(&unit.title));
        for lesson in &unit.lessons {
            let _ =
                writeln!(out, "<li value=\"{0}\"><a href=\"#l{0}\">{1}</a></li>", lesson.number, escape(&lesson.title));
        }
        out.push_str("</ol></li>\n");
    }
    if view.audience != Audience::Student {
        out.push_str("<li><a href=\"#test\">Final test</a></li>\n");
    }
    out.push_str("<li><a href=\"#sources\">The SOP, clause by clause</a></li>\n</ul>\n</nav>\n");
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

/// Text for element content and quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() && c != '\n' && c != '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// JSON in which nothing can end the element or be read as markup.
fn json_for_html<T: serde::Serialize>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned());
    json.replace('&', "\\u0026")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// A disclosure with the quotes, and links to the clauses; on paper, where they stand.
pub(super) fn source(out: &mut String, view: View<'_>, provenance: &[Provenance]) {
    if provenance.is_empty() {
        return;
    }
    let place = |p: &Provenance| {
        let document = view.library.documents().iter().find(|d| d.document_id == p.document_id);
        let title = document.map(|d| d.title.as_str()).unwrap_or_default();
        let section = p.section.as_deref().filter(|s| !s.is_empty()).unwrap_or(title);
        let section = section.rsplit(" > ").next().unwrap_or(section);
        format!("{}, page {}", escape(section), p.page)
    };
    if view.audience != Audience::Screen {
        let mut places: Vec<String> = provenance.iter().map(place).collect();
        places.dedup();
        let _ = write!(out, "<span class=\"where\">[{}]</span>", places.join("; "));
        return;
    }
    out.push_str("<details class=\"source\"><summary>SOP</summary>");
    for p in provenance {
        let _ = write!(
            out,
            "<blockquote>{}</blockquote><p class=\"where\"><a href=\"#{}\">{}</a></p>",
            escape(&p.quote),
            sources::anchor(p),
            place(p)
        );
    }
    out.push_str("</details>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_become_markup() {
        let hostile = "</script><img src=x onerror=alert(1)>\u{202E}&\"'";
        assert_eq!(escape(hostile), "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;");
        assert!(!json_for_html(&hostile).contains(['<', '>', '&']));
    }
}
