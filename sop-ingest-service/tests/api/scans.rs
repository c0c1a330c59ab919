//! Pages that are pictures: how well they are read, and where their clauses stand on them.

use std::{collections::HashSet, path::Path, process::Command};

use course_format::sop::{ParsedSops, SopDocument};
use events::payloads::Role;
use image::GrayImage;
use reqwest::Method;
use uuid::Uuid;

use crate::{
    app::TestApp,
    files::{self, zip},
    hostile::{page_of_words, pdf},
    parse,
};

/// The pages of a PDF as a scanner would leave them.
fn scanned(bytes: &[u8], kind: &str, dots: &str) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source.pdf");
    std::fs::write(&source, bytes).unwrap();
    let mut command = Command::new("pdftoppm");
    command.args(["-r", dots, "-gray", kind]).arg(&source).arg(folder.path().join("page"));
    assert!(command.status().unwrap().success());
    let mut pages: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    pages.retain(|path| *path != source);
    pages.sort();
    pages.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// A PDF of which every page is one picture.
fn bound(pages: &[Vec<u8>]) -> Vec<u8> {
    let kids = (0..pages.len()).map(|at| format!("{} 0 R", 3 + at * 3)).collect::<Vec<_>>().join(" ");
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()).into_bytes(),
    ];
    let show = "595 0 0 842 0 0 cm /I Do";
    for (at, jpeg) in pages.iter().enumerate() {
        let (contents, picture) = (4 + at * 3, 5 + at * 3);
        let size = image::load_from_memory(jpeg).unwrap();
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} 0 R /Resources << /XObject << /I {picture} 0 R >> >> >>").into_bytes());
        objects.push(format!("<< /Length {} >>\nstream\n{show}\nendstream", show.len()).into_bytes());
        let head = format!(
            "<< /Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length {} >>\nstream\n",
            size.width(),
            size.height(),
            jpeg.len()
        );
        objects.push([head.as_bytes(), jpeg, b"\nendstream"].concat());
    }
    pdf(&objects, "")
}

fn read(name: &str, bytes: &[u8]) -> SopDocument {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let (success, json, errors) = parse::parse(&[Path::new(&path)]);
    assert!(success, "{errors}");
    serde_json::from_str::<ParsedSops>(&json).unwrap().documents.remove(0)
}

fn words(document: &SopDocument) -> Vec<char> {
    let plain = |c: char| match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '–' => '-',
        c => c,
    };
    let all: Vec<&str> = document.clauses.iter().map(|c| c.text.as_str()).collect();
    let text = all.join(" ").replace('|', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(plain).collect()
}

/// How many letters have to be changed, of a hundred.
fn errors(right: &[char], read: &[char]) -> f64 {
    let mut row: Vec<usize> = (0..=read.len()).collect();
    for (at, letter) in right.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (to, other) in read.iter().enumerate() {
            let cost = (corner + usize::from(letter != other)).min(row[to] + 1).min(row[to + 1] + 1);
            corner = std::mem::replace(&mut row[to + 1], cost);
        }
    }
    row[read.len()] as f64 * 100.0 / right.len() as f64
}

#[test]
fn a_clean_scan_is_read_nearly_as_well_as_the_document_itself() {
    let printed = files::example(files::LABORATORY);
    let (right, read) = (read("a.pdf", &printed), read("scan.pdf", &bound(&scanned(&printed, "-jpeg", "300"))));
    let errors = errors(&words(&right), &words(&read));
    assert!(errors <= 2.0, "{errors} of a hundred letters are wrong");
    let clauses: HashSet<&str> = right.clauses.iter().map(|c| c.text.as_str()).collect();
    let found = read.clauses.iter().filter(|c| clauses.contains(c.text.as_str())).count();
    assert!(found * 100 >= clauses.len() * 80, "{found} of {} clauses: {:#?}", clauses.len(), read.clauses);
    for literal in read.clauses.iter().flat_map(|c| &c.literals) {
        assert_eq!(literal.span.of(&read.text), Some(literal.text.as_str()));
    }
    assert!(read.clauses.iter().all(|c| c.confidence.is_some() && !c.boxes.is_empty()));
}

