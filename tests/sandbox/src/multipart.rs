//! Forms with files (RFC 7578): as much of them as browsers and `fetch` write.

use crate::codes::Envelope;
use crate::http::Request;

/// A file of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its content type.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The file in that field of a request's body.
pub fn file(request: &Request, field: &str) -> Result<File, Envelope> {
    let kind = request.header("content-type").unwrap_or_default();
    let boundary = boundary(kind)
        .ok_or_else(|| Envelope::validation("body", "must be multipart/form-data"))?;
    let none = || Envelope::validation(field, "is required, as a file");
    parts(&request.body, boundary)
        .find_map(|part| read(part, field))
        .ok_or_else(none)
}

fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    let is_form = kind.trim().eq_ignore_ascii_case("multipart/form-data");
    let boundary = parameters.trim().strip_prefix("boundary=")?;
    Some(boundary.trim_matches('"')).filter(|text| is_form && !text.is_empty())
}

/// What stands between the boundaries, the line ends around it left out.
fn parts<'a>(body: &'a [u8], boundary: &str) -> impl Iterator<Item = &'a [u8]> {
    let mark = format!("--{boundary}").into_bytes();
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some(found) = find(&body[at..], &mark) {
        starts.push(at + found);
        at += found + mark.len();
    }
    let inner = move |pair: &[usize]| {
        let part = body.get(pair[0] + mark.len()..pair[1])?;
        part.strip_prefix(b"\r\n")?.strip_suffix(b"\r\n")
    };
    let parts: Vec<_> = starts.windows(2).filter_map(inner).collect();
    parts.into_iter()
}

/// A part that is the file of that field.
fn read(part: &[u8], field: &str) -> Option<File> {
    let end = find(part, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&part[..end]);
    let header = |name: &str| {
        head.split("\r\n")
            .filter_map(|line| line.split_once(':'))
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition")?;
    let is_it = disposition.contains(&format!("; name=\"{field}\""));
    (is_it && disposition.contains("; filename=")).then(|| File {
        content_type: header("content-type")
            .filter(|kind| kind.bytes().all(|b| b == b' ' || b.is_ascii_graphic()))
            .unwrap_or("application/octet-stream")
            .to_owned(),
        bytes: part[end + 4..].to_vec(),
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|some| some == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(body: &str) -> Request {
        let mut request = Request::new("POST", "/")
            .with_header("content-type", "multipart/form-data; boundary=----limit");
        request.body = body.replace('\n', "\r\n").into_bytes();
        request
    }

    const BODY: &str = "------limit
Content-Disposition: form-data; name=\"note\"

file
------limit
Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"
Content-Type: image/png

one
two

------limit--
";

    #[test]
    fn finds_the_file_as_it_was_sent() {
        let found = file(&form(BODY), "file").unwrap();
        assert_eq!(found.content_type, "image/png");
        assert_eq!(found.bytes, b"one\r\ntwo\r\n");
    }

    #[test]
    fn refuses_what_holds_no_such_file() {
        for (request, field) in [
            (form(BODY), "picture"),
            // A field, but not a file.
            (form(BODY), "note"),
            (form("------limit--\n"), "file"),
            (form("------limit\nbroken off"), "file"),
            (form(""), "file"),
            (Request::new("POST", "/"), "file"),
        ] {
            assert!(file(&request, field).is_err(), "{request:?}");
        }
    }
}
