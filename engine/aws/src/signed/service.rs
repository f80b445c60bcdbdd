//! The services that are called this way.

/// What must be known about a service to call it. Names: the services' API references and the SDK's service ids.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// What signatures and permissions call it: `kms`.
    pub name: &'static str,
    /// How its host starts: `api.ecr`.
    pub host: &'static str,
    /// What the AWS CLI calls it where it names an endpoint of its own: `Secrets Manager` is `AWS_ENDPOINT_URL_SECRETS_MANAGER`.
    pub id: &'static str,
    /// What `X-Amz-Target` starts with; empty for a service that does not speak JSON.
    pub target: &'static str,
    /// The version of the JSON protocol.
    pub version: &'static str,
}

impl Service {
    /// Its name in a provider's `endpoints` block.
    pub(super) fn own_name(&self) -> &'static str {
        match self.name {
            "monitoring" => "cloudwatch",
            name => name,
        }
    }
}

/// AWS Certificate Manager.
pub static ACM: Service =
    Service { name: "acm", host: "acm", id: "ACM", target: "CertificateManager", version: "1.1" };

/// Amazon `CloudWatch`: metrics and alarms.
pub static CLOUDWATCH: Service = Service {
    name: "monitoring",
    host: "monitoring",
    id: "CloudWatch",
    target: "GraniteServiceVersion20100801",
    version: "1.0",
};

/// Amazon Elastic Container Registry.
pub static ECR: Service = Service {
    name: "ecr",
    host: "api.ecr",
    id: "ECR",
    target: "AmazonEC2ContainerRegistry_V20150921",
    version: "1.1",
};

/// AWS Key Management Service.
pub static KMS: Service =
    Service { name: "kms", host: "kms", id: "KMS", target: "TrentService", version: "1.1" };

/// Amazon S3, of which single objects are read and written.
pub static S3: Service = Service { name: "s3", host: "s3", id: "S3", target: "", version: "" };

/// AWS Secrets Manager.
pub static SECRETS_MANAGER: Service = Service {
    name: "secretsmanager",
    host: "secretsmanager",
    id: "Secrets Manager",
    target: "secretsmanager",
    version: "1.1",
};

/// Service Quotas.
pub static SERVICE_QUOTAS: Service = Service {
    name: "servicequotas",
    host: "servicequotas",
    id: "Service Quotas",
    target: "ServiceQuotasV20190624",
    version: "1.1",
};

/// AWS Systems Manager: parameters.
pub static SSM: Service =
    Service { name: "ssm", host: "ssm", id: "SSM", target: "AmazonSSM", version: "1.1" };
