//! The parts of a workbook, walked through with limits.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use crate::pipeline::Refusal;

const MAX_DEPTH: usize = 100;

/// What a part is made of, in order.
pub enum Node<'a> {
    Start(&'a BytesStart<'a>),
    /// The local name of the element that ends.
    End(&'a str),
    Text(&'a str),
}

/// Says every node of a part; stops at the first refusal.
pub fn walk(xml: &str, mut on: impl FnMut(Node<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Refusal::DamagedOffice)? {
            Event::Start(e) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Refusal::TooDeep);
                }
                on(Node::Start(&e))?;
            }
            Event::Empty(e) => {
                on(Node::Start(&e))?;
                on(Node::End(e.local_name().as_ref()))?;
            }
            Event::End(e) => {
                depth = depth.saturating_sub(1);
                on(Node::End(e.local_name().as_ref()))?;
            }
            Event::Text(text) => on(Node::Text(&text))?,
            Event::CData(text) => on(Node::Text(&text))?,
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().ok().flatten().map(String::from);
                let named = || resolve_predefined_entity(&entity).map(str::to_owned);
                on(Node::Text(&character.or_else(named).unwrap_or_default()))?;
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Refusal::DamagedOffice),
            _ => {}
        }
    }
}

/// The texts that cells refer to by number. How Japanese words are spoken (`rPh`) is no part of them.
pub fn strings(xml: &str) -> Result<Vec<String>, Refusal> {
    let (mut strings, mut text) = (Vec::new(), Words::default());
    walk(xml, |node| {
        if let Node::End("si") = node {
            strings.push(text.take());
        } else {
            text.read(&node);
        }
        Ok(())
    })?;
    Ok(strings)
}

/// Words of `<t>` elements.
#[derive(Default)]
pub struct Words {
    text: String,
    open: bool,
    spoken: bool,
}

impl Words {
    pub fn read(&mut self, node: &Node<'_>) {
        match node {
            Node::Start(e) if e.local_name().as_ref() == "t" => self.open = true,
            Node::Start(e) if e.local_name().as_ref() == "rPh" => self.spoken = true,
            Node::End("t") => self.open = false,
            Node::End("rPh") => self.spoken = false,
            Node::Text(text) if self.open && !self.spoken => self.text.push_str(text),
            _ => {}
        }
    }

    pub fn take(&mut self) -> String {
        // Line ends of Windows, as workbooks write what XML cannot hold.
        std::mem::take(&mut self.text).replace("_x000D_", "")
    }
}
