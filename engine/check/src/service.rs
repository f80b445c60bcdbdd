//! What a service's tasks are made of and where they stand, with a row for what cannot be read.

use crate::Check;
use model::{Attr, EcsService, EcsTaskDefinition, ImageFacts, Registry, Subnet, Target};
use stack::Value;

/// An image that a service's tasks run.
#[derive(Clone, Copy, Debug)]
pub struct ServiceImage<'a> {
    /// What people call its registry.
    pub host: &'a str,
    /// Whose registry it is.
    pub registry: Registry<'a>,
    /// The value that names it.
    pub value: &'a Value,
}

/// A subnet that a service's tasks may stand in.
#[derive(Clone, Debug)]
pub struct ServiceSubnet<'a> {
    /// The subnet.
    pub subnet: &'a Subnet<'a>,
    /// `network_configuration[0].subnets[0]`
    pub path: String,
    /// The value that names it.
    pub value: &'a Value,
}

impl<'a> Check<'a> {
    /// The task definition of a service, when the stack holds it. For one that is not known the verdict is unknown, with this
    /// message; one that another stack makes is so too.
    pub fn task(
        &mut self,
        service: &EcsService<'a>,
        message: &str,
    ) -> Option<&'a EcsTaskDefinition<'a>> {
        match self.model().target::<EcsTaskDefinition>(service.task_definition.value()) {
            Target::Here(task) => Some(task),
            Target::Nothing(_) => None,
            Target::Elsewhere(value) | Target::Unknown(value) => {
                let row = self.unknown(value, "task_definition", message);
                if value.as_str().is_some() {
                    row.reason("the task definition is not in this stack");
                }
                None
            }
        }
    }

    /// The images that a service's tasks run.
    pub fn images(&mut self, service: &EcsService<'a>, message: &str) -> Vec<ServiceImage<'a>> {
        let Some(task) = self.task(service, message) else { return Vec::new() };
        let mut images = Vec::new();
        for (_, container) in self.containers(task, message) {
            let Some(facts) = ImageFacts::of(&container.image) else { continue };
            let value = container.image.value();
            if let Some(registry) = facts.registry {
                images.push(ServiceImage { host: registry.host(), registry, value });
            } else {
                self.unknown(value, "task_definition", message);
            }
        }
        images
    }

    /// The subnets that a service's tasks may stand in.
    pub fn subnets(&mut self, service: &EcsService<'a>, message: &str) -> Vec<ServiceSubnet<'a>> {
        const PATH: &str = "network_configuration[0].subnets";
        let ids = service.network_configuration.clone().and_then(|network| network.subnets);
        if let Attr::Unknown(value) = ids {
            self.unknown(value, PATH, message);
        }
        let mut subnets = Vec::new();
        for (at, id) in ids.elements().iter().enumerate() {
            let (path, value) = (format!("{PATH}[{at}]"), id.value());
            match self.model().target::<Subnet>(value) {
                Target::Here(subnet) => subnets.push(ServiceSubnet { subnet, path, value }),
                Target::Nothing(_) => {}
                Target::Elsewhere(_) | Target::Unknown(_) => {
                    let row = self.unknown(value, path, message);
                    if value.as_str().is_some() {
                        row.reason("the subnet is not in this stack");
                    }
                }
            }
        }
        subnets
    }
}
