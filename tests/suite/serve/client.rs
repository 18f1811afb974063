//! Requests and web sockets as bytes, so that a test can send what no browser would.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Headers and body as one text.
    pub(crate) fn all(&self) -> String {
        format!("{:?}\n{}", self.headers, String::from_utf8_lossy(&self.body))
    }

    fn read(stream: &mut BufReader<TcpStream>) -> Self {
        Self::try_read(stream).expect("an answer")
    }

    fn try_read(stream: &mut BufReader<TcpStream>) -> Option<Self> {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            stream.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Self { status, headers, body: Vec::new() };
        if status != 101 {
            let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            answer.body = vec![0; length];
            stream.read_exact(&mut answer.body).ok()?;
        }
        Some(answer)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Sends the lines of a request, each but the empty last one without its end.
pub(crate) fn send(port: u16, lines: &[&str]) -> Answer {
    let mut stream = BufReader::new(connect(port));
    stream.get_mut().write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes()).expect("a request");
    Answer::read(&mut stream)
}

/// Asks for a path as a browser does; `more` are further headers.
pub(crate) fn get(port: u16, path: &str, more: &[&str]) -> Answer {
    let first = [format!("GET {path} HTTP/1.1"), format!("Host: 127.0.0.1:{port}")];
    send(port, &first.iter().map(String::as_str).chain(more.iter().copied()).collect::<Vec<_>>())
}

/// Posts JSON as a page of this server does; `cookie` as it stands in the header.
pub(crate) fn post(port: u16, path: &str, cookie: &str, body: &str) -> Answer {
    let mut stream = BufReader::new(connect(port));
    stream.get_mut().write_all(posted(port, path, cookie, body).as_bytes()).expect("a request");
    Answer::read(&mut stream)
}

/// Posts the same several times without waiting for an answer in between.
pub(crate) fn post_at_once(port: u16, path: &str, cookie: &str, body: &str, times: usize) -> Vec<Answer> {
    let mut stream = BufReader::new(connect(port));
    stream.get_mut().write_all(posted(port, path, cookie, body).repeat(times).as_bytes()).expect("requests");
    (0..times).map(|_| Answer::read(&mut stream)).collect()
}

/// A post as a page of this server sends it.
fn posted(port: u16, path: &str, cookie: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nOrigin: http://127.0.0.1:{port}\r\n\
         Content-Length: {length}\r\nContent-Type: application/json\r\n\r\n{body}"
    )
}

/// Sends the lines of a request and a body.
pub(crate) fn send_body(port: u16, lines: &[&str], body: &str) -> Answer {
    try_send_body(port, lines, body).expect("an answer")
}

/// The same; `None` when the server went away meanwhile.
pub(crate) fn try_send_body(port: u16, lines: &[&str], body: &str) -> Option<Answer> {
    let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut stream = BufReader::new(stream);
    stream.get_mut().write_all(format!("{}\r\n\r\n{body}", lines.join("\r\n")).as_bytes()).ok()?;
    Answer::try_read(&mut stream)
}

/// The cookie of a new browser in the audience.
pub(crate) fn visitor(port: u16) -> String {
    let answer = get(port, "/ask", &[]);
    let cookie = answer.header("set-cookie").unwrap_or_else(|| panic!("no cookie: {answer:?}"));
    cookie.split(';').next().unwrap_or_default().to_owned()
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    stream.set_nodelay(true).expect("small packets");
    stream
}

/// An open web socket.
pub(crate) struct Socket {
    stream: BufReader<TcpStream>,
}

/// What came over a web socket.
#[derive(Debug, PartialEq)]
pub(crate) enum Frame {
    Text(String),
    /// The other side closes, with this code.
    Close(u16),
    /// The connection was cut.
    Cut,
}

impl Socket {
    /// Opens `/room` as a page of this server does; `cookie` is empty for a viewer.
    pub(crate) fn open(port: u16, cookie: &str) -> Self {
        let origin = format!("Origin: http://127.0.0.1:{port}");
        let cookie = format!("Cookie: {cookie}");
        Self::try_open(port, "/room", &[&origin, &cookie]).unwrap_or_else(|answer| panic!("no socket: {answer:?}"))
    }

