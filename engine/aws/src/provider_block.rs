//! What a `provider "aws"` block says about where calls go and as whom. Names and defaults: the provider's own page of arguments.
//!
//! What would be ignored to somebody's harm is refused: a role that is not assumed makes things in the wrong account.

use crate::args::Args;
use crate::client::{Keys, Options, Role, WebIdentity};
use crate::failure;
use crate::ignored_tags::IgnoredTags;
use plan::{Failure, FailureKind};
use stack::ProviderConfig;

/// Arguments that change where calls go or as whom, and that are not supported.
const REFUSED: [&str; 5] =
    ["custom_ca_bundle", "http_proxy", "https_proxy", "insecure", "no_proxy"];

/// Arguments that must be known before the first call.
const NEEDED: [&str; 13] = [
    "access_key",
    "assume_role",
    "assume_role_with_web_identity",
    "endpoints",
    "ignore_tags",
    "profile",
    "region",
    "secret_key",
    "shared_config_files",
    "shared_credentials_files",
    "token",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
];

impl Options {
    /// Reads a provider configuration. `region`: where it names none.
    pub fn of(config: &ProviderConfig, region: Option<String>) -> Result<Self, Failure> {
        let block = Args(&config.value);
        let unknown = |name: &&&str| block.at(name).is_some_and(|value| !value.is_wholly_known());
        if let Some(name) = NEEDED.iter().find(unknown) {
            return Err(wrong(
                format!(
                    "`{name}` of provider `{}` is not known before something is made",
                    spelled(config)
                ),
                "set it by a variable, or apply what it comes from first, with --target",
            ));
        }
        let is_given = |name: &&&str| block.text(name).is_some() || block.is(name);
        if let Some(name) = REFUSED.iter().find(is_given) {
            return Err(unsupported(config, name));
        }
        let text = |name: &str| block.text(name).filter(|text| !text.is_empty());
        let keys = text("access_key").zip(text("secret_key"));
        let mut options = Self {
            region: text("region").or(region),
            profile: text("profile"),
            endpoint: None,
            keys: keys.map(|(access, secret)| Keys { access, secret, token: text("token") }),
            roles: Vec::new(),
            web_identity: None,
            endpoints: block.blocks("endpoints").flat_map(named).collect(),
            config_files: block.strings("shared_config_files"),
            credentials_files: block.strings("shared_credentials_files"),
            fips: block.flag("use_fips_endpoint"),
            dual_stack: block.flag("use_dualstack_endpoint"),
            ignored_tags: block.block("ignore_tags").map(IgnoredTags::of).unwrap_or_default(),
        };
        for role in block.blocks("assume_role") {
            options.roles.extend(assumed(config, role)?);
        }
        if let Some(identity) = block.block("assume_role_with_web_identity") {
            options.web_identity = federated(config, identity)?;
        }
        Ok(options)
    }
}

/// The endpoints of one `endpoints` block.
fn named(block: Args<'_>) -> Vec<(String, String)> {
    let given = block.0.entries().filter_map(|(name, url)| {
        Some((name.to_string(), url.as_str().filter(|url| !url.is_empty())?.to_owned()))
    });
    given.collect()
}

/// An `assume_role` block; one without a role is none.
fn assumed(config: &ProviderConfig, block: Args<'_>) -> Result<Option<Role>, Failure> {
    let text = |name: &str| block.text(name).filter(|text| !text.is_empty());
    let Some(arn) = text("role_arn") else { return Ok(None) };
    if text("source_identity").is_some() {
        return Err(unsupported(config, "assume_role.source_identity"));
    }
    if !block.strings("transitive_tag_keys").is_empty() {
        return Err(unsupported(config, "assume_role.transitive_tag_keys"));
    }
    let duration = text("duration");
    Ok(Some(Role {
        arn,
        session: text("session_name"),
        external_id: text("external_id"),
        duration: duration.as_deref().and_then(stack::duration),
        policy: text("policy"),
        policy_arns: block.strings("policy_arns"),
        tags: block.map("tags"),
    }))
}

/// An `assume_role_with_web_identity` block; one without a role is none.
fn federated(config: &ProviderConfig, block: Args<'_>) -> Result<Option<WebIdentity>, Failure> {
    let text = |name: &str| block.text(name).filter(|text| !text.is_empty());
    let Some(arn) = text("role_arn") else { return Ok(None) };
    for name in ["web_identity_token", "duration", "policy"] {
        if text(name).is_some() {
            return Err(unsupported(config, &format!("assume_role_with_web_identity.{name}")));
        }
    }
    if !block.strings("policy_arns").is_empty() {
        return Err(unsupported(config, "assume_role_with_web_identity.policy_arns"));
    }
    let Some(token_file) = text("web_identity_token_file") else {
        return Err(wrong(
            format!(
                "provider `{}` assumes a role with a token and names no file of it",
                spelled(config)
            ),
            "set `web_identity_token_file`",
        ));
    };
    let session = text("session_name").unwrap_or_else(|| "banana".to_owned());
    Ok(Some(WebIdentity { arn, session, token_file }))
}

