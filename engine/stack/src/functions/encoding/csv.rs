//! CSV as Go's `encoding/csv` reads it: blank lines are skipped, quotes only around whole fields, `""` inside them is a quote.

/// The records of a text.
pub(super) fn records(text: &str) -> Records<'_> {
    Records { rest: text, line: 0 }
}

pub(super) struct Records<'a> {
    rest: &'a str,
    line: usize,
}

impl Iterator for Records<'_> {
    type Item = Result<Vec<String>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            self.line += 1;
            match self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n')) {
                Some(after) => self.rest = after,
                None => break,
            }
        }
        let record = self.record();
        if record.is_err() {
            self.rest = "";
        }
        Some(record)
    }
}

impl Records<'_> {
    fn record(&mut self) -> Result<Vec<String>, String> {
        let mut fields = Vec::new();
        loop {
            let (field, end) = match self.rest.strip_prefix('"') {
                Some(quoted) => self.quoted(quoted)?,
                None => self.plain()?,
            };
            fields.push(field);
            if !end {
                return Ok(fields);
            }
        }
    }

    /// A field without quotes, and whether a comma follows.
    fn plain(&mut self) -> Result<(String, bool), String> {
        let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
        let (field, after) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        let comma = after.starts_with(',');
        self.rest = after.get(1..).unwrap_or("");
        let field = if comma { field } else { field.strip_suffix('\r').unwrap_or(field) };
        if field.contains('"') {
            return Err(format!("line {}: a quote inside a field without quotes", self.line));
        }
        Ok((field.to_owned(), comma))
    }

    fn quoted<'a>(&mut self, quoted: &'a str) -> Result<(String, bool), String>
    where
        Self: 'a,
    {
        let mut field = String::new();
        let mut rest = quoted;
        loop {
            let Some((text, after)) = rest.split_once('"') else {
                return Err(format!("line {}: a quote is not closed", self.line));
            };
            field.push_str(text);
            self.line += text.matches('\n').count();
            rest = after;
            let Some(after) = rest.strip_prefix('"') else { break };
            field.push('"');
            rest = after;
        }
        let skip = quoted.len() - rest.len() + 1;
        let line = self.line;
        let field = field.replace("\r\n", "\n");
        let rest = self.rest.get(skip..).unwrap_or("");
        if let Some(after) = rest.strip_prefix(',') {
            self.rest = after;
            return Ok((field, true));
        }
        let end = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'));
        self.rest = match end {
            Some(after) => after,
            None if rest.is_empty() => "",
            None => return Err(format!("line {line}: text follows a closing quote")),
        };
        Ok((field, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Vec<String>>, String> {
        records(text).collect()
    }

    #[test]
    fn fields_are_read() {
        assert_eq!(
            read("a,b\r\n\n1,\"x,\"\"y\"\"\nz\"\n").unwrap(),
            [["a", "b"], ["1", "x,\"y\"\nz"]]
        );
        assert_eq!(read("a,").unwrap(), [["a", ""]]);
        assert!(read("a\"b").is_err());
        assert!(read("\"a").is_err());
        assert!(read("\"a\"b").is_err());
    }
}