    /// Asks for a socket with these headers.
    pub(crate) fn try_open(port: u16, path: &str, more: &[&str]) -> Result<Self, Answer> {
        let host = format!("Host: 127.0.0.1:{port}");
        let host = if more.iter().any(|line| line.starts_with("Host:")) { None } else { Some(host.as_str()) };
        let key = format!("Sec-WebSocket-Key: {}", STANDARD.encode([7; 16]));
        let first = format!("GET {path} HTTP/1.1");
        let upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", &key];
        let lines: Vec<&str> =
            [first.as_str()].into_iter().chain(host).chain(upgrade).chain(more.iter().copied()).collect();
        let mut stream = BufReader::new(connect(port));
        stream.get_mut().write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes()).expect("a request");
        let answer = Answer::read(&mut stream);
        if answer.status == 101 { Ok(Self { stream }) } else { Err(answer) }
    }

    /// Sends a text; the server may have closed meanwhile.
    pub(crate) fn send(&mut self, text: &str) {
        let _ = self.try_send(text);
    }

    /// Answers a ping that nobody sent.
    pub(crate) fn send_pong(&mut self) {
        // The server may have closed meanwhile.
        let _ = self.stream.get_mut().write_all(&[0x8a, 0x80, 0, 0, 0, 0]);
    }

    fn try_send(&mut self, text: &str) -> std::io::Result<()> {
        let length = text.len();
        let mut frame = vec![0x81];
        match length {
            0..126 => frame.push(0x80 | u8::try_from(length).expect("small")),
            126..0x1_0000 => {
                frame.push(0x80 | 0x7e);
                frame.extend(u16::try_from(length).expect("small").to_be_bytes());
            }
            _ => {
                frame.push(0x80 | 0x7f);
                frame.extend(u64::try_from(length).expect("a length").to_be_bytes());
            }
        }
        // A mask of zeros leaves the text as it is.
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.stream.get_mut().write_all(&frame)
    }

    /// The next thing that is said, pings aside.
    pub(crate) fn next(&mut self) -> Frame {
        loop {
            let Some((kind, payload)) = self.frame() else { return Frame::Cut };
            match kind {
                1 => return Frame::Text(String::from_utf8(payload).expect("UTF-8")),
                8 => return Frame::Close(payload.get(..2).map_or(0, |code| u16::from_be_bytes([code[0], code[1]]))),
                _ => {}
            }
        }
    }

    /// The next text in which `part` stands; others are passed over.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, part: &str) -> String {
        loop {
            match self.next() {
                Frame::Text(text) if text.contains(part) => return text,
                Frame::Text(_) => {}
                ended => panic!("{ended:?} before {part:?} came"),
            }
        }
    }

    fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let mut head = [0; 2];
        self.stream.read_exact(&mut head).ok()?;
        let length = match head[1] & 0x7f {
            126 => {
                let mut more = [0; 2];
                self.stream.read_exact(&mut more).ok()?;
                usize::from(u16::from_be_bytes(more))
            }
            127 => {
                let mut more = [0; 8];
                self.stream.read_exact(&mut more).ok()?;
                usize::try_from(u64::from_be_bytes(more)).ok()?
            }
            small => usize::from(small),
        };
        let mut payload = vec![0; length];
        self.stream.read_exact(&mut payload).ok()?;
        Some((head[0] & 0x0f, payload))
    }
}

/// A `state` message as the player sends it.
pub(crate) fn state(number: u64, slide: &str, step: u32, mode: &str) -> String {
    format!(
        r#"{{"retell":1,"kind":"state","from":"deck","now":100000,"version":[{number},"deck"],"state":{{"slide":"{slide}","step":{step},"cover":"","clock":{{"mode":"{mode}","back":"talk","since":99000,"talk":5000,"questions":0,"slides":{{"{slide}":5000}}}}}}}}"#
    )
}
