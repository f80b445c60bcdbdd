//! Image references: `registry/repository:tag@digest`, and whose registry it is.
//! Grammar: <https://pkg.go.dev/github.com/distribution/reference>

use crate::{Attr, named};
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::char;
use nom::combinator::{all_consuming, opt, recognize, verify};
use nom::multi::separated_list1;
use nom::sequence::{preceded, separated_pair};
use nom::{IResult, Parser};
use stack::{Origin, Str};

/// An image reference, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image<'a> {
    /// `public.ecr.aws`; `None` means Docker Hub.
    pub host: Option<&'a str>,
    /// `banana/banana-front`
    pub repository: &'a str,
    /// Tag as written; a registry reads none (and no digest) as `latest`.
    pub tag: Option<&'a str>,
    /// `sha256:…`: names the content, and so never moves.
    pub digest: Option<&'a str>,
}

/// Whose registry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registry<'a> {
    /// A private repository of ECR.
    Ecr {
        /// Twelve digits.
        account: &'a str,
        /// `eu-west-3`
        region: &'a str,
    },
    /// ECR's public gallery: reached over the Internet.
    EcrPublic,
    /// Docker Hub.
    DockerHub,
    /// Any other, by host.
    Other(&'a str),
}

/// What is certain about an image, known or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageFacts<'a> {
    /// Whose registry it is; `None` when that is not known.
    pub registry: Option<Registry<'a>>,
    /// Its tag.
    pub tag: Tag<'a>,
    /// It has a digest; `None` when that is not known.
    pub digest: Option<bool>,
}

/// The tag of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag<'a> {
    /// This one.
    Named(&'a str),
    /// None, which means `latest`.
    None,
    /// Not known.
    Unknown,
}

impl<'a> Registry<'a> {
    /// Where it is.
    pub fn host(self) -> &'a str {
        match self {
            Self::Ecr { .. } => "ECR",
            Self::EcrPublic => "public.ecr.aws",
            Self::DockerHub => "docker.io",
            Self::Other(host) => host,
        }
    }
}

impl<'a> ImageFacts<'a> {
    /// Reads an image; `None` when there is none, or text that names none. Of an unknown one the end is often known, as in
    /// `"${aws_ecr_repository.front.repository_url}:1.4.2"`, and the repository that it starts with.
    pub fn of(image: &'a Attr<'_, Str>) -> Option<Self> {
        match image {
            Attr::Null(_) => None,
            Attr::Known(text, _) => {
                let image = Image::parse(text)?;
                Some(Self {
                    registry: Some(image.registry()),
                    tag: image.tag.map_or(Tag::None, Tag::Named),
                    digest: Some(image.digest.is_some()),
                })
            }
            Attr::Unknown(value) => {
                let unknown = value.as_unknown();
                let ecr = unknown.is_some_and(|unknown| starts_in_ecr(&unknown.origin));
                let (tag, digest) = tail(unknown.map_or("", |unknown| &unknown.refinement.suffix));
                let registry = ecr.then_some(Registry::Ecr { account: "*", region: "*" });
                Some(Self { registry, tag, digest })
            }
        }
    }
}

/// Tag and digest, from the end of a reference.
fn tail(suffix: &str) -> (Tag<'_>, Option<bool>) {
    if let Some((before, _)) = suffix.split_once('@') {
        return (tail(before).0, Some(true));
    }
    let last = suffix.rsplit('/').next().unwrap_or(suffix);
    match last.rsplit_once(':') {
        Some((_, tag)) if !tag.is_empty() => (Tag::Named(tag), Some(false)),
        None if suffix.contains('/') => (Tag::None, Some(false)),
        _ => (Tag::Unknown, None),
    }
}

/// True when an unknown text is made from a repository of ECR.
fn starts_in_ecr(origin: &Origin) -> bool {
    match origin {
        Origin::Derived(from) => from.first().is_some_and(starts_in_ecr),
        origin => matches!(named(origin), Some((address, "repository_url"))
            if address.ty == "aws_ecr_repository"),
    }
}

impl<'a> Image<'a> {
    /// Takes a reference apart; `None` for text that is none.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (host, rest) = match text.split_once('/') {
            Some((first, rest)) if is_host(first) => (Some(first), rest),
            _ => (None, text),
        };
        let (_, (repository, tag, digest)) = all_consuming(name).parse(rest).ok()?;
        Some(Self { host, repository, tag, digest })
    }

    /// Whose registry it is.
    pub fn registry(&self) -> Registry<'a> {
        match self.host {
            None | Some("docker.io" | "index.docker.io" | "registry-1.docker.io") => {
                Registry::DockerHub
            }
            Some("public.ecr.aws" | "ecr-public.aws.com") => Registry::EcrPublic,
            Some(host) => ecr(host).map_or(Registry::Other(host), |(account, region)| {
                Registry::Ecr { account, region }
            }),
        }
    }
}

