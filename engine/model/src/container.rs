//! Container definitions: the JSON inside a task definition.
//! Shape: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>

use crate::document::{self, Node};
use crate::{Attr, Read};
use stack::{Str, Value};

/// A container of a task.
#[derive(Clone, Debug)]
pub struct ContainerDefinition<'a> {
    /// The definition as a whole, or the document it stands in when that is mere text.
    pub value: &'a Value,
    /// Its name.
    pub name: Attr<'a, Str>,
    /// Its image: `registry/repository:tag@digest`.
    pub image: Attr<'a, Str>,
    /// The task ends when this container does. Default true.
    pub essential: Attr<'a, bool>,
    /// All the host's devices and rights. Default false.
    pub privileged: Attr<'a, bool>,
    /// The image's file system cannot be written to. Default false.
    pub readonly_root_filesystem: Attr<'a, bool>,
    /// `user[:group]`, names or numbers; the image's own when null.
    pub user: Attr<'a, Str>,
    /// Plain-text environment.
    pub environment: Attr<'a, Vec<Attr<'a, EnvironmentVariable<'a>>>>,
    /// Environment from Secrets Manager or Parameter Store.
    pub secrets: Attr<'a, Vec<Attr<'a, Secret<'a>>>>,
    /// Ports it listens on.
    pub port_mappings: Attr<'a, Vec<Attr<'a, PortMapping<'a>>>>,
    /// Where its output goes.
    pub log_configuration: Attr<'a, LogConfiguration<'a>>,
    /// Secret with the credentials of a private registry.
    pub repository_credentials: Attr<'a, Str>,
}

/// A variable of a container's environment.
#[derive(Clone, Debug)]
pub struct EnvironmentVariable<'a> {
    /// Its name.
    pub name: Attr<'a, Str>,
    /// Its value, for all to read.
    pub value: Attr<'a, Str>,
}

/// A variable that ECS fills from a secret.
#[derive(Clone, Debug)]
pub struct Secret<'a> {
    /// Its name.
    pub name: Attr<'a, Str>,
    /// ARN of a secret (Secrets Manager), ARN or name of a parameter (Parameter Store).
    pub value_from: Attr<'a, Str>,
}

/// A port that a container listens on.
#[derive(Clone, Debug)]
pub struct PortMapping<'a> {
    /// The port in the container.
    pub container_port: Attr<'a, i64>,
    /// First and last of several: `8000-8010`.
    pub container_port_range: Attr<'a, Str>,
    /// `tcp` (default) or `udp`.
    pub protocol: Attr<'a, Str>,
}

/// Where a container's output goes.
#[derive(Clone, Debug)]
pub struct LogConfiguration<'a> {
    /// The block as a whole.
    pub value: &'a Value,
    /// `awslogs`, `awsfirelens`, `splunk` …
    pub driver: Attr<'a, Str>,
    /// The driver's options, by name.
    pub options: Attr<'a, Vec<(Str, Attr<'a, Str>)>>,
    /// Options that ECS fills from secrets.
    pub secret_options: Attr<'a, Vec<Attr<'a, Secret<'a>>>>,
}

impl<'a> LogConfiguration<'a> {
    /// An option of the driver.
    pub fn option(&self, name: &str) -> Attr<'a, Str> {
        match &self.options {
            Attr::Known(options, value) => options
                .iter()
                .find(|(key, _)| key == name)
                .map_or(Attr::Null(value), |(_, option)| option.clone()),
            Attr::Null(value) => Attr::Null(value),
            Attr::Unknown(value) => Attr::Unknown(value),
        }
    }
}

impl<'a> Read<'a> for Vec<Attr<'a, ContainerDefinition<'a>>> {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        document::read(value, |root| list(root, container).known().cloned())
    }
}

/// Reads each element of an array of objects.
fn list<'a, 'j, T>(
    node: Node<'a, 'j>,
    read: impl Fn(Node<'a, 'j>) -> T,
) -> Attr<'a, Vec<Attr<'a, T>>> {
    node.elements().map(|nodes| nodes.into_iter().map(|n| n.members().map(|_| read(n))).collect())
}

fn container<'a>(node: Node<'a, '_>) -> ContainerDefinition<'a> {
    ContainerDefinition {
        value: node.value(),
        name: node.get("name").text(),
        image: node.get("image").text(),
        essential: node.get("essential").flag().or(true),
        privileged: node.get("privileged").flag().or(false),
        readonly_root_filesystem: node.get("readonlyRootFilesystem").flag().or(false),
        user: node.get("user").text(),
        environment: list(node.get("environment"), |n| EnvironmentVariable {
            name: n.get("name").text(),
            value: n.get("value").text(),
        }),
        secrets: list(node.get("secrets"), secret),
        port_mappings: list(node.get("portMappings"), |n| PortMapping {
            container_port: n.get("containerPort").number(),
            container_port_range: n.get("containerPortRange").text(),
            protocol: n.get("protocol").text().or("tcp".into()),
        }),
        log_configuration: {
            let node = node.get("logConfiguration");
            node.members().map(|_| LogConfiguration {
                value: node.value(),
                driver: node.get("logDriver").text(),
                options: node
                    .get("options")
                    .members()
                    .map(|all| all.into_iter().map(|(k, n)| (k, n.text())).collect()),
                secret_options: list(node.get("secretOptions"), secret),
            })
        },
        repository_credentials: node
            .get("repositoryCredentials")
            .get("credentialsParameter")
            .text(),
    }
}

fn secret<'a>(node: Node<'a, '_>) -> Secret<'a> {
    Secret { name: node.get("name").text(), value_from: node.get("valueFrom").text() }
}
