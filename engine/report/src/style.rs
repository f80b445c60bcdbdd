//! How text for people looks: decided once, by whoever owns the terminal.

/// What the reader's screen can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a yes or no about the screen")]
pub struct Style {
    /// ANSI colours.
    pub colour: bool,
    /// Box drawing and other characters beyond ASCII.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
    /// Problems are read out: no drawings, words instead of places on the screen.
    pub narrated: bool,
    /// Rules are links to the pages that their facts stand on (OSC 8).
    pub links: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, unicode: true, width: 100, narrated: false, links: false }
    }
}

/// An ANSI colour or weight.
#[derive(Clone, Copy, Debug)]
pub enum Paint {
    /// Errors, destroys, critical findings.
    Red,
    /// Warnings, changes.
    Yellow,
    /// Good news, creates.
    Green,
    /// Names.
    Cyan,
    /// What matters less.
    Dim,
    /// What matters.
    Bold,
}

impl Style {
    /// The text in a colour, or as it is where there are none.
    pub fn paint(&self, paint: Paint, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match paint {
            Paint::Red => "31",
            Paint::Yellow => "33",
            Paint::Green => "32",
            Paint::Cyan => "36",
            Paint::Dim => "2",
            Paint::Bold => "1",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}