/// `aws`, `aws.paris`
fn spelled(config: &ProviderConfig) -> String {
    match &config.alias {
        Some(alias) => format!("{}.{alias}", config.name),
        None => config.name.to_string(),
    }
}

fn unsupported(config: &ProviderConfig, name: &str) -> Failure {
    wrong(
        format!("banana does not support `{name}` of provider `{}`", spelled(config)),
        "put what it is for into a profile of ~/.aws/config and name that with `profile`, or apply this stack with Terraform",
    )
}

fn wrong(message: String, help: &str) -> Failure {
    let kind = FailureKind::Invalid;
    Failure { kind, help: Some(help.to_owned()), ..failure::internal(message) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};
    use stack::{ModulePath, Origin, Type, Value};
    use std::time::Duration;

    fn block(json: &Json) -> ProviderConfig {
        ProviderConfig {
            name: "aws".into(),
            source: None,
            alias: Some("paris".into()),
            module: ModulePath::default(),
            value: Value::from_json(&Type::Dynamic, json).unwrap(),
            header: None,
        }
    }

    fn read(json: &Json) -> Result<Options, Failure> {
        Options::of(&block(json), Some("eu-west-1".to_owned()))
    }

    #[test]
    fn all_that_decides_where_calls_go_is_read() {
        let options = read(&json!({
            "region": "eu-west-3", "profile": "ship", "use_fips_endpoint": true, "max_retries": 3,
            "shared_config_files": ["a"], "shared_credentials_files": ["b"],
            "assume_role": [
                {"role_arn": "r1", "session_name": "s", "external_id": "e", "duration": "1h30m", "tags": {"a": "b"}},
                {"role_arn": "r2", "policy_arns": ["p"]}
            ],
            "assume_role_with_web_identity": [{"role_arn": "w", "web_identity_token_file": "t"}],
            "endpoints": [{"ec2": "http://127.0.0.1:1", "ecs": ""}],
            "ignore_tags": [{"keys": ["k"], "key_prefixes": ["p:"]}]
        }))
        .unwrap();
        assert_eq!(options.region.as_deref(), Some("eu-west-3"));
        assert_eq!(options.profile.as_deref(), Some("ship"));
        assert_eq!((options.fips, options.dual_stack), (Some(true), None));
        assert_eq!(
            (options.config_files, options.credentials_files),
            (vec!["a".into()], vec!["b".into()])
        );
        let [first, second] = options.roles.as_slice() else { panic!("{:?}", options.roles) };
        assert_eq!((first.arn.as_str(), first.duration), ("r1", Some(Duration::from_mins(90))));
        assert_eq!(first.tags.get("a").map(String::as_str), Some("b"));
        assert_eq!(
            (second.arn.as_str(), second.policy_arns.as_slice()),
            ("r2", &["p".to_owned()][..])
        );
        let identity = options.web_identity.unwrap();
        assert_eq!((identity.arn.as_str(), identity.token_file.as_str()), ("w", "t"));
        assert_eq!(options.endpoints.into_keys().collect::<Vec<_>>(), ["ec2"]);
        assert_eq!(options.ignored_tags.prefixes, ["p:"]);
    }

    #[test]
    fn what_is_not_written_is_left_to_the_surroundings() {
        let options = read(&json!({})).unwrap();
        let bare = Options { region: Some("eu-west-1".into()), ..Options::default() };
        assert_eq!(options, bare);
        // A role that a variable left empty is none.
        let none = read(&json!({"assume_role": [{"role_arn": ""}, {"role_arn": null}]})).unwrap();
        assert_eq!(none, bare);
    }

    #[test]
    fn what_would_be_ignored_to_harm_is_refused() {
        for (json, name) in [
            (json!({"insecure": true}), "insecure"),
            (json!({"https_proxy": "p"}), "https_proxy"),
            (
                json!({"assume_role": [{"role_arn": "r", "source_identity": "i"}]}),
                "source_identity",
            ),
            (
                json!({"assume_role": [{"role_arn": "r", "transitive_tag_keys": ["t"]}]}),
                "transitive_tag_keys",
            ),
            (
                json!({"assume_role_with_web_identity": [{"role_arn": "r", "web_identity_token": "t"}]}),
                "web_identity_token",
            ),
            (json!({"assume_role_with_web_identity": [{"role_arn": "r"}]}), "names no file"),
        ] {
            let failure = read(&json).unwrap_err();
            assert!(failure.message.contains(name), "{failure}");
            assert!(failure.message.contains("`aws.paris`"), "{failure}");
        }
        assert_eq!(
            read(&json!({"insecure": false, "http_proxy": ""})).unwrap().region.as_deref(),
            Some("eu-west-1")
        );
        let role = Value::object([("role_arn", Value::unknown(Type::String, Origin::Error))]);
        let list = Value::list(role.ty(), [role]);
        let config =
            ProviderConfig { value: Value::object([("assume_role", list)]), ..block(&json!({})) };
        let failure = Options::of(&config, None).unwrap_err();
        assert!(failure.message.starts_with("`assume_role` of provider"), "{failure}");
    }
}