/// The first part is a host when it could not be the start of a repository's name on Docker Hub.
fn is_host(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost" || first.chars().any(char::is_uppercase)
}

/// Repository, tag, digest.
fn name(input: &str) -> IResult<&str, (&str, Option<&str>, Option<&str>)> {
    let word =
        || take_while1(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c));
    let tag = verify(
        take_while1(|c: char| c.is_ascii_alphanumeric() || "._-".contains(c)),
        |tag: &str| tag.len() <= 128 && !tag.starts_with(['.', '-']),
    );
    let digest = recognize(separated_pair(
        take_while1(|c: char| c.is_ascii_alphanumeric() || "+._-".contains(c)),
        char(':'),
        verify(take_while(|c: char| c.is_ascii_hexdigit()), |hex: &str| hex.len() >= 32),
    ));
    (
        recognize(separated_list1(char('/'), word())),
        opt(preceded(char(':'), tag)),
        opt(preceded(char('@'), digest)),
    )
        .parse(input)
}

/// Account and region in the host of a private ECR repository.
fn ecr(host: &str) -> Option<(&str, &str)> {
    let (account, rest) = host.split_once('.')?;
    if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let region = match rest.strip_suffix(".on.aws") {
        Some(rest) => {
            rest.strip_prefix("dkr-ecr.").or_else(|| rest.strip_prefix("dkr-ecr-fips."))?
        }
        None => rest
            .strip_prefix("dkr.ecr.")
            .or_else(|| rest.strip_prefix("dkr.ecr-fips."))?
            .trim_end_matches(".cn")
            .strip_suffix(".amazonaws.com")?,
    };
    Some((account, region))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries() {
        for (text, registry) in [
            ("nginx", Registry::DockerHub),
            ("banana/front:1", Registry::DockerHub),
            ("docker.io/library/nginx:1", Registry::DockerHub),
            ("public.ecr.aws/nginx/nginx:1", Registry::EcrPublic),
            ("rg.fr-par.scw.cloud/banana/front:1", Registry::Other("rg.fr-par.scw.cloud")),
            ("localhost:5000/front", Registry::Other("localhost:5000")),
            (
                "123456789012.dkr.ecr.eu-west-3.amazonaws.com/front@sha256:0123456789abcdef0123456789abcdef",
                Registry::Ecr { account: "123456789012", region: "eu-west-3" },
            ),
            (
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/front",
                Registry::Ecr { account: "123456789012", region: "cn-north-1" },
            ),
            (
                "dkr.ecr.eu-west-3.amazonaws.com/x",
                Registry::Other("dkr.ecr.eu-west-3.amazonaws.com"),
            ),
        ] {
            assert_eq!(Image::parse(text).unwrap().registry(), registry, "{text}");
        }
    }

    #[test]
    fn tags_and_digests() {
        let image = Image::parse("a.b/c/d:1.2@sha256:0123456789abcdef0123456789abcdef").unwrap();
        assert_eq!((image.host, image.repository, image.tag), (Some("a.b"), "c/d", Some("1.2")));
        assert!(image.digest.unwrap().starts_with("sha256:"));
        let image = Image::parse("localhost:5000/d").unwrap();
        assert_eq!((image.host, image.tag), (Some("localhost:5000"), None));
        assert_eq!(Image::parse("nginx:latest").unwrap().tag, Some("latest"));
    }

    #[test]
    fn the_end_tells() {
        let digest = "@sha256:0123456789abcdef0123456789abcdef";
        for (suffix, tag, pinned) in [
            (":latest", Tag::Named("latest"), Some(false)),
            ("/front:1.2", Tag::Named("1.2"), Some(false)),
            ("/front", Tag::None, Some(false)),
            ("-front", Tag::Unknown, None),
            ("", Tag::Unknown, None),
            (digest, Tag::Unknown, Some(true)),
        ] {
            assert_eq!(tail(suffix), (tag, pinned), "{suffix}");
        }
    }

    #[test]
    fn not_an_image() {
        for text in ["", ":", "a:", "a@sha256:12", "UPPER", "a b", "a//b", "a/:1", "a:-1"] {
            assert_eq!(Image::parse(text), None, "{text}");
        }
    }
}