/// The shares of a page's ink that lie in the boxes of its clauses, and of the boxes that hold ink.
fn ink(document: &SopDocument, page: &GrayImage) -> (f64, f64) {
    let (width, height) = page.dimensions();
    let boxes: Vec<_> = document.clauses.iter().flat_map(|c| &c.boxes).collect();
    let share = |at: u32, of: u32| (f64::from(at) + 0.5) / f64::from(of);
    let mut filled = vec![false; boxes.len()];
    let (mut inside, mut all) = (0_u32, 0_u32);
    for (x, y, _) in page.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[0] < 128) {
        let (x, y) = (share(x, width), share(y, height));
        let holding = boxes.iter().position(|b| {
            (f64::from(b.left)..=f64::from(b.right)).contains(&x)
                && (f64::from(b.top)..=f64::from(b.bottom)).contains(&y)
        });
        all += 1;
        if let Some(at) = holding {
            inside += 1;
            filled[at] = true;
        }
    }
    (f64::from(inside) / f64::from(all), filled.iter().filter(|f| **f).count() as f64 / boxes.len() as f64)
}

#[test]
fn boxes_lie_on_the_words_of_pages_that_are_turned() {
    for turned in ["0", "90", "180", "270"] {
        let bytes = page_of_words("", &format!("/Rotate {turned}"));
        let document = read("turned.pdf", &bytes);
        let page = image::load_from_memory(&scanned(&bytes, "-png", "72")[0]).unwrap().into_luma8();
        let (inside, filled) = ink(&document, &page);
        assert!(inside > 0.9 && filled > 0.99, "{turned}: {inside} {filled} {:?}", document.clauses);
    }
}

#[tokio::test]
async fn photos_of_pages_and_archives_of_them_have_pictures_of_every_page() {
    let app = TestApp::spawn().await;
    let rep = app.person(Role::SalesRep, &[]).await;
    let printed = page_of_words("", "");
    let photo = scanned(&printed, "-png", "200").remove(0);
    let archive = zip(&[
        ("a.md", b"# Doors\n\n1. Open the door.\n".as_slice()),
        ("b.png", &photo),
        ("c.pdf", &printed),
        ("d.png", &photo),
    ]);
    let documents = [app.upload("photo.png", photo).await, app.upload("all.zip", archive).await];
    app.order(Uuid::now_v7(), rep.user_id, documents.to_vec()).await;
    app.work().await;
    for (document, pages) in [(&documents[0], &[1][..]), (&documents[1], &[2, 3, 4])] {
        let sop = app.api.get(&rep, &format!("/v1/sops/{}", document.document_id)).await.expect(200).body;
        let sop: SopDocument = serde_json::from_value(sop).unwrap();
        for number in pages {
            let path = format!("/v1/sops/{}/pages/{number}", document.document_id);
            let picture = app.api.request(Method::GET, &path).bearer_auth(&rep.token).send().await.unwrap();
            assert_eq!(
                (picture.status().as_u16(), &picture.headers()["content-type"]),
                (200, &"image/jpeg".parse().unwrap())
            );
            let page = image::load_from_memory(&picture.bytes().await.unwrap()).unwrap().into_luma8();
            let mut of_page = sop.clone();
            of_page.clauses.iter_mut().for_each(|c| c.boxes.retain(|b| b.page == *number));
            let (inside, filled) = ink(&of_page, &page);
            assert!(inside > 0.9 && filled > 0.99, "page {number}: {inside} {filled}");
        }
    }
    let none = app.api.get(&rep, &format!("/v1/sops/{}/pages/1", documents[1].document_id)).await.expect(404);
    assert_eq!(none.code(), "page_not_drawn");
}
