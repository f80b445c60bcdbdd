//! Reading a journal back after a crash.

use super::{Entry, Intent, Made, Open, Place};
use serde_json::Value as Json;
use std::io;

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// A line in the middle is damaged, or was edited.
    #[error(
        "line {line} of the journal is damaged: it tells what an interrupted apply left behind; look at it, then move it away"
    )]
    Damaged {
        /// 1-based.
        line: usize,
    },
    /// The file cannot be read or written.
    #[error("the journal cannot be used: {0}")]
    Io(#[from] io::Error),
}

/// What a journal holds.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) open: Open,
    pub(super) sequence: u64,
    pub(super) last: String,
    /// Bytes up to the end of the last whole line.
    pub(super) whole: u64,
}

/// The hash of a line: over the one before, and over its own text with sorted keys.
pub(super) fn hash(last: &str, body: &Json) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(last.as_bytes());
    hasher.update(b"\n");
    hasher.update(body.to_string().as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Reads all whole lines. A last line that a crash cut off was never acted upon, and is dropped.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, JournalError> {
    let mut reading = Reading::default();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
    for (index, line) in lines.iter().enumerate() {
        let is_last = index + 1 == lines.len();
        match read_line(line, &reading) {
            Some((hash, entry)) => {
                reading.whole += line.len() as u64;
                reading.sequence += 1;
                reading.last = hash;
                reading.open.note(entry);
            }
            None if is_last => break,
            None => return Err(JournalError::Damaged { line: index + 1 }),
        }
    }
    Ok(reading)
}

fn read_line(line: &[u8], so_far: &Reading) -> Option<(String, Entry)> {
    let line: Json = serde_json::from_slice(line.strip_suffix(b"\n")?).ok()?;
    let body = line.get("line")?;
    let hash = hash(&so_far.last, body);
    let whole = line.get("hash")?.as_str() == Some(&hash)
        && body.get("sequence")?.as_u64() == Some(so_far.sequence);
    whole.then_some((hash, serde_json::from_value(body.clone()).ok()?))
}

impl Open {
    /// Follows one more line.
    pub(super) fn note(&mut self, entry: Entry) {
        match entry {
            Entry::Intent(intent) => self.intents.push((intent, None)),
            Entry::Made { op, attributes, whole } => {
                if let Some((_, made)) = self.find(&op) {
                    *made = Some(Made { attributes, whole });
                }
            }
            Entry::Done { op } | Entry::Failed { op, .. } => {
                self.intents.retain(|(intent, _)| intent.op != op);
            }
            Entry::Begin { account, region, lineage, others, .. } => {
                self.place = Some(Place { account, region });
                self.others = others;
                self.lineage = lineage;
            }
            Entry::End { .. } => {}
        }
    }

    fn find(&mut self, op: &str) -> Option<&mut (Intent, Option<Made>)> {
        self.intents.iter_mut().find(|(intent, _)| intent.op == op)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Journal, Log, Work};
    use super::*;
    use crate::Clock;
    use proptest::prelude::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<Vec<u8>>>);

    impl Log for Memory {
        fn append(&mut self, line: &[u8]) -> io::Result<()> {
            self.0.lock().unwrap().extend_from_slice(line);
            Ok(())
        }
        fn clear(&mut self) -> io::Result<()> {
            self.cut(0)
        }
        fn cut(&mut self, len: u64) -> io::Result<()> {
            self.0.lock().unwrap().truncate(usize::try_from(len).unwrap());
            Ok(())
        }
    }

    fn intent(op: &str) -> Intent {
        Intent {
            op: op.into(),
            work: Work::Create,
            address: "aws_vpc.a".into(),
            deposed: None,
            provider: "p".into(),
            schema_version: 1,
            dependencies: vec![],
            create_before_destroy: false,
            object: serde_json::json!({"cidr_block": "10.0.0.0/16", "n": 1.50}),
            sensitive: vec![],
        }
    }

    fn written(entries: &[Entry]) -> (Memory, Vec<u8>) {
        let memory = Memory::default();
        let (journal, _) = Journal::open(Box::new(memory.clone()), b"", Clock::new(|| 7)).unwrap();
        for entry in entries {
            journal.write(entry).unwrap();
        }
        let bytes = memory.0.lock().unwrap().clone();
        (memory, bytes)
    }

    fn entries() -> Vec<Entry> {
        let done = |op: &str| Entry::Done { op: op.into() };
        let attributes = serde_json::json!({"id": "vpc-1"});
        let made = Entry::Made { op: "b".into(), attributes, whole: false };
        vec![
            Entry::Intent(intent("a")),
            Entry::Intent(intent("b")),
            made,
            done("a"),
            Entry::End { outcome: "failed".into() },
        ]
    }

    #[test]
    fn what_has_no_end_is_open() {
        let (_, bytes) = written(&entries());
        let open = read(&bytes).unwrap().open;
        let made = Made { attributes: serde_json::json!({"id": "vpc-1"}), whole: false };
        assert_eq!(open.intents, [(intent("b"), Some(made))]);
        assert_eq!(crate::unfinished(&bytes).unwrap(), ["aws_vpc.a"]);
        assert!(crate::unfinished(b"").unwrap().is_empty());
        assert!(crate::unfinished(b"{}\n{}\n").is_err());
    }

    #[test]
    fn a_journal_goes_on_where_it_was() {
        let (memory, bytes) = written(&entries());
        let (journal, _) =
            Journal::open(Box::new(memory.clone()), &bytes, Clock::new(|| 9)).unwrap();
        journal.write(&Entry::Done { op: "b".into() }).unwrap();
        let bytes = memory.0.lock().unwrap().clone();
        assert!(read(&bytes).unwrap().open.intents.is_empty());
        journal.clear().unwrap();
        journal.write(&Entry::Intent(intent("c"))).unwrap();
        let bytes = memory.0.lock().unwrap().clone();
        assert_eq!(read(&bytes).unwrap().open.intents.len(), 1);
    }

    proptest! {
        #[test]
        fn a_torn_end_is_cut_and_the_lines_before_it_stand(cut in 0usize..2000) {
            let (memory, bytes) = written(&entries());
            let cut = cut.min(bytes.len());
            let torn = &bytes[..cut];
            *memory.0.lock().unwrap() = torn.to_vec();
            let whole = torn.split(|b| *b == b'\n').count() - 1;
            let (journal, open) = Journal::open(Box::new(memory.clone()), torn, Clock::new(|| 9)).unwrap();
            prop_assert_eq!(open.intents.len(), [0, 1, 2, 2, 1, 1][whole]);
            journal.write(&Entry::Intent(intent("c"))).unwrap();
            let bytes = memory.0.lock().unwrap().clone();
            prop_assert_eq!(read(&bytes).unwrap().open.intents.len(), open.intents.len() + 1);
        }

        #[test]
        fn a_changed_byte_before_the_last_line_is_noticed(at in 0usize..2000, to in any::<u8>()) {
            let (_, mut bytes) = written(&entries());
            let last = bytes[..bytes.len() - 1].iter().rposition(|b| *b == b'\n').unwrap();
            let at = at % last;
            prop_assume!(bytes[at] != to && !(bytes[at].is_ascii_whitespace() || to.is_ascii_whitespace()));
            bytes[at] = to;
            prop_assert!(read(&bytes).is_err());
        }
    }
}
