//! What states call a provider configuration.

use stack::{Address, Mode, ProviderConfig, Resource, Stack};

/// `module.a.provider["registry.example/x/aws"].paris`, for a resource type or data source; `None` for one without a schema.
pub fn configuration(mode: Mode, ty: &str, config: Option<&ProviderConfig>) -> Option<String> {
    let schema = match mode {
        Mode::Managed => schema::resource(ty),
        Mode::Data => schema::data_source(ty),
    };
    let mut text = format!("provider[\"{}\"]", schema?.provider);
    if let Some(ProviderConfig { alias, module, .. }) = config {
        if let Some(alias) = alias {
            text = format!("{text}.{alias}");
        }
        if !module.0.is_empty() {
            text = format!("{module}.{text}");
        }
    }
    Some(text)
}

/// The same of a resource of a stack.
pub fn configuration_of(stack: &Stack, resource: &Resource) -> Option<String> {
    let Address { mode, ty, .. } = &*resource.address;
    configuration(*mode, ty, stack.providers.get(resource.provider))
}

/// The same of a `provider "aws"` block.
pub fn aws_configuration(config: &ProviderConfig) -> String {
    configuration(Mode::Managed, "aws_vpc", Some(config)).unwrap_or_default()
}
