//! The clouds of a stack: one a provider configuration, each with its own region and credentials.

use crate::builtin::Builtin;
use crate::client::Options;
use crate::provider::Aws;
use plan::{Clouds, Failure, FailureKind, Provider};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Module and alias of a configuration.
type Key = (String, String);

/// AWS, as the provider configurations of a stack see it.
#[derive(Debug)]
pub struct Fleet {
    main: (Key, Aws),
    builtin: Builtin,
    others: BTreeMap<Key, Result<Aws, Failure>>,
}

impl Fleet {
    /// Connects configurations, which go by the names that states give them; `folder` is the stack's. No call is made. The main one must work; another that does not is an
    /// error only where it is needed.
    pub async fn connect(
        (main, options): (&str, Result<Options, Failure>),
        others: BTreeMap<String, Result<Options, Failure>>,
        folder: PathBuf,
    ) -> Result<Self, Failure> {
        let key = |name: &str| Name::read(name).map(|name| name.key()).unwrap_or_default();
        let main = (key(main), Box::pin(Aws::connect(&options?)).await?);
        let mut fleet = Self { main, builtin: Builtin { folder }, others: BTreeMap::new() };
        for (name, options) in others {
            let cloud = match options {
                Ok(options) => Box::pin(Aws::connect(&options)).await,
                Err(failure) => Err(failure),
            };
            fleet.others.insert(key(&name), cloud);
        }
        Ok(fleet)
    }
}

/// `module.a.provider["registry.example/hashicorp/aws"].paris`, taken apart.
struct Name<'n> {
    module: &'n str,
    source: &'n str,
    alias: &'n str,
}

impl<'n> Name<'n> {
    fn read(text: &'n str) -> Option<Self> {
        let (module, rest) = text.split_once("provider[\"")?;
        let (source, alias) = rest.split_once("\"]")?;
        Some(Self {
            module: module.trim_end_matches('.'),
            source,
            alias: alias.trim_start_matches('.'),
        })
    }

    /// Whatever the registry: `OpenTofu`'s states name another one than Terraform's.
    fn is_aws(&self) -> bool {
        self.source.ends_with("/hashicorp/aws")
    }

    fn key(&self) -> (String, String) {
        (self.module.to_owned(), self.alias.to_owned())
    }
}

impl Clouds for Fleet {
    fn main(&self) -> &dyn Provider {
        &self.main.1
    }

    fn at(&self, configuration: &str) -> Result<&dyn Provider, Failure> {
        let failure = |kind, message: String, help: Option<&str>| Failure {
            kind,
            message,
            operation: String::new(),
            help: help.map(str::to_owned),
        };
        let Some(name) = Name::read(configuration) else {
            let message = format!("`{configuration}` is no provider configuration");
            return Err(failure(FailureKind::Unsupported, message, None));
        };
        if name.source.ends_with("/builtin/terraform") {
            return Ok(&self.builtin);
        }
        if !name.is_aws() {
            let message = format!("the provider `{}` cannot be asked", name.source);
            return Err(failure(FailureKind::Unsupported, message, None));
        }
        let key = name.key();
        // What has no block any more was made with the default one, which needs none.
        let is_default = key == Key::default();
        match self.others.get(&key) {
            _ if key == self.main.0 => Ok(&self.main.1),
            Some(Ok(cloud)) => Ok(cloud),
            Some(Err(failure)) => Err(failure.clone()),
            None if is_default => Ok(&self.main.1),
            None => {
                let message =
                    format!("the stack has no provider configuration `{configuration}` any more");
                let help =
                    "put its provider block back until what was made with it is destroyed or moved";
                Err(failure(FailureKind::Invalid, message, Some(help)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWS: &str = "provider[\"registry.example/hashicorp/aws\"]";

    async fn fleet() -> Fleet {
        let options =
            |region: &str| Ok(Options { region: Some(region.into()), ..Options::default() });
        let broken = Failure {
            kind: FailureKind::Invalid,
            message: "no".into(),
            operation: String::new(),
            help: None,
        };
        let others = [
            (format!("{AWS}.paris"), options("eu-west-3")),
            (format!("module.a.{AWS}"), options("eu-north-1")),
            (format!("{AWS}.broken"), Err(broken)),
        ];
        Fleet::connect((AWS, options("eu-west-1")), others.into(), PathBuf::new()).await.unwrap()
    }

    #[tokio::test]
    async fn each_configuration_has_a_cloud_of_its_own() {
        let fleet = fleet().await;
        let is = |name: &str, cloud: &Aws| {
            assert!(std::ptr::addr_eq(fleet.at(name).unwrap(), cloud), "{name}");
        };
        is(AWS, &fleet.main.1);
        is("provider[\"other.example/hashicorp/aws\"]", &fleet.main.1);
        for (name, key) in
            [(format!("{AWS}.paris"), ("", "paris")), (format!("module.a.{AWS}"), ("module.a", ""))]
        {
            let key = (key.0.to_owned(), key.1.to_owned());
            is(&name, fleet.others[&key].as_ref().unwrap());
        }
        assert!(
            fleet
                .at("provider[\"terraform.io/builtin/terraform\"]")
                .unwrap()
                .handles("terraform_data")
        );
    }

    #[tokio::test]
    async fn nobody_is_asked_on_behalf_of_what_is_not_there() {
        let fleet = fleet().await;
        for (name, kind) in [
            (format!("{AWS}.broken"), FailureKind::Invalid),
            (format!("{AWS}.gone"), FailureKind::Invalid),
            (format!("module.gone.{AWS}"), FailureKind::Invalid),
            (
                "provider[\"registry.example/hashicorp/random\"]".to_owned(),
                FailureKind::Unsupported,
            ),
            (String::new(), FailureKind::Unsupported),
        ] {
            assert_eq!(fleet.at(&name).map(|_| ()).unwrap_err().kind, kind, "{name}");
        }
    }
}
