//! The ECS API's `ContainerDefinition`, spelt as in JSON
//! (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>).

/// What a member holds; null is taken anywhere.
#[derive(Clone, Copy, Debug)]
pub(super) enum Member {
    Text,
    /// A whole number of 32 bits.
    Whole,
    Flag,
    List(&'static Self),
    /// Values of any name.
    Map(&'static Self),
    /// Members by name, sorted.
    Object(&'static [(&'static str, Self)]),
}

use Member::{Flag, List, Map, Object, Text, Whole};

const TEXTS: Member = List(&Text);
const PAIR: Member = Object(&[("name", Text), ("value", Text)]);
const SECRET: Member = Object(&[("name", Text), ("valueFrom", Text)]);

const HEALTH_CHECK: Member = Object(&[
    ("command", TEXTS),
    ("interval", Whole),
    ("retries", Whole),
    ("startPeriod", Whole),
    ("timeout", Whole),
]);

const LINUX: Member = Object(&[
    ("capabilities", Object(&[("add", TEXTS), ("drop", TEXTS)])),
    (
        "devices",
        List(&Object(&[("containerPath", Text), ("hostPath", Text), ("permissions", TEXTS)])),
    ),
    ("initProcessEnabled", Flag),
    ("maxSwap", Whole),
    ("sharedMemorySize", Whole),
    ("swappiness", Whole),
    ("tmpfs", List(&Object(&[("containerPath", Text), ("mountOptions", TEXTS), ("size", Whole)]))),
]);

const PORT: Member = Object(&[
    ("appProtocol", Text),
    ("containerPort", Whole),
    ("containerPortRange", Text),
    ("hostPort", Whole),
    ("name", Text),
    ("protocol", Text),
]);

const RESTART: Member = Object(&[
    ("enabled", Flag),
    ("ignoredExitCodes", List(&Whole)),
    ("restartAttemptPeriod", Whole),
]);

/// One container.
pub(super) const CONTAINER: Member = Object(&[
    ("command", TEXTS),
    ("cpu", Whole),
    ("credentialSpecs", TEXTS),
    ("dependsOn", List(&Object(&[("condition", Text), ("containerName", Text)]))),
    ("disableNetworking", Flag),
    ("dnsSearchDomains", TEXTS),
    ("dnsServers", TEXTS),
    ("dockerLabels", Map(&Text)),
    ("dockerSecurityOptions", TEXTS),
    ("entryPoint", TEXTS),
    ("environment", List(&PAIR)),
    ("environmentFiles", List(&Object(&[("type", Text), ("value", Text)]))),
    ("essential", Flag),
    ("extraHosts", List(&Object(&[("hostname", Text), ("ipAddress", Text)]))),
    ("firelensConfiguration", Object(&[("options", Map(&Text)), ("type", Text)])),
    ("healthCheck", HEALTH_CHECK),
    ("hostname", Text),
    ("image", Text),
    ("interactive", Flag),
    ("links", TEXTS),
    ("linuxParameters", LINUX),
    (
        "logConfiguration",
        Object(&[("logDriver", Text), ("options", Map(&Text)), ("secretOptions", List(&SECRET))]),
    ),
    ("memory", Whole),
    ("memoryReservation", Whole),
    (
        "mountPoints",
        List(&Object(&[("containerPath", Text), ("readOnly", Flag), ("sourceVolume", Text)])),
    ),
    ("name", Text),
    ("portMappings", List(&PORT)),
    ("privileged", Flag),
    ("pseudoTerminal", Flag),
    ("readonlyRootFilesystem", Flag),
    ("repositoryCredentials", Object(&[("credentialsParameter", Text)])),
    ("resourceRequirements", List(&Object(&[("type", Text), ("value", Text)]))),
    ("restartPolicy", RESTART),
    ("secrets", List(&SECRET)),
    ("startTimeout", Whole),
    ("stopTimeout", Whole),
    ("systemControls", List(&Object(&[("namespace", Text), ("value", Text)]))),
    ("ulimits", List(&Object(&[("hardLimit", Whole), ("name", Text), ("softLimit", Whole)]))),
    ("user", Text),
    ("versionConsistency", Text),
    ("volumesFrom", List(&Object(&[("readOnly", Flag), ("sourceContainer", Text)]))),
    ("workingDirectory", Text),
]);

impl Member {
    /// The member of a name, spelt as the API does: case does not matter when it is read.
    pub(super) fn get(self, name: &str) -> Option<(&'static str, Self)> {
        let Object(members) = self else { return None };
        members.iter().find(|(member, _)| member.eq_ignore_ascii_case(name)).copied()
    }

    /// `a string`
    pub(super) fn friendly(self) -> &'static str {
        match self {
            Text => "a string",
            Whole => "a whole number",
            Flag => "true or false",
            List(_) => "an array",
            Map(_) | Object(_) => "an object",
        }
    }
}
