//! The containers of a task definition, with a row for what cannot be read of them.

use crate::Check;
use model::{Attr, ContainerDefinition, EcsTaskDefinition};

impl<'a> Check<'a> {
    /// The containers that can be read, each with its index. For the others the verdict is unknown, with this message.
    pub fn containers<'t>(
        &mut self,
        task: &'t EcsTaskDefinition<'a>,
        message: &str,
    ) -> Vec<(usize, &'t ContainerDefinition<'a>)> {
        let definitions = &task.container_definitions;
        if let Attr::Unknown(value) = definitions {
            self.unknown(value, "container_definitions", message);
        }
        let mut readable = Vec::new();
        for (at, container) in definitions.elements().iter().enumerate() {
            match container {
                Attr::Known(container, _) => readable.push((at, container)),
                Attr::Unknown(value) => {
                    self.unknown(value, format!("container_definitions[{at}]"), message);
                }
                Attr::Null(_) => {}
            }
        }
        readable
    }
}
