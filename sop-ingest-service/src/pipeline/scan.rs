//! The virus scanner ClamAV, where one is set up: asked about every file before anything opens it.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use tokio::{
    fs::File,
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

use super::Refusal;

/// The environment variable with clamd's address.
pub const VARIABLE: &str = "CLAMD_SOCKET";

const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// Archives of many pictures take long.
const ANSWER_WITHIN: Duration = Duration::from_mins(3);
const CHUNK: usize = 64 << 10;
const MAX_ANSWER: u64 = 4 << 10;

/// Where clamd listens: a path, or a host with its port.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Scanner {
    Unix(PathBuf),
    Tcp(String),
}

/// Why nothing is known about a file. It must wait: a file that nobody has looked at is never opened.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error("the virus scanner cannot be reached")]
    Unreachable(#[from] std::io::Error),
    #[error("the virus scanner did not answer in time")]
    TookTooLong,
    #[error("the virus scanner has a problem: {0:?}")]
    Answer(String),
}

impl FromStr for Scanner {
    type Err = &'static str;

    fn from_str(address: &str) -> Result<Self, Self::Err> {
        let path = address.strip_prefix("unix:").unwrap_or(address);
        match address.strip_prefix("tcp://").unwrap_or(address) {
            _ if path.starts_with('/') => Ok(Self::Unix(path.into())),
            host if host
                .rsplit_once(':')
                .is_some_and(|(name, port)| !name.is_empty() && port.parse::<u16>().is_ok()) =>
            {
                Ok(Self::Tcp(host.to_owned()))
            }
            _ => Err("an absolute path of a socket, or host:port"),
        }
    }
}

impl Scanner {
    /// Nothing to say about the file, or why it is refused.
    pub async fn scan(&self, path: &Path) -> Result<Result<(), Refusal>, ScanError> {
        let file = File::open(path).await?;
        let answer = match self {
            Self::Unix(socket) => talk(connected(UnixStream::connect(socket)).await?, file).await?,
            Self::Tcp(host) => talk(connected(TcpStream::connect(host)).await?, file).await?,
        };
        verdict(&answer)
    }
}

async fn connected<S>(connect: impl Future<Output = std::io::Result<S>>) -> Result<S, ScanError> {
    Ok(timeout(CONNECT_WITHIN, connect).await.map_err(|_| ScanError::TookTooLong)??)
}

/// clamd's INSTREAM: chunks with their lengths, then a length of 0.
async fn talk(stream: impl AsyncRead + AsyncWrite, file: File) -> Result<String, ScanError> {
    let conversation = async {
        let (reader, mut writer) = tokio::io::split(stream);
        let sent = send(&mut writer, file).await;
        let mut answer = Vec::new();
        // Where it has heard enough it says so and hangs up.
        let read = reader.take(MAX_ANSWER).read_to_end(&mut answer).await;
        if answer.is_empty() {
            sent?;
            read?;
        }
        Ok(String::from_utf8_lossy(&answer).trim_matches(['\0', '\n', ' ']).to_owned())
    };
    // Boxed: streams are parted inside and must not move.
    timeout(ANSWER_WITHIN, Box::pin(conversation)).await.map_err(|_| ScanError::TookTooLong)?
}

async fn send(writer: &mut (impl AsyncWrite + Unpin), mut file: File) -> std::io::Result<()> {
    writer.write_all(b"zINSTREAM\0").await?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = file.read(&mut chunk).await?;
        writer.write_u32(u32::try_from(length).unwrap_or(0)).await?;
        writer.write_all(&chunk[..length]).await?;
        if length == 0 {
            return writer.flush().await;
        }
    }
}

fn verdict(answer: &str) -> Result<Result<(), Refusal>, ScanError> {
    if answer.ends_with("FOUND") {
        return Ok(Err(Refusal::MalwareFound));
    }
    if answer.contains("size limit exceeded") {
        return Ok(Err(Refusal::NotScanned));
    }
    if answer.ends_with(": OK") { Ok(Ok(())) } else { Err(ScanError::Answer(answer.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_paths_or_hosts_with_a_port() {
        let unix = |path: &str| Ok(Scanner::Unix(path.into()));
        assert_eq!("/run/clamav/clamd.ctl".parse::<Scanner>(), unix("/run/clamav/clamd.ctl"));
        assert_eq!("unix:/run/clamd".parse::<Scanner>(), unix("/run/clamd"));
        assert_eq!("clamd:3310".parse::<Scanner>(), Ok(Scanner::Tcp("clamd:3310".to_owned())));
        for wrong in ["", "clamd", ":3310", "clamd:port"] {
            assert!(wrong.parse::<Scanner>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_a_clear_answer_lets_a_file_pass() {
        assert!(matches!(verdict("stream: OK"), Ok(Ok(()))));
        assert!(matches!(verdict("stream: Eicar-Signature FOUND"), Ok(Err(Refusal::MalwareFound))));
        assert!(matches!(verdict("INSTREAM size limit exceeded. ERROR"), Ok(Err(Refusal::NotScanned))));
        for unclear in ["", "stream: Can't allocate memory ERROR", "COMMAND READ TIMED OUT"] {
            assert!(verdict(unclear).is_err(), "{unclear}");
        }
    }
}
